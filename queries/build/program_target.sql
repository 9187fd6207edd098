-- @name   program_target
-- @title  The programs' own targets for the time from received to arrived
-- @grain  one row per target
-- @source program_target

from part.program_target
order by program_id, since_date nulls first, target_min
