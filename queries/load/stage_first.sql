-- @name    stage_first
-- @title   The rows of the first file
-- @creates staged_row

create or replace temp table staged_row as
from staged_file_row
