-- @name    incident_batch
-- @title   The kept rows as incidents of the contract, unit rows grouped to their call
-- @creates incident_batch
-- @param   program_id VARCHAR            whose log it is
-- @param   record_grain VARCHAR          what one incident stands for
-- @param   rows_are_units BOOLEAN        whether a row is one unit, so that team times come from team units only
-- @param   records_police_units BOOLEAN  whether a call without a police unit had no police

create or replace table incident_batch as
with marked as (
    select
        *,
        not $rows_are_units or responder_type in ('community', 'co_response') as is_team_row,
        $rows_are_units and responder_type = 'police' as is_police_row,
    from judged_row
    where outcome = 'kept'
),

grouped as (
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
        arg_min(call_origin, source_row) filter (where call_origin <> 'not_recorded') as call_origin,
        arg_min(initial_call_type_code, source_row) as initial_call_type_code,
        arg_min(final_call_type_code, source_row) as final_call_type_code,
        arg_min(priority_code, source_row) as priority_code,
        arg_min(acuity, source_row) as acuity,
        arg_min(area_id, source_row) as area_id,
        bool_or(is_eligible) as is_eligible,
        case
            when $rows_are_units then bool_or(is_team_row)
            else bool_or(is_community_dispatched)
        end as is_community_dispatched,
        arg_min(not_reached_reason, source_row)
            filter (where not_reached_reason <> 'not_recorded') as not_reached_reason,
        arg_min(contact_result, source_row)
            filter (where contact_result <> 'not_recorded') as contact_result,
        arg_min(police_involvement, source_row)
            filter (where police_involvement <> 'not_recorded') as police_involvement,
        arg_min(police_request_reason, source_row)
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
        arg_min(age_band, source_row) as age_band,
        arg_min(gender, source_row) as gender,
        arg_min(race_ethnicity, source_row) as race_ethnicity,
        count(*)::integer as row_count,
        case
            when count(*) = 1 then min(row_hash)
            else md5(string_agg(row_hash, '' order by row_hash))
        end as row_hash,
    from marked
    group by incident_id
)

select
    $program_id as program_id,
    grouped.incident_id,
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
    case
        when coalesce(initial_call_type_code, final_call_type_code) is null then 'not_recorded'
        else coalesce(call_type_list.call_type, 'not_mapped')
    end as call_type,
    priority_code,
    acuity,
    area_id,
    coalesce(grouped.is_eligible, call_type_list.is_eligible) as is_eligible,
    is_community_dispatched,
    coalesce(not_reached_reason, 'not_recorded') as not_reached_reason,
    coalesce(contact_result, 'not_recorded') as contact_result,
    case
        when police_involvement is not null then police_involvement
        when not $records_police_units then 'not_recorded'
        when police_unit_count = 0 then 'none'
        when police_arrived_at <= arrived_at then 'already_on_scene'
        -- Police came later: the log does not say who asked for them.
        else 'not_recorded'
    end as police_involvement,
    coalesce(police_request_reason, 'not_recorded') as police_request_reason,
    case when $records_police_units then police_arrived_at is not null end as police_unit_arrived,
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
    row_count,
    row_hash,
from grouped
-- What the caller reported decides who may be sent; the final type stands in where the first is missing. The list
-- holds each code once, so that no row is multiplied.
left join call_type_list
    on call_type_list.code = lower(coalesce(initial_call_type_code, final_call_type_code))
