-- @name     response_times_by_program
-- @title    The named stretches of responses as counts per bin, by program
-- @grain    one row per program, interval, state of the interval and bin
-- @source   duration_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @param    interval_name VARCHAR which interval, such as response_min; null for each
-- @column   program_id VARCHAR - the program
-- @column   interval_name VARCHAR - from what to what, such as response_min
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses
-- @count    response_count

select
    program_id,
    interval_name,
    duration_month.state as interval_state,
    bin_min,
    sum(response_count)::bigint as response_count,
from duration_month
where ($program_ids is null or list_contains($program_ids, duration_month.program_id))
    and ($call_types is null or list_contains($call_types, duration_month.call_type))
    and ($first_month is null or duration_month.month >= $first_month)
    and ($month_after is null or duration_month.month < $month_after)
    and ($interval_name is null or duration_month.interval_name = $interval_name)
group by program_id, interval_name, interval_state, bin_min
order by program_id, interval_name, interval_state, bin_min
