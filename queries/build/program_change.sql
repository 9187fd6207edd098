-- @name   program_change
-- @title  Dated changes in the programs, drawn under every time series
-- @grain  one row per change
-- @source program_change

from part.program_change
order by program_id, change_date, change_label
