-- @name    rejected_batch
-- @title   Where this load's rejected rows are gathered
-- @creates rejected_batch

create or replace temp table rejected_batch (
    file_number integer,
    source_file varchar,
    source_row bigint,
    field varchar,
    value varchar,
    rule varchar,
)
