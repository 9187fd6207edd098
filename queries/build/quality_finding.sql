-- @name   quality_finding
-- @title  What the last load of each program did not understand
-- @grain  one row per program, rule, field and value
-- @source finding
-- @source load_log

select
    program_id,
    rule,
    field,
    value,
    row_count,
from part.finding
where load_id in (select max(load_id) from part.load_log group by program_id)
order by program_id, rule, field, row_count desc, value
