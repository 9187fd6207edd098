-- @name   load_reason
-- @title  Why rows were filtered or rejected
-- @grain  one row per load, outcome and reason
-- @source load_reason

select
    load_id,
    program_id,
    outcome,
    reason,
    row_count,
from warehouse.load_reason
order by load_id, outcome, reason
