-- @name   changed_program
-- @title  Programs whose log was loaded, or whose load was undone, after a change that is published
-- @param  published INTEGER number of that change
-- @column program_id VARCHAR which program

select program_id,
from warehouse.load_log
where load_id > $published

union

select program_id,
from warehouse.undone_load
where undone_by > $published

order by program_id
