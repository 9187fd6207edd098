-- @name    history
-- @title   Every load, also those that were undone, in order
-- @column  load_id INTEGER - its number
-- @column  program_id VARCHAR - whose log
-- @column  loaded_at TIMESTAMP - UTC
-- @column  file_names VARCHAR[] - the files
-- @column  rows_read BIGINT rows
-- @column  loaded BIGINT rows
-- @column  filtered BIGINT rows
-- @column  rejected BIGINT rows
-- @column  unchanged BIGINT rows
-- @column  removed BIGINT incidents
-- @column  is_reversible BOOLEAN - whether what it replaced is still kept
-- @column  undone_by INTEGER - number of the rollback that undid it
-- @column  undone_at TIMESTAMP - UTC

with every_load as (
    select
        *,
        null::integer as undone_by,
        null::timestamp as undone_at,
    from warehouse.load_log

    union all by name

    select *,
    from warehouse.undone_load
)

select
    load_id,
    program_id,
    loaded_at,
    file_names,
    rows_read,
    loaded,
    filtered,
    rejected,
    unchanged,
    coalesce(removed, 0) as removed,
    coalesce(is_reversible, false) as is_reversible,
    undone_by,
    undone_at,
from every_load
order by load_id
