-- @name   quality_finding
-- @title  What the last load of each program did not understand
-- @grain  one row per program, rule, field and value
-- @source finding
-- @source load_log

with last_load as (
    select
        program_id,
        max(load_id) as load_id,
    from warehouse.load_log
    group by program_id
)

select
    program_id,
    rule,
    field,
    value,
    row_count,
from warehouse.finding
inner join last_load using (program_id, load_id)
order by program_id, rule, field, row_count desc, value
