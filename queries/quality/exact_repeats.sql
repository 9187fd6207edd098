-- @name     exact_repeats
-- @title    Incidents of a log without ids that equal another one in everything that is stored
-- @grain    one row where the log has no ids and some are equal; no row is good
-- @source   exact_repeat
-- @param    program_id VARCHAR whose log it is
-- @column   repeat_count BIGINT incidents

select repeat_count,
from exact_repeat
where program_id = $program_id
    and repeat_count > 0
order by repeat_count
