-- @name   program_hours
-- @title  The hours in which the programs' teams work, as their profiles state them
-- @grain  one row per block of hours
-- @source program_hours

from part.program_hours
order by program_id, since_date nulls first, from_minute, to_minute
