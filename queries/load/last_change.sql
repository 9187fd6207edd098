-- @name    last_change
-- @title   Number of the last change of the warehouse, a load or a rollback; 0 where there was none
-- @column  change_id INTEGER - its number, which no other change ever has

select greatest(
    coalesce((select max(load_id) from warehouse.load_log), 0),
    coalesce((select max(load_id) from warehouse.undone_load), 0),
    coalesce((select max(undone_by) from warehouse.undone_load), 0)
) as change_id
