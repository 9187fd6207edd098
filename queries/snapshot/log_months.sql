-- @name     log_months
-- @title    What each log could say of each month, of logs that were read by profiles that say different things
-- @grain    one row per program, month and what a load could say; the month is null for incidents without a date
-- @source   log_month
-- @column   program_id VARCHAR - as published
-- @column   month DATE - as published
-- @column   log_holds VARCHAR - as published
-- @column   recorded_fields VARCHAR[] - as published
-- @column   possible_answers VARCHAR[] - as published
-- @column   incident_count BIGINT incidents

with several as (
    select program_id,
    from log_month
    group by program_id
    having count(distinct (log_holds, recorded_fields, possible_answers)) > 1
)

select log_month.*,
from log_month
semi join several using (program_id)
order by all
