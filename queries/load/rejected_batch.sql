-- @name    rejected_batch
-- @title   Where this load's rejected rows are gathered
-- @creates rejected_batch

create or replace table rejected_batch (
    source_file varchar,
    source_row bigint,
    field varchar,
    value varchar,
    rule varchar,
)
