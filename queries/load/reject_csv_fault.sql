-- @name  reject_csv_fault
-- @title Gather the lines whose shape is broken; their text is not kept, for nobody knows what is in it
-- @param file_number INTEGER  its place among the files
-- @param source_file VARCHAR  the file that was read

insert into rejected_batch by name
select
    $file_number as file_number,
    $source_file as source_file,
    line as source_row,
    min(column_name) as field,
    min(lower(error_type::varchar)) as rule,
from csv_fault
group by line
