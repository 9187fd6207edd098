-- @name    gather_joined
-- @title   The kept rows of a log whose rows are joined, or that names units, gathered to incidents by the profile's rules
-- @creates gathered
-- @param   rows_are_units BOOLEAN    whether a row is one unit
-- @param   rows_name_responders BOOLEAN  whether a row that is no unit says whose work it is
-- @param   lists_units BOOLEAN       whether rows or cells name units or responders, so that team times come from the team's only
-- @param   knows_team_units BOOLEAN  whether any of the units can be the team's
-- @param   lists_unit_words BOOLEAN  whether the profile lists the words for responders, so that another word is not known
-- @param   rules STRUCT              for every field the rule by which joined rows become one call

create or replace temp table gathered as
with typed as (
    select
        *,
        -- Rows of units are one unit each; a cell that names units has several.
        case
            when units is not null then list_transform(units, lambda unit: unit[2])
            when $rows_are_units then [responder_type]
            -- A word for the responder that nobody mapped does not say whose work it was.
            when $rows_name_responders then [nullif(responder_type, 'unknown')]
        end as types,
        -- A unit whose word the profile's list of values lacks could be anybody's; one that no pattern fits is nobody's that counts.
        case
            when not $lists_unit_words then false
            when units is not null then list_contains(list_transform(units, lambda unit: unit[2]), 'unknown')
            else
                responder_type = 'unknown'
                and coalesce(len(list_filter(
                    not_understood,
                    lambda entry: entry[1] = 'unknown value' and entry[2] = 'responder_type'
                )), 0) > 0
        end as has_unlisted_unit,
    from kept_row
),

marked as (
    select
        *,
        case
            when not $lists_units then true
            when types is null or types[1] is null then false
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
    time_of_call(received_at, true, place, $rules.received_at) as received_at,
    time_of_call(queued_at, true, place, $rules.queued_at) as queued_at,
    time_of_call(dispatched_at, is_team_row, place, $rules.dispatched_at) as dispatched_at,
    time_of_call(en_route_at, is_team_row, place, $rules.en_route_at) as en_route_at,
    time_of_call(arrived_at, is_team_row, place, $rules.arrived_at) as arrived_at,
    time_of_call(contact_at, is_team_row, place, $rules.contact_at) as contact_at,
    time_of_call(cleared_at, is_team_row, place, $rules.cleared_at) as cleared_at,
    -- Of several rows the first that says something speaks for the call, unless the profile says otherwise.
    word_of_call(call_origin, place, team_place, $rules.call_origin) as call_origin,
    text_of_call(initial_call_type_code, place, team_place, $rules.initial_call_type_code) as initial_call_type_code,
    text_of_call(final_call_type_code, place, team_place, $rules.final_call_type_code) as final_call_type_code,
    arg_min(reason_codes, place) as reason_codes,
    text_of_call(priority_code, place, team_place, $rules.priority_code) as priority_code,
    text_of_call(acuity, place, team_place, $rules.acuity) as acuity,
    text_of_call(area_id, place, team_place, $rules.area_id) as area_id,
    flag_of_call(is_eligible, place, $rules.is_eligible) as is_eligible,
    case
        when not $lists_units
            then flag_of_call(is_community_dispatched, place, $rules.is_community_dispatched)
        -- Where no unit can be the team's, or no unit is named, the log does not say whether it was sent.
        -- A row that is the team's may still say that the team was not sent.
        when $knows_team_units and bool_or(has_unlisted_unit)
            then nullif(coalesce(bool_or(is_team_row and coalesce(is_community_dispatched, true)), false), false)
        when $knows_team_units
            then bool_or(is_team_row and coalesce(is_community_dispatched, true))
                filter (where types[1] is not null)
    end as is_community_dispatched,
    word_of_call(not_reached_reason, place, team_place, $rules.not_reached_reason) as not_reached_reason,
    word_of_call(contact_result, place, team_place, $rules.contact_result) as contact_result,
    word_of_call(disposition, place, team_place, $rules.disposition) as disposition,
    word_of_call(transport_to, place, team_place, $rules.transport_to) as transport_to,
    word_of_call(police_involvement, place, team_place, $rules.police_involvement) as police_involvement,
    word_of_call(police_request_reason, place, team_place, $rules.police_request_reason) as police_request_reason,
    count(*) filter (where is_police_row) as police_unit_count,
    -- The times of a row that names several units are not the police's.
    min(arrived_at) filter (where is_police_row and units is null) as police_arrived_at,
    bool_or(is_police_row and units is not null) as police_times_unknown,
    bool_or(types[1] is not null) and not bool_or(has_unlisted_unit) as names_units,
    -- An officer is part of a co-response.
    coalesce(bool_or(list_contains(types, 'co_response')), false) as has_co_response,
    flag_of_call(has_arrest, place, $rules.has_arrest) as has_arrest,
    flag_of_call(has_involuntary_hold, place, $rules.has_involuntary_hold) as has_involuntary_hold,
    flag_of_call(has_force, place, $rules.has_force) as has_force,
    flag_of_call(has_transport, place, $rules.has_transport) as has_transport,
    flag_of_call(has_emergency_department, place, $rules.has_emergency_department) as has_emergency_department,
    flag_of_call(has_referral_offered, place, $rules.has_referral_offered) as has_referral_offered,
    flag_of_call(has_referral_accepted, place, $rules.has_referral_accepted) as has_referral_accepted,
    flag_of_call(has_service_connected, place, $rules.has_service_connected) as has_service_connected,
    flag_of_call(is_injury_recorded, place, $rules.is_injury_recorded) as is_injury_recorded,
    text_of_call(age_band, place, team_place, $rules.age_band) as age_band,
    text_of_call(gender, place, team_place, $rules.gender) as gender,
    text_of_call(race_ethnicity, place, team_place, $rules.race_ethnicity) as race_ethnicity,
    arg_min(person_token, place) as person_token,
    count(*)::integer as row_count,
    case
        when count(*) = 1 then min(row_hash)
        else md5(string_agg(row_hash, '' order by row_hash))
    end as row_hash,
from placed
group by incident_id
