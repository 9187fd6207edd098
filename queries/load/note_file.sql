-- @name  note_file
-- @title Note the rows that a file brought: those that came after the files before it
-- @param file_number INTEGER  its place among the files
-- @param source_file VARCHAR  its name
-- @param header_row INTEGER   the last line of the file that names the columns

insert into staged_file by name
select
    $file_number as file_number,
    $source_file as source_file,
    $header_row as header_row,
    coalesce((select sum(row_count) from staged_file), 0) as first_place,
    (select count(*) from staged_row) - coalesce((select sum(row_count) from staged_file), 0) as row_count,
