-- @name    file_row_count
-- @title   Rows that each file brought
-- @column  source_file VARCHAR its name
-- @column  row_count BIGINT rows

select
    source_file,
    row_count,
from staged_file
order by file_number
