-- @name    outside_period
-- @title   Incidents of the batch outside a period, and those without a date
-- @param   first_day DATE  first day of the period
-- @param   last_day DATE   last day of the period
-- @column  outside_count BIGINT incidents
-- @column  sample DATE - the first day outside
-- @column  undated_count BIGINT incidents

select
    count(*) filter (where not received_date between $first_day and $last_day) as outside_count,
    min(received_date) filter (where not received_date between $first_day and $last_day) as sample,
    count(*) filter (where received_date is null) as undated_count,
from batch_change
