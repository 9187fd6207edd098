-- @name    staged_file
-- @title   Which rows came from which file
-- @creates staged_file

create or replace temp table staged_file (
    file_number integer,
    source_file varchar,
    header_row integer,    -- the line of the file that names the columns
    first_place bigint,    -- place of its first row among the rows of all files
    row_count bigint,
)
