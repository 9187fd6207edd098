-- @name     intervals_by_state
-- @title    Stretches of time that cannot be used, though both of their ends are written
-- @grain    one row per interval and state; no row is good
-- @source   interval_state
-- @param    program_id VARCHAR whose log it is
-- @column   interval_name VARCHAR - such as call_processing_min
-- @column   state VARCHAR - negative, zero or over_range
-- @column   incident_count BIGINT incidents

select
    interval_name,
    state,
    incident_count,
from interval_state
where program_id = $program_id
    and state in ('negative', 'zero', 'over_range')
order by interval_name, state
