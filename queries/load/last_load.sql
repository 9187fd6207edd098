-- @name    last_load
-- @title   Number of the last load, null where there was none
-- @column  load_id INTEGER - number of the load

select max(load_id) as load_id,
from warehouse.load_log
