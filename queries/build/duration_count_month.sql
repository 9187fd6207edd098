-- @name   duration_count_month
-- @title  The named stretches of every response as counts per bin, and what was left out, split in several ways
-- @grain  one row per program, month, call type, way to split, interval and its state; its lists have an entry per part and bin
-- @source incident_fact
-- @note   a bin is 0.1 minute wide up to two hours and 2.5% wide above, so percentiles add up over any selection
-- @note   a row per part and bin would make the table as long as the log: most bins of a month hold one response
-- @note   an hour of the week is written 1 00 for Monday from midnight on, to 7 23; there a bin is a whole minute up to 40
-- @note   a day with a clock change is measured across it
-- @note   in this order a query passes over the intervals that it does not ask about
-- @note   the states of one interval add up to the responses; what is split has the time from received to arrived alone

with stretched as (
    select
        program_id,
        state,
        month,
        call_type,
        area_id,
        priority_code,
        received_weekday || ' ' || lpad(received_hour::varchar, 2, '0') as hour_of_week,
        is_no_call,
        longest_interval_min,
        keeps_zero_intervals,
        interval_name,
        minutes,
    from incident_fact
    unpivot include nulls (minutes for interval_name in (
        call_processing_min,
        turnout_min,
        travel_min,
        response_min,
        on_scene_min,
        committed_min
    ))
    where is_response
),

judged as materialized (
    select
        *,
        judged_interval(
            minutes,
            longest_interval_min,
            keeps_zero_intervals,
            is_no_call and interval_name in ('call_processing_min', 'response_min')
        ) as interval_state,
        case when interval_state = 'usable' then duration_bin(minutes) end as bin_min,
        case when interval_state = 'usable' then whole_minute_bin(minutes) end as whole_bin_min,
    from stretched
),

counted as (
    select
        program_id,
        state,
        month,
        call_type,
        'none' as split_by,
        null as part,
        interval_name,
        interval_state,
        bin_min,
        count(*) as response_count,
    from judged
    group by program_id, state, month, call_type, interval_name, interval_state, bin_min

    union all

    select
        program_id,
        state,
        month,
        call_type,
        case
            when grouping(area_id) = 0 then 'area'
            when grouping(priority_code) = 0 then 'priority'
            else 'hour_of_week'
        end as split_by,
        coalesce(area_id, priority_code, hour_of_week) as part,
        interval_name,
        interval_state,
        coalesce(bin_min, whole_bin_min) as bin_min,
        count(*) as response_count,
    from judged
    where interval_name = 'response_min'
    group by grouping sets (
        (program_id, state, month, call_type, interval_name, interval_state, judged.bin_min, area_id),
        (program_id, state, month, call_type, interval_name, interval_state, judged.bin_min, priority_code),
        (program_id, state, month, call_type, interval_name, interval_state, whole_bin_min, hour_of_week)
    )
)

select
    program_id,
    state,
    month,
    call_type,
    split_by,
    interval_name,
    interval_state,
    list(part order by part, bin_min) as parts,
    list((bin_min * 10)::integer order by part, bin_min) as bin_tenths,
    list(response_count::integer order by part, bin_min) as response_counts,
from counted
group by program_id, state, month, call_type, split_by, interval_name, interval_state
order by split_by, interval_name, program_id, month
