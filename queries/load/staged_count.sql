-- @name    staged_count
-- @title   Rows read so far
-- @column  row_count BIGINT rows

select count(*) as row_count
from staged_row
