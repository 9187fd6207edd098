-- @name     program_hours
-- @title    The hours in which the programs' teams work, as their profiles state them
-- @grain    one row per block of hours
-- @source   program_hours
-- @column   program_id VARCHAR - as published
-- @column   weekdays INTEGER[] days on which the block begins, 1 (Monday) to 7
-- @column   from_minute INTEGER minutes after midnight
-- @column   to_minute INTEGER minutes after the same midnight; over 1440 where it runs past the next one
-- @column   since_date DATE from this day on; null for always
-- @column   until_date DATE up to this day, included; null for no end

from program_hours
order by program_id, since_date nulls first, from_minute, to_minute
