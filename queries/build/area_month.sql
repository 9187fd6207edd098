-- @name   area_month
-- @title  Every count of the metrics by program, month, call type and area
-- @grain  one row per program, month, call type and area
-- @source incident_fact
-- @note   month is null where the log does not say when a call came in

select
    program_id,
    month,
    call_type,
    area_id,
    count(*) as call_count,
    count(*) filter (where is_public_call) as public_call_count,
    count(*) filter (where is_eligible_call) as eligible_count,
    count(*)
        filter (where is_eligible_call and (coalesce(is_response, false) or not_reached_reason <> 'outside_hours'))
        as eligible_in_hours_count,
    count(*) filter (where is_eligible_call and is_dispatched) as eligible_dispatched_count,
    count(*) filter (where is_eligible_call and is_response) as eligible_response_count,
    count(*) filter (where is_eligible_call and is_response is null) as eligible_reach_unknown_count,
    count(*) filter (where is_eligible_call and not is_response) as eligible_not_reached_count,
    count(*) filter (where is_dispatched) as dispatched_count,
    count(*) filter (where is_response) as response_count,
    count(*) filter (where is_response_by_outcome) as response_by_outcome_count,
    count(*) filter (where is_contact) as contact_count,
    count(is_contact) as contact_recorded_count,
    count(*) filter (where is_response and is_police_present is not null) as police_presence_recorded_count,
    count(*) filter (where is_response and not is_police_present) as without_police_count,
    count(*) filter (where is_diverted_strict) as diverted_strict_count,
    count(*) filter (where is_response and is_diverted_strict is null) as diverted_strict_unknown_count,
    count(*) filter (where is_diverted_broad) as diverted_broad_count,
    count(*) filter (where is_response and is_diverted_broad is null) as diverted_broad_unknown_count,
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
    count(is_disengaged_for_safety) as disengagement_recorded_count,
    count(*) filter (where is_disengaged_for_safety) as disengaged_for_safety_count,
    count(*) filter (where is_dispatched and contact_result = 'not_recorded') as contact_result_unknown_count,
    count(*)
        filter (where is_dispatched and has_dispatch_arrest is not null)
        as dispatch_arrest_recorded_count,
    count(*) filter (where has_dispatch_arrest) as dispatch_arrest_count,
    count(*)
        filter (where is_dispatched and has_dispatch_emergency_department is not null)
        as dispatch_emergency_department_recorded_count,
    count(*) filter (where has_dispatch_emergency_department) as dispatch_emergency_department_count,
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
    count(*) filter (where is_injury_recorded) as injury_recorded_count,
    count(*) filter (where is_served) as served_count,
    count(*) filter (where is_served is not null) as served_known_count,
    count(*) filter (where is_response and has_transport is not null) as transport_recorded_count,
    count(*) filter (where has_transport) as transport_count,
    count(*) filter (where is_contact and has_referral_offered is not null) as referral_offered_recorded_count,
    count(*) filter (where has_referral_offered) as referral_offered_count,
    count(*)
        filter (where has_referral_offered and has_referral_accepted is not null)
        as referral_accepted_recorded_count,
    count(*) filter (where has_referral_accepted) as referral_accepted_count,
    count(*)
        filter (where has_referral_accepted and has_service_connected is not null)
        as service_connected_recorded_count,
    count(*) filter (where has_service_connected) as service_connected_count,
from incident_fact
group by program_id, month, call_type, area_id
order by program_id, month, call_type, area_id
