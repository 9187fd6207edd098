-- @name   load_reason
-- @title  Why rows were filtered or rejected
-- @grain  one row per load, outcome and reason
-- @source load_reason

from part.load_reason
order by load_id, outcome, reason
