-- @name    work_tables
-- @title   Where this load's rejected rows are gathered, and which rows came from which file
-- @creates rejected_batch
-- @creates staged_file
-- @creates file_remark

create or replace temp table rejected_batch (
    file_number integer,
    source_file varchar,
    source_row bigint,
    field varchar,
    value varchar,
    rule varchar,
);

create or replace temp table staged_file (
    file_number integer,
    source_file varchar,
    header_row integer,    -- the line of the file that names the columns
    first_place bigint,    -- place of its first row among the rows of all files
    row_count bigint,
);

create or replace temp table file_remark (
    remark varchar,
);
