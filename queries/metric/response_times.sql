-- @name     response_times
-- @title    A named stretch of responses as counts per bin, by any breakdown
-- @grain    one row per value of the breakdown, state of the interval and bin
-- @source   duration_count_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state, call_type, area, priority or hour_of_week
-- @param    interval_name VARCHAR which interval, such as response_min
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state, call type, area, the agency's priority code, or weekday and hour as in 1 09; null by period
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses with the interval in that state and bin
-- @note     area, priority and hour are known of the time from received to arrived alone

with binned as (
    select
        program_id,
        state,
        month,
        call_type,
        interval_state,
        unnest(parts) as part,
        unnest(bin_tenths) as bin_tenths,
        unnest(response_counts) as response_count,
    from duration_count_month
    where split_by = case when $breakdown in ('area', 'priority', 'hour_of_week') then $breakdown else 'none' end
        and interval_name = $interval_name
        and ($program_ids is null or list_contains($program_ids, program_id))
        and ($call_types is null or list_contains($call_types, call_type))
        and ($first_month is null or month >= $first_month)
        and ($month_after is null or month < $month_after)
        and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
)

select
    case $breakdown
        when 'month' then month
        when 'quarter' then date_trunc('quarter', month)
        when 'year' then date_trunc('year', month)
    end::date as period_start,
    case $breakdown
        when 'program' then program_id
        when 'state' then state
        when 'call_type' then call_type
        else part
    end as key,
    interval_state,
    (bin_tenths * 0.1)::double as bin_min,
    sum(response_count)::bigint as response_count,
from binned
group by all
order by period_start, key, interval_state, bin_min
