-- @name    gather_units
-- @title   The kept rows of a log of units, gathered to their incidents
-- @creates gathered

create or replace temp table gathered as
with marked as (
    select
        *,
        responder_type in ('community', 'co_response') as is_team_row,
        responder_type = 'police' as is_police_row,
    from kept_row
)

select
    incident_id,
    min(received_date) as received_date,
    min(received_at) as received_at,
    min(queued_at) as queued_at,
    min(dispatched_at) filter (where is_team_row) as dispatched_at,
    min(en_route_at) filter (where is_team_row) as en_route_at,
    min(arrived_at) filter (where is_team_row) as arrived_at,
    min(contact_at) filter (where is_team_row) as contact_at,
    max(cleared_at) filter (where is_team_row) as cleared_at,
    -- Of several rows the first that says something speaks for the call.
    arg_min(call_origin, place) filter (where call_origin <> 'not_recorded') as call_origin,
    arg_min(initial_call_type_code, place) as initial_call_type_code,
    arg_min(final_call_type_code, place) as final_call_type_code,
    arg_min(priority_code, place) as priority_code,
    arg_min(acuity, place) as acuity,
    arg_min(area_id, place) as area_id,
    bool_or(is_eligible) as is_eligible,
    bool_or(is_team_row) as is_community_dispatched,
    arg_min(not_reached_reason, place)
        filter (where not_reached_reason <> 'not_recorded') as not_reached_reason,
    arg_min(contact_result, place)
        filter (where contact_result <> 'not_recorded') as contact_result,
    arg_min(police_involvement, place)
        filter (where police_involvement <> 'not_recorded') as police_involvement,
    arg_min(police_request_reason, place)
        filter (where police_request_reason <> 'not_recorded') as police_request_reason,
    count(*) filter (where is_police_row) as police_unit_count,
    min(arrived_at) filter (where is_police_row) as police_arrived_at,
    bool_or(has_arrest) as has_arrest,
    bool_or(has_involuntary_hold) as has_involuntary_hold,
    bool_or(has_force) as has_force,
    bool_or(has_transport) as has_transport,
    bool_or(has_emergency_department) as has_emergency_department,
    bool_or(has_referral_offered) as has_referral_offered,
    bool_or(has_referral_accepted) as has_referral_accepted,
    bool_or(has_service_connected) as has_service_connected,
    bool_or(is_injury_recorded) as is_injury_recorded,
    arg_min(age_band, place) as age_band,
    arg_min(gender, place) as gender,
    arg_min(race_ethnicity, place) as race_ethnicity,
    count(*)::integer as row_count,
    case
        when count(*) = 1 then min(row_hash)
        else md5(string_agg(row_hash, '' order by row_hash))
    end as row_hash,
from marked
group by incident_id
