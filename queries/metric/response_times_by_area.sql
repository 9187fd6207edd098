-- @name     response_times_by_area
-- @title    Minutes from received to arrived as counts per bin, by area
-- @grain    one row per area, state of the interval and bin
-- @source   duration_area_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   area_id VARCHAR - beat, district or neighbourhood as the agency names it
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses
-- @count    response_count

select
    area_id,
    duration_area_month.state as interval_state,
    bin_min,
    sum(response_count)::bigint as response_count,
from duration_area_month
where ($program_ids is null or list_contains($program_ids, duration_area_month.program_id))
    and ($call_types is null or list_contains($call_types, duration_area_month.call_type))
    and ($first_month is null or duration_area_month.month >= $first_month)
    and ($month_after is null or duration_area_month.month < $month_after)
group by area_id, interval_state, bin_min
order by area_id, interval_state, bin_min
