-- @name     intervals_left_out
-- @title    Waiting times that are left out, by why
-- @grain    one row per why; no row is good
-- @source   duration_count_month
-- @param    program_id VARCHAR whose log it is
-- @column   interval_state VARCHAR - missing, negative, zero, over_range or not_a_call
-- @column   response_count BIGINT responses

select
    interval_state,
    sum(list_sum(response_counts))::bigint as response_count,
from duration_count_month
where program_id = $program_id
    and split_by = 'none'
    and interval_name = 'response_min'
    and interval_state <> 'usable'
group by interval_state
order by interval_state
