-- @name     response_times_by_priority
-- @title    Minutes from received to arrived as counts per bin, by priority
-- @grain    one row per priority, state of the interval and bin
-- @source   duration_priority_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   priority_code VARCHAR - the agency's code; not_recorded where there is none
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses
-- @count    response_count

select
    priority_code,
    duration_priority_month.state as interval_state,
    bin_min,
    sum(response_count)::bigint as response_count,
from duration_priority_month
where ($program_ids is null or list_contains($program_ids, duration_priority_month.program_id))
    and ($call_types is null or list_contains($call_types, duration_priority_month.call_type))
    and ($first_month is null or duration_priority_month.month >= $first_month)
    and ($month_after is null or duration_priority_month.month < $month_after)
group by priority_code, interval_state, bin_min
order by priority_code, interval_state, bin_min
