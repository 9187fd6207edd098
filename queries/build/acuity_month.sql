-- @name   acuity_month
-- @title  Counts that are compared at equal call mix, by program, month, call type and acuity
-- @grain  one row per program, month, call type and acuity
-- @source incident_fact
-- @note   acuity is the agency's own word, or its priority code; words of different agencies need not mean the same
-- @note   each count is that of area_month

select
    program_id,
    month,
    call_type,
    acuity,
    count(*) filter (where is_public_call) as public_call_count,
    count(*) filter (where is_eligible_call) as eligible_count,
    count(*) filter (where is_eligible_call and is_response) as eligible_response_count,
    count(*) filter (where is_eligible_call and is_response is null) as eligible_reach_unknown_count,
    count(*) filter (where is_response) as response_count,
    count(*) filter (where is_response_by_outcome) as response_by_outcome_count,
    count(*) filter (where is_response and is_police_present is not null) as police_presence_recorded_count,
    count(*) filter (where is_response and not is_police_present) as without_police_count,
    count(*) filter (where is_police_involvement_recorded) as police_recorded_count,
    count(*) filter (where is_police_already_there) as police_already_there_count,
    count(*) filter (where is_police_requested) as police_request_count,
    count(*)
        filter (where is_police_involvement_recorded and log_has_request_reasons)
        as safety_recorded_count,
    count(*)
        filter (where is_police_requested and police_request_reason in ('safety_emergency', 'safety_routine'))
        as safety_request_count,
    count(*)
        filter (where is_police_requested and police_request_reason = 'safety_emergency')
        as safety_emergency_count,
    count(*)
        filter (where is_police_requested and police_request_reason = 'not_recorded')
        as request_reason_unknown_count,
    count(*) filter (where is_response and has_arrest is not null) as arrest_recorded_count,
    count(*) filter (where has_arrest) as arrest_count,
    count(*) filter (where has_arrest and is_response_by_outcome) as arrest_by_outcome_count,
    count(*) filter (where is_response and has_involuntary_hold is not null) as hold_recorded_count,
    count(*) filter (where has_involuntary_hold) as hold_count,
    count(*) filter (where is_response and has_force is not null) as force_recorded_count,
    count(*) filter (where has_force) as force_count,
    count(*)
        filter (where is_response and has_emergency_department is not null)
        as emergency_department_recorded_count,
    count(*) filter (where has_emergency_department) as emergency_department_count,
    count(*)
        filter (where has_emergency_department and is_response_by_outcome)
        as emergency_department_by_outcome_count,
    count(*) filter (where is_response and has_transport is not null) as transport_recorded_count,
    count(*) filter (where has_transport) as transport_count,
from incident_fact
group by program_id, month, call_type, acuity
order by program_id, month, call_type, acuity
