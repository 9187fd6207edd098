-- @name   police_time_month
-- @title  How long police units stayed on responses with police present, where the log times every one of them
-- @grain  one row per program, month and call type
-- @source incident_fact
-- @source unit_response
-- @source program
-- @note   a unit's time runs from when it was sent, or else arrived, until it was clear; what two rows of one unit share counts once
-- @note   a response is timed where the log lists police units and each row of one has a time that can be used

with sent as (
    select
        program_id,
        incident_id,
        unit_id,
        minutes_between(time_zone, coalesce(dispatched_at, arrived_at), cleared_at) as minutes,
        judged_interval(minutes, longest_interval_min, keeps_zero_intervals, false) = 'usable' as is_usable,
        first_instant(time_zone, coalesce(dispatched_at, arrived_at)) as began,
        case when is_usable then began + minutes * 60 end as ended,
    from part.unit_response
    inner join part.program using (program_id)
    where records_police_units and responder_type = 'police'
),

-- A unit is in one place at a time: of a row only what lies after the same unit's earlier rows.
stayed as (
    select
        program_id,
        incident_id,
        is_usable,
        greatest(0, ended - greatest(began, coalesce(max(ended) over earlier, began))) as seconds,
    from sent
    window earlier as (
        partition by program_id, incident_id, unit_id
        order by began, ended
        rows between unbounded preceding and 1 preceding
    )
),

timed as (
    select
        program_id,
        incident_id,
        bool_and(is_usable) as is_timed,
        round(sum(seconds)) as seconds,
    from stayed
    group by program_id, incident_id
)

select
    program_id,
    month,
    call_type,
    count(*) as police_response_count,
    count(*) filter (where is_timed) as timed_response_count,
    coalesce(sum(seconds) filter (where is_timed), 0)::bigint as police_unit_seconds,
from incident_fact
left join timed using (program_id, incident_id)
where is_police_present
group by program_id, month, call_type
order by program_id, month, call_type
