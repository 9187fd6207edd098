-- @name   duration_month
-- @title  The named stretches of every response as counts per bin, and what was left out
-- @grain  one row per program, month, call type, interval, state and bin
-- @source incident_fact
-- @note   a bin is 0.1 minute wide up to two hours and 2.5 % wide above, so percentiles add up over any selection
-- @note   a day with a clock change is measured across it
-- @note   the states of one interval add up to the responses

with stretched as (
    select
        program_id,
        month,
        call_type,
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

judged as (
    select
        program_id,
        month,
        call_type,
        interval_name,
        minutes,
        judged_interval(
            minutes,
            longest_interval_min,
            keeps_zero_intervals,
            is_no_call and interval_name in ('call_processing_min', 'response_min')
        ) as state,
    from stretched
)

select
    program_id,
    month,
    call_type,
    interval_name,
    state,
    case when state = 'usable' then duration_bin(minutes) end as bin_min,
    count(*) as response_count,
from judged
group by program_id, month, call_type, interval_name, state, bin_min
order by program_id, month, call_type, interval_name, state, bin_min
