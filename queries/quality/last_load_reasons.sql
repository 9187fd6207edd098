-- @name     last_load_reasons
-- @title    Why rows of the program's last load were filtered or rejected
-- @grain    one row per outcome and reason
-- @source   load_reason
-- @source   load_log
-- @param    program_id VARCHAR whose log it is
-- @column   outcome VARCHAR - filtered or rejected
-- @column   reason VARCHAR - why
-- @column   row_count BIGINT rows

select
    outcome,
    reason,
    row_count,
from load_reason
where program_id = $program_id
    and load_id = (select max(load_id) from load_log where program_id = $program_id)
order by outcome, reason
