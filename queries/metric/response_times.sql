-- @name     response_times
-- @title    A named stretch of responses as counts per bin, by any breakdown
-- @grain    one row per value of the breakdown, state of the interval and bin
-- @source   duration_count_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state, call_type, area, priority or hour_of_week
-- @param    interval_name VARCHAR which interval, such as response_min
-- @param    limit_starts DATE[] period_start of rows whose bins are told as at most a limit, or over it; null for every bin
-- @param    limit_keys VARCHAR[] key of each of these rows
-- @param    limit_min DOUBLE[] limit of each of these rows
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state, call type, area, the agency's priority code, or weekday and hour as in 1 09; null by period
-- @column   interval_state VARCHAR - usable, missing, negative, zero, over_range or not_a_call
-- @column   bin_min DOUBLE minutes, null where not usable
-- @column   response_count BIGINT responses with the interval in that state and bin
-- @note     without a breakdown there is one row for all, per state of the interval and bin
-- @note     area, priority and hour are known of the time from received to arrived alone

with limits as (
    select
        unnest($limit_starts::date[]) as period_start,
        unnest($limit_keys::varchar[]) as key,
        unnest($limit_min::double[]) as limit_min,
),

unfolded as (
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
),

binned as (
    select
        case when $by_program then program_id end as of_program,
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
        (bin_tenths * 0.1)::double as whole_bin_min,
        response_count,
    from unfolded
)

select
    of_program,
    binned.period_start as period_start,
    binned.key as key,
    interval_state,
    case
        when $limit_min is null then whole_bin_min
        when whole_bin_min <= limit_min then limit_min
        when whole_bin_min is not null then 'infinity'::double
    end as bin_min,
    sum(response_count)::bigint as response_count,
from binned
left join limits
    on binned.period_start is not distinct from limits.period_start
    and binned.key is not distinct from limits.key
group by all
order by period_start, key, interval_state, bin_min, of_program
