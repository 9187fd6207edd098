-- @name    loads_up_to
-- @title   Every load up to a change, also those that were undone: by these a store is told from another one
-- @param   change INTEGER - number of the change
-- @column  load_id INTEGER - its number
-- @column  program_id VARCHAR - whose log
-- @column  loaded_at TIMESTAMP - UTC

select
    load_id,
    program_id,
    loaded_at,
from warehouse.load_log
where load_id <= $change

union all by name

select
    load_id,
    program_id,
    loaded_at,
from warehouse.undone_load
where load_id <= $change
order by load_id
