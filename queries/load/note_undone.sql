-- @name  note_undone
-- @title Note that a load is undone; its number is never given to another
-- @param load_id INTEGER      the load
-- @param undone_by INTEGER    the rollback's number
-- @param undone_at TIMESTAMP  when, UTC

insert into warehouse.undone_load by name
select
    *,
    $undone_by as undone_by,
    $undone_at as undone_at,
from warehouse.load_log
where load_id = $load_id
