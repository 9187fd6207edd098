-- @name   incident_count_month
-- @title  Every count of the metrics that adds up incidents, by program, month and call type, split in several ways
-- @grain  one row per program, month, call type, way to split and part of it
-- @source incident_fact
-- @source injury
-- @note   month is null where the log does not say when a call came in
-- @note   every incident stands under one acuity and under one area, so that either adds up to the whole
-- @note   acuity is the agency's own word, or its priority code; words of different agencies need not mean the same
-- @note   groups are of the people on responses, one group at a time, with the counts that are told by group; the others are null
-- @note   people whose group is not recorded are a group of their own

-- Every injury in the log counts, also one on the way, where no arrival is recorded: nobody who was hurt is hidden. Rows
-- that name another service as their responder are that service's.
with hurt as (
    select
        program_id,
        incident_id,
        count(*) filter (where severity <> 'near_miss') as injured_people,
        count(*) filter (where severity in ('medical_treatment', 'serious', 'fatal')) as recordably_injured_people,
        count(*) filter (where severity in ('serious', 'fatal')) as seriously_injured_people,
        count(*) filter (where severity = 'near_miss') as near_misses,
        count(*) filter (where severity = 'not_recorded') as people_without_severity,
        count(*) filter (where injured_role = 'responder' and severity <> 'near_miss') as injured_responders,
        count(*) filter (where injured_role = 'not_recorded' and severity <> 'near_miss') as people_without_role,
    from part.injury
    group by program_id, incident_id
),

counted as materialized (
    select
        program_id,
        state,
        month,
        call_type,
        acuity,
        area_id,
        age_band,
        gender,
        race_ethnicity,
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
        count(*)
            filter (where is_eligible_call and is_response is null and not_reached_reason <> 'outside_hours')
            as eligible_in_hours_unknown_count,
        count(*) filter (where is_dispatched) as dispatched_count,
        count(*) filter (where is_response) as response_count,
        count(*) filter (where is_response_by_outcome) as response_by_outcome_count,
        count(*) filter (where is_contact) as contact_count,
        count(is_contact) as contact_recorded_count,
        count(*) filter (where is_response and is_police_present is not null) as police_presence_recorded_count,
        count(*) filter (where is_response and not is_police_present) as without_police_count,
        count(*) filter (where is_diverted_strict) as diverted_strict_count,
        count(*) filter (where is_response and is_diverted_strict is null) as diverted_strict_unknown_count,
        count(*) filter (where is_diverted_strict is null) as diverted_strict_open_count,
        count(*)
            filter (where is_diverted_strict is null and is_911_or_non_emergency_call is null)
            as diverted_strict_open_origin_count,
        count(*) filter (where is_diverted_strict is null and is_eligible_call) as diverted_strict_open_eligible_count,
        count(*) filter (where is_diverted_broad) as diverted_broad_count,
        count(*) filter (where is_response and is_diverted_broad is null) as diverted_broad_unknown_count,
        count(*) filter (where is_diverted_broad is null) as diverted_broad_open_count,
        count(*) filter (where is_police_involvement_recorded) as police_recorded_count,
        count(*) filter (where is_police_already_there) as police_already_there_count,
        count(*) filter (where is_police_requested) as police_request_count,
        count(*) filter (where is_police_involvement_recorded and log_has_request_reasons) as safety_recorded_count,
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
        count(*) filter (where is_dispatched and has_dispatch_arrest is not null) as dispatch_arrest_recorded_count,
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
        coalesce(sum(injured_people) filter (where not is_other_service), 0) as injured_count,
        coalesce(sum(recordably_injured_people) filter (where not is_other_service), 0) as recordable_injury_count,
        coalesce(sum(seriously_injured_people) filter (where not is_other_service), 0) as serious_injury_count,
        coalesce(sum(near_misses) filter (where not is_other_service), 0) as near_miss_count,
        coalesce(sum(people_without_severity) filter (where not is_other_service), 0) as severity_unknown_count,
        coalesce(sum(injured_responders) filter (where not is_other_service), 0) as responder_injury_count,
        coalesce(sum(people_without_role) filter (where not is_other_service), 0) as role_unknown_count,
    from incident_fact
    left join hurt using (program_id, incident_id)
    group by program_id, state, month, call_type, acuity, area_id, age_band, gender, race_ethnicity
),

-- Words that differ in case alone are one group, spelled as it is spelled most often.
spelling as (
    select
        field,
        spelled,
        sum(call_count) as people,
    from counted
    unpivot (spelled for field in (gender, race_ethnicity))
    group by field, spelled
),

word as (
    select
        field,
        lower(spelled) as folded,
        first(spelled order by people desc, spelled) as spelled,
    from spelling
    group by field, folded
),

grouped as (
    select
        counted.* replace (
            coalesce(age_band, 'not_recorded') as age_band,
            coalesce(gender_word.spelled, 'not_recorded') as gender,
            coalesce(race_ethnicity_word.spelled, 'not_recorded') as race_ethnicity
        ),
    from counted
    left join word as gender_word
        on gender_word.field = 'gender'
        and gender_word.folded = lower(counted.gender)
    left join word as race_ethnicity_word
        on race_ethnicity_word.field = 'race_ethnicity'
        and race_ethnicity_word.folded = lower(counted.race_ethnicity)
    where response_count > 0
)

select
    program_id,
    state,
    month,
    call_type,
    case when grouping(acuity) = 0 then 'acuity' else 'area' end as split_by,
    coalesce(acuity, area_id) as part,
    sum(columns('_count$'))::bigint,
from counted
group by grouping sets (
    (program_id, state, month, call_type, acuity),
    (program_id, state, month, call_type, area_id)
)

union all by name

select
    program_id,
    state,
    month,
    call_type,
    case
        when grouping(age_band) = 0 then 'age_band'
        when grouping(gender) = 0 then 'gender'
        else 'race_ethnicity'
    end as split_by,
    coalesce(age_band, gender, race_ethnicity) as part,
    sum(columns([
        'response_count',
        'contact_count',
        'arrest_recorded_count',
        'arrest_count',
        'arrest_by_outcome_count',
        'hold_recorded_count',
        'hold_count',
        'force_recorded_count',
        'force_count',
        'transport_recorded_count',
        'transport_count',
        'referral_offered_count',
        'referral_accepted_recorded_count',
        'referral_accepted_count',
    ]))::bigint,
from grouped
group by grouping sets (
    (program_id, state, month, call_type, age_band),
    (program_id, state, month, call_type, gender),
    (program_id, state, month, call_type, race_ethnicity)
)

order by split_by, program_id, month, call_type, part
