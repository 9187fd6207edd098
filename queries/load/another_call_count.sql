-- @name    another_call_count
-- @title   Calls that have the id of another one, months before or after
-- @column  call_count BIGINT calls
-- @column  first_day DATE - first day of them
-- @column  last_day DATE - last day of them

select
    count(distinct incident_id) as call_count,
    min(received_date) as first_day,
    max(received_date) as last_day,
from another_call
