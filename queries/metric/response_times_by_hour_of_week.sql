-- @name     response_times_by_hour_of_week
-- @title    Minutes from received to arrived as counts per bin, by weekday and hour
-- @grain    one row per weekday and hour, state of the interval and bin
-- @source   duration_hour_of_week_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   weekday INTEGER - 1 (Monday) to 7, local; null where the log gives no time of day
-- @column   hour INTEGER - 0 to 23, local
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses
-- @count    response_count

select
    weekday,
    hour,
    duration_hour_of_week_month.state as interval_state,
    bin_min,
    sum(response_count)::bigint as response_count,
from duration_hour_of_week_month
where ($program_ids is null or list_contains($program_ids, duration_hour_of_week_month.program_id))
    and ($call_types is null or list_contains($call_types, duration_hour_of_week_month.call_type))
    and ($first_month is null or duration_hour_of_week_month.month >= $first_month)
    and ($month_after is null or duration_hour_of_week_month.month < $month_after)
group by weekday, hour, interval_state, bin_min
order by weekday, hour, interval_state, bin_min
