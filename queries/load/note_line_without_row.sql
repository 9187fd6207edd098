-- @name  note_line_without_row
-- @title Note the lines of a file that begin no row: blank ones, and those on which a value goes on
-- @param file_number INTEGER  its place among the files

insert into passed_line by name
select
    $file_number as file_number,
    line,
from line_without_row
