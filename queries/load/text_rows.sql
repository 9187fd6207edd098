-- @name    text_rows
-- @title   Rows of a text that were handed to the engine, and those that it staged or found broken: one number, or rows are lost
-- @param   file_number INTEGER its place among the files
-- @column  written_count BIGINT rows handed over
-- @column  found_count BIGINT rows staged or broken

select
    (select row_count from text_count) as written_count,
    (select row_count from staged_file where file_number = $file_number)
    + (select count(*) from rejected_batch where file_number = $file_number) as found_count,
