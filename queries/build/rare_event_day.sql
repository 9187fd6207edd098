-- @name   rare_event_day
-- @title  Responses with and without a safety emergency or somebody hurt, by day
-- @grain  one row per program, day and call type on which the log records either
-- @source injury
-- @source incident_fact
-- @note   an event is a response, or a call on whose way somebody was hurt; a near miss is none; calls without a date have no day

with hurt as (
    select distinct
        program_id,
        incident_id,
    from part.injury
    where severity <> 'near_miss'
),

judged as (
    select
        incident_fact.program_id,
        received_date as day,
        call_type,
        is_police_involvement_recorded and log_has_request_reasons as is_emergency_recorded,
        coalesce(is_police_requested and police_request_reason = 'safety_emergency', false) as is_emergency,
        is_injury_recorded,
        hurt.incident_id is not null and not is_other_service as is_hurt,
    from incident_fact
    left join hurt
        on hurt.program_id = incident_fact.program_id
        and hurt.incident_id = incident_fact.incident_id
    where received_date is not null
)

select
    program_id,
    day,
    call_type,
    count(*) filter (where is_emergency) as emergency_count,
    count(*) filter (where is_emergency_recorded and not is_emergency) as without_emergency_count,
    count(*) filter (where is_hurt) as hurt_count,
    count(*) filter (where is_injury_recorded and not is_hurt) as without_hurt_count,
from judged
where is_emergency_recorded or is_emergency or is_injury_recorded or is_hurt
group by program_id, day, call_type
order by program_id, day, call_type
