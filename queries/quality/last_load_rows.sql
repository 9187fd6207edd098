-- @name     last_load_rows
-- @title    What became of the rows of the program's last load
-- @grain    one row: the last load
-- @source   load_log
-- @param    program_id VARCHAR whose log it is
-- @column   load_id INTEGER - number of the load
-- @column   rows_read BIGINT rows
-- @column   loaded BIGINT rows
-- @column   filtered BIGINT rows
-- @column   rejected BIGINT rows
-- @column   unchanged BIGINT rows

select
    load_id,
    rows_read,
    loaded,
    filtered,
    rejected,
    unchanged,
from load_log
where program_id = $program_id
order by load_id desc
limit 1
