-- @name   incident_month
-- @title  Every count of the metrics by program, month and call type
-- @grain  one row per program, month and call type
-- @source area_month
-- @note   the counts of area_month, added up: what can be added is counted once

select
    program_id,
    month,
    call_type,
    sum(columns('_count$'))::bigint,
from area_month
group by program_id, month, call_type
order by program_id, month, call_type
