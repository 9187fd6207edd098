-- @name     program_targets
-- @title    The programs' own targets for the time from received to arrived
-- @grain    one row per target
-- @source   program_target
-- @column   program_id VARCHAR - as published
-- @column   target_min DOUBLE minutes
-- @column   priority_codes VARCHAR[] the agency's codes; null for every priority
-- @column   since_date DATE from this day on; null for always

from program_target
order by program_id, since_date nulls first, target_min
