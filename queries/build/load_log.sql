-- @name   load_log
-- @title  What became of the rows of every load
-- @grain  one row per load
-- @source load_log

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
from part.load_log
order by load_id
