-- @name   incident_day
-- @title  Calls in the log by program and day, for coverage
-- @grain  one row per program and day that has any
-- @source incident_fact

select
    program_id,
    received_date as day,
    count(*) as call_count,
from incident_fact
where received_date is not null
group by program_id, day
order by program_id, day
