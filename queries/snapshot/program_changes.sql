-- @name     program_changes
-- @title    Dated changes in the programs
-- @grain    one row per change
-- @source   program_change
-- @column   program_id VARCHAR - as published
-- @column   change_date DATE - as published
-- @column   change_kind VARCHAR - as published
-- @column   change_label VARCHAR - as published

from program_change
order by program_id, change_date, change_label
