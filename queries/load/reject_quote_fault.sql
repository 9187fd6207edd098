-- @name  reject_quote_fault
-- @title Gather the lines that open a quote and never close it; their text is not kept
-- @param file_number INTEGER  its place among the files
-- @param source_file VARCHAR  the file that was read

insert into rejected_batch by name
select
    $file_number as file_number,
    $source_file as source_file,
    line as source_row,
    'quote not closed' as rule,
from quote_fault
