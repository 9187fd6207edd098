-- @name   interval_state
-- @title  The named stretches of every incident by state: usable, missing, negative, zero or over range
-- @grain  one row per program, interval and state
-- @source incident
-- @source program
-- @note   a day with a clock change is measured across it

with measured as (
    select
        incident.program_id,
        longest_interval_min,
        keeps_zero_intervals,
        minutes_between(time_zone, received_at, dispatched_at) as call_processing_min,
        minutes_between(time_zone, dispatched_at, en_route_at) as turnout_min,
        minutes_between(time_zone, en_route_at, arrived_at) as travel_min,
        minutes_between(time_zone, received_at, arrived_at) as response_min,
        minutes_between(time_zone, arrived_at, cleared_at) as on_scene_min,
        minutes_between(time_zone, dispatched_at, cleared_at) as committed_min,
    from warehouse.incident
    inner join warehouse.program using (program_id)
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
)

select
    program_id,
    interval_name,
    state,
    count(*) as incident_count,
from judged
group by program_id, interval_name, state
order by program_id, interval_name, state
