-- @name    gather_joined
-- @title   The kept rows of a log whose rows are joined, or that names units, gathered to incidents by the profile's rules
-- @creates gathered
-- @param   rows_are_units BOOLEAN    whether a row is one unit
-- @param   lists_units BOOLEAN       whether rows or cells name units, so that team times come from team units only
-- @param   knows_team_units BOOLEAN  whether any of the units can be the team's
-- @param   rules STRUCT              for every field the rule by which joined rows become one call

create or replace temp table gathered as
with typed as (
    select
        *,
        -- Rows of units are one unit each; a cell that names units has several.
        case
            when units is not null then list_transform(units, lambda unit: unit[2])
            when $rows_are_units then [responder_type]
        end as types,
    from kept_row
),

marked as (
    select
        *,
        case
            when not $lists_units then true
            when types is null then false
            else list_has_any(types, ['community', 'co_response'])
        end as is_team_row,
        coalesce($lists_units and list_contains(types, 'police'), false) as is_police_row,
    from typed
),

placed as (
    select
        *,
        place + case when is_team_row then 0 else 1e17 end as team_place,
    from marked
)

select
    incident_id,
    -- The day of the row that tells the time; where none does, the first day.
    coalesce(
        arg_min(received_date, when_speaks(received_at, place, $rules.received_at)),
        min(received_date)
    ) as received_date,
    arg_min(received_at, when_speaks(received_at, place, $rules.received_at)) as received_at,
    arg_min(queued_at, when_speaks(queued_at, place, $rules.queued_at)) as queued_at,
    arg_min(dispatched_at, when_speaks(dispatched_at, place, $rules.dispatched_at))
        filter (where is_team_row) as dispatched_at,
    arg_min(en_route_at, when_speaks(en_route_at, place, $rules.en_route_at))
        filter (where is_team_row) as en_route_at,
    arg_min(arrived_at, when_speaks(arrived_at, place, $rules.arrived_at))
        filter (where is_team_row) as arrived_at,
    arg_min(contact_at, when_speaks(contact_at, place, $rules.contact_at))
        filter (where is_team_row) as contact_at,
    arg_min(cleared_at, when_speaks(cleared_at, place, $rules.cleared_at))
        filter (where is_team_row) as cleared_at,
    -- Of several rows the first that says something speaks for the call, unless the profile says otherwise.
    arg_min(call_origin, who_speaks(place, team_place, $rules.call_origin))
        filter (where call_origin <> 'not_recorded') as call_origin,
    arg_min(initial_call_type_code, who_speaks(place, team_place, $rules.initial_call_type_code))
        as initial_call_type_code,
    arg_min(final_call_type_code, who_speaks(place, team_place, $rules.final_call_type_code))
        as final_call_type_code,
    arg_min(reason_codes, place) as reason_codes,
    arg_min(priority_code, who_speaks(place, team_place, $rules.priority_code)) as priority_code,
    arg_min(acuity, who_speaks(place, team_place, $rules.acuity)) as acuity,
    arg_min(area_id, who_speaks(place, team_place, $rules.area_id)) as area_id,
    arg_min(is_eligible, which_flag(is_eligible, place, $rules.is_eligible)) as is_eligible,
    case
        when not $lists_units
            then arg_min(
                is_community_dispatched,
                which_flag(is_community_dispatched, place, $rules.is_community_dispatched)
            )
        -- Where no unit can be the team's, or no unit is named, the log does not say whether it was sent.
        when $knows_team_units then bool_or(is_team_row) filter (where types is not null)
    end as is_community_dispatched,
    arg_min(not_reached_reason, who_speaks(place, team_place, $rules.not_reached_reason))
        filter (where not_reached_reason <> 'not_recorded') as not_reached_reason,
    arg_min(contact_result, who_speaks(place, team_place, $rules.contact_result))
        filter (where contact_result <> 'not_recorded') as contact_result,
    arg_min(disposition, who_speaks(place, team_place, $rules.disposition))
        filter (where disposition <> 'not_recorded') as disposition,
    arg_min(transport_to, who_speaks(place, team_place, $rules.transport_to))
        filter (where transport_to <> 'not_recorded') as transport_to,
    arg_min(police_involvement, who_speaks(place, team_place, $rules.police_involvement))
        filter (where police_involvement <> 'not_recorded') as police_involvement,
    arg_min(police_request_reason, who_speaks(place, team_place, $rules.police_request_reason))
        filter (where police_request_reason <> 'not_recorded') as police_request_reason,
    count(*) filter (where is_police_row) as police_unit_count,
    -- The times of a row that names several units are not the police's.
    min(arrived_at) filter (where is_police_row and units is null) as police_arrived_at,
    bool_or(is_police_row and units is not null) as police_times_unknown,
    arg_min(has_arrest, which_flag(has_arrest, place, $rules.has_arrest)) as has_arrest,
    arg_min(has_involuntary_hold, which_flag(has_involuntary_hold, place, $rules.has_involuntary_hold))
        as has_involuntary_hold,
    arg_min(has_force, which_flag(has_force, place, $rules.has_force)) as has_force,
    arg_min(has_transport, which_flag(has_transport, place, $rules.has_transport)) as has_transport,
    arg_min(
        has_emergency_department,
        which_flag(has_emergency_department, place, $rules.has_emergency_department)
    ) as has_emergency_department,
    arg_min(has_referral_offered, which_flag(has_referral_offered, place, $rules.has_referral_offered))
        as has_referral_offered,
    arg_min(has_referral_accepted, which_flag(has_referral_accepted, place, $rules.has_referral_accepted))
        as has_referral_accepted,
    arg_min(has_service_connected, which_flag(has_service_connected, place, $rules.has_service_connected))
        as has_service_connected,
    arg_min(is_injury_recorded, which_flag(is_injury_recorded, place, $rules.is_injury_recorded))
        as is_injury_recorded,
    arg_min(age_band, who_speaks(place, team_place, $rules.age_band)) as age_band,
    arg_min(gender, who_speaks(place, team_place, $rules.gender)) as gender,
    arg_min(race_ethnicity, who_speaks(place, team_place, $rules.race_ethnicity)) as race_ethnicity,
    arg_min(person_token, place) as person_token,
    count(*)::integer as row_count,
    case
        when count(*) = 1 then min(row_hash)
        else md5(string_agg(row_hash, '' order by row_hash))
    end as row_hash,
from placed
group by incident_id
