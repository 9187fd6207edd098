-- @name  insert_incident
-- @title Take in the incidents that are new or changed
-- @param program_id VARCHAR            whose log it is
-- @param record_grain VARCHAR          what one incident stands for
-- @param records_police_units BOOLEAN  whether a call without a police unit had no police
-- @param eligible_by_any BOOLEAN       whether any of several reasons decides if the team may take the call
-- @param load_id INTEGER               the load that brings them

insert into warehouse.incident by name
select
    $program_id as program_id,
    gathered.incident_id,
    $record_grain as record_grain,
    received_date,
    received_at,
    queued_at,
    dispatched_at,
    en_route_at,
    arrived_at,
    contact_at,
    cleared_at,
    coalesce(call_origin, 'not_recorded') as call_origin,
    initial_call_type_code,
    final_call_type_code,
    reason_codes,
    case
        when coalesce(initial_call_type_code, final_call_type_code) is null then 'not_recorded'
        else coalesce(code_meaning.call_type, 'not_mapped')
    end as call_type,
    priority_code,
    acuity,
    area_id,
    coalesce(
        gathered.is_eligible,
        case
            when not $eligible_by_any or reason_codes is null then code_meaning.is_eligible
            -- Asked of two short lists: to ask the table for each row would hold all of them in memory.
            when list_has_any(reason_codes, (select list(code) from code_meaning where is_eligible)) then true
            when list_has_any(reason_codes, (select list(code) from code_meaning where not is_eligible)) then false
        end
    ) as is_eligible,
    is_community_dispatched,
    coalesce(not_reached_reason, 'not_recorded') as not_reached_reason,
    coalesce(contact_result, 'not_recorded') as contact_result,
    coalesce(disposition, 'not_recorded') as disposition,
    coalesce(transport_to, 'not_recorded') as transport_to,
    case
        when police_involvement is not null then police_involvement
        when not $records_police_units then 'not_recorded'
        when has_co_response then 'planned_co_response'
        when police_unit_count = 0 then if(names_units, 'none', 'not_recorded')
        when police_arrived_at <= arrived_at then 'already_on_scene'
        -- Police came later: the log does not say who asked for them.
        else 'not_recorded'
    end as police_involvement,
    coalesce(police_request_reason, 'not_recorded') as police_request_reason,
    case
        when not $records_police_units or police_times_unknown then null
        when police_arrived_at is not null then true
        when has_co_response or not names_units then null
        when police_unit_count = 0 then false
        -- Sent, and not seen to arrive: a no in a log that tells when police arrive, and silence in one that never does.
        when (select bool_or(police_arrived_at is not null) from gathered) then false
    end as police_unit_arrived,
    has_arrest,
    has_involuntary_hold,
    has_force,
    has_transport,
    has_emergency_department,
    has_referral_offered,
    has_referral_accepted,
    has_service_connected,
    is_injury_recorded,
    age_band,
    gender,
    race_ethnicity,
    person_token,
    row_count,
    row_hash,
    $load_id as load_id,
from gathered
anti join unchanged_incident using (incident_id)
-- What the caller reported decides who may be sent; the final type stands in where the first is missing. Each code has
-- one meaning, so that no row is multiplied.
left join code_meaning
    on code_meaning.code = coalesce(initial_call_type_code, final_call_type_code)
