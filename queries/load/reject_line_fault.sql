-- @name  reject_line_fault
-- @title Gather the lines that were left out before the engine read the rest; their text is not kept
-- @param file_number INTEGER  its place among the files
-- @param source_file VARCHAR  the file that was read

insert into rejected_batch by name
select
    $file_number as file_number,
    $source_file as source_file,
    line as source_row,
    rule,
from line_fault
