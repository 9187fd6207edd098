-- @name   interval_state
-- @title  The named stretches of every incident by state: usable, missing, negative, zero or over range
-- @grain  one row per program, interval and state
-- @source incident
-- @source program
-- @note   a day with a clock change is measured across it

with timed as (
    select
        *,
        (received_at is not null)::integer
            + (dispatched_at is not null)::integer
            + (en_route_at is not null)::integer
            + (arrived_at is not null)::integer
            + (cleared_at is not null)::integer as time_count,
    from part.incident
    inner join part.program using (program_id)
),

measured as (
    select
        program_id,
        longest_interval_min,
        keeps_zero_intervals,
        minutes_between(time_zone, received_at, dispatched_at) as call_processing_min,
        minutes_between(time_zone, dispatched_at, en_route_at) as turnout_min,
        minutes_between(time_zone, en_route_at, arrived_at) as travel_min,
        minutes_between(time_zone, received_at, arrived_at) as response_min,
        minutes_between(time_zone, arrived_at, cleared_at) as on_scene_min,
        minutes_between(time_zone, dispatched_at, cleared_at) as committed_min,
    from timed
    where time_count > 1
),

judged as (
    select
        program_id,
        interval_name,
        judged_interval(minutes, longest_interval_min, keeps_zero_intervals, false) as state,
    from measured
    unpivot include nulls (minutes for interval_name in (
        call_processing_min,
        turnout_min,
        travel_min,
        response_min,
        on_scene_min,
        committed_min
    ))
),

-- With one time or none no stretch can be measured: most calls of a log that holds all calls.
unmeasured as (
    select
        program_id,
        unnest([
            'call_processing_min',
            'turnout_min',
            'travel_min',
            'response_min',
            'on_scene_min',
            'committed_min',
        ]) as interval_name,
        'missing' as state,
        count(*) as incident_count,
    from timed
    where time_count < 2
    group by program_id
),

counted as (
    select program_id, interval_name, state, count(*) as incident_count
    from judged
    group by program_id, interval_name, state
    union all
    from unmeasured
)

select
    program_id,
    interval_name,
    state,
    sum(incident_count)::bigint as incident_count,
from counted
group by program_id, interval_name, state
order by program_id, interval_name, state
