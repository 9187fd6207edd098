-- @name   incident_fact
-- @title  Every flag of the metrics, once: yes, no or null for not recorded
-- @grain  one row per incident of the contract
-- @source incident
-- @source program
-- @source load_log
-- @source area_spelling_of_all
-- @note   the page tables are counts over this view; a definition that is not here is not used anywhere

-- Areas that differ in letters' case alone are one, spelled as it is spelled most often.
with area as (
    select
        lower(area_id) as folded,
        first(area_id order by call_count desc, area_id) as spelled,
    from area_spelling_of_all
    group by folded
),

-- What a log could say by the profile that read its rows: each load has its own.
judged_log as (
    select
        load_log.program_id,
        load_id,
        coalesce(load_log.log_holds, program.log_holds) as log_holds,
        coalesce(load_log.recorded_fields, program.recorded_fields) as recorded_fields,
        coalesce(list_contains(load_log.recorded_fields, 'reached_rows'), program.all_rows_reached) as all_rows_reached,
    from part.load_log
    inner join part.program using (program_id)
),

placed as (
    select
        -- Where the person was taken says whether anybody was.
        incident.* replace (
            coalesce(has_transport, nullif(transport_to, 'not_recorded') <> 'none') as has_transport,
            coalesce(has_emergency_department, nullif(transport_to, 'not_recorded') = 'emergency_department')
                as has_emergency_department,
            coalesce(disposition, 'not_recorded') as disposition,
            coalesce(transport_to, 'not_recorded') as transport_to,
            area.spelled as area_id,
            -- Words that mean one thing are one word; every other one stays the log's own.
            case
                when regexp_replace(lower(gender), '[^a-z]', '', 'g') in ('f', 'female', 'woman') then 'Female'
                when regexp_replace(lower(gender), '[^a-z]', '', 'g') in ('m', 'male', 'man') then 'Male'
                when regexp_replace(lower(gender), '[^a-z]', '', 'g') = 'nonbinary' then 'Nonbinary'
                else gender
            end as gender,
            -- Each step of a referral holds the steps before it. One that the log records and that is blank stays blank: it
            -- would be known only of those on which the later step is a yes.
            case
                when
                    has_referral_offered is not null
                    or not list_contains(
                        coalesce(judged_log.recorded_fields, program.recorded_fields), 'has_referral_offered'
                    )
                    then has_referral_offered
                        or coalesce(has_referral_accepted, false)
                        or coalesce(has_service_connected, false)
            end as has_referral_offered,
            case
                when has_referral_accepted is not null
                    then has_referral_accepted or coalesce(has_service_connected, false)
            end as has_referral_accepted
        ),
        coalesce(has_referral_accepted, false) or coalesce(has_service_connected, false) as is_referred,
        program.state,
        program.time_zone,
        coalesce(judged_log.log_holds, program.log_holds) as log_holds,
        coalesce(judged_log.all_rows_reached, program.all_rows_reached) as all_rows_reached,
        coalesce(judged_log.recorded_fields, program.recorded_fields) as fields,
        program.longest_interval_min,
        program.keeps_zero_intervals,
        date_trunc('month', received_date)::date as month,
        list_contains(fields, 'arrived_at') as log_has_arrivals,
        list_contains(fields, 'contact_result') as log_has_contact_results,
        list_has_any(fields, ['arrived_at', 'contact_result', 'contact_at']) as log_says_reached,
        list_contains(fields, 'responder_rows') as log_names_responders,
        list_contains(fields, 'mixed_responders') as log_mixes_responders,
        list_contains(fields, 'police_request_reason') as log_has_request_reasons,
        list_contains(fields, 'acuity') as log_has_acuity,
        list_contains(fields, 'person_token') as log_has_persons,
    from part.incident
    inner join part.program using (program_id)
    left join judged_log
        on judged_log.program_id = incident.program_id
        and judged_log.load_id = incident.load_id
    left join area on area.folded = lower(incident.area_id)
),

-- Who called, and whether the team may take the call.
called as (
    select
        *,
        case
            when call_origin = 'not_recorded' then null
            else call_origin in ('911', 'non_emergency', '311', '988', 'program_line')
        end as is_public_call,
        case
            when call_origin = 'not_recorded' then null
            else call_origin in ('911', 'non_emergency')
        end as is_911_or_non_emergency_call,
    from placed
),

-- Whether a team was sent.
sent as (
    select
        *,
        case
            -- A declared responder, or a word of the log's own, goes before what its rows are said to be.
            when is_community_dispatched is not null then is_community_dispatched
            when log_names_responders then null
            when record_grain in ('dispatch', 'person') or all_rows_reached then true
            when dispatched_at is not null or arrived_at is not null then true
            when log_has_arrivals then false
            -- Whoever met, looked for or left somebody was sent.
            when contact_result in ('contacted', 'unable_to_locate', 'refused', 'disengaged_for_safety') then true
            when contact_at is not null and contact_result <> 'cancelled' then true
        end as is_dispatched,
        coalesce(not is_community_dispatched, false) as is_other_service,
        contact_result not in ('unable_to_locate', 'cancelled') as could_be_met,
        -- A word of the log that says what was done.
        disposition in (
            'transported_crisis_center',
            'transported_shelter',
            'transported_other',
            'transported_emergency_department',
            'handed_to_ambulance',
            'handed_to_police',
            'involuntary_hold',
            'arrested'
        ) as tells_action,
        -- What can only happen on scene. All such outcomes count alike: none is left out because of what a metric counts.
        -- A result that says that nobody was found, or that the call was cancelled, goes before a word of being met.
        coalesce(has_arrest, false)
            or coalesce(has_involuntary_hold, false)
            or coalesce(has_transport, false)
            or coalesce(has_emergency_department, false)
            or tells_action
            or contact_result = 'contacted'
            or (
                could_be_met
                and (contact_at is not null or disposition in ('resolved_on_scene', 'referred', 'met'))
            ) as was_on_scene_by_outcome,
    from called
),

-- Whether the team reached the scene. Known of all rows by declaration; else by an arrival time, or by an outcome that can
-- only happen on scene where its time was not entered. A log that tells neither arrivals nor contacts does not say which
-- calls were reached: an outcome alone would choose those on which something happened.
reached as (
    select
        *,
        case
            when not is_dispatched then false
            when is_dispatched is null then null
            when all_rows_reached then true
            when arrived_at is not null then true
            when not log_says_reached then null
            -- Where several services share a call, its outcome can be another service's.
            when log_has_arrivals and was_on_scene_by_outcome and not log_mixes_responders then true
            when log_has_arrivals and log_mixes_responders and contact_at is not null and could_be_met then true
            when log_has_arrivals then false
            -- Without arrivals what came of the attempt decides, for every ending alike: the team was there where it met
            -- somebody, looked for somebody, was refused or left for its safety.
            when contact_result in ('contacted', 'unable_to_locate', 'refused', 'disengaged_for_safety') then true
            when contact_result = 'cancelled' then false
            when contact_at is not null then true
        end as is_response,
    from sent
),

met as (
    select
        *,
        case
            -- Also where the log does not say whether the team arrived: contact is counted over responses.
            when is_response is not true then null
            -- A log's own word goes before what is said of all its rows.
            when contact_result = 'contacted' then true
            when contact_result <> 'not_recorded' then false
            when disposition in ('unable_to_locate', 'refused', 'cancelled', 'left_for_safety') and contact_at is null then false
            when all_rows_reached then true
            when contact_at is not null then true
        end as is_contact,
        case
            when not is_response then null
            when police_unit_arrived then true
            when police_involvement = 'none' then false
            when police_involvement <> 'not_recorded' then true
            when police_unit_arrived is not null then false
        end as is_police_present,
        police_involvement <> 'not_recorded' as is_police_involvement_recorded,
    from reached
),

-- How the response ended, one answer each. What was done goes before whom was met: an arrest of somebody who refused
-- is an arrest. A log's own word that nobody was taken anywhere does not make a person met who could not be found.
ended as (
    select
        *,
        case
            when is_response is not true then null
            when tells_action then disposition
            when disposition = 'not_recorded' and has_arrest then 'arrested'
            when disposition = 'not_recorded' and has_involuntary_hold then 'involuntary_hold'
            when disposition = 'not_recorded' and has_emergency_department then 'transported_emergency_department'
            when disposition = 'not_recorded' and has_transport then
                case transport_to
                    when 'emergency_department' then 'transported_emergency_department'
                    when 'crisis_center' then 'transported_crisis_center'
                    when 'shelter' then 'transported_shelter'
                    else 'transported_other'
                end
            when contact_result in ('unable_to_locate', 'refused', 'cancelled') then contact_result
            when contact_result = 'disengaged_for_safety' then 'left_for_safety'
            when disposition <> 'not_recorded' then disposition
            when is_referred then 'referred'
            when is_contact then 'met'
            else 'not_recorded'
        end as primary_disposition,
    from met
),

-- The instants of a response, each worked out once for all intervals that it bounds.
clocked as (
    select
        *,
        case when is_response then second_instant(time_zone, received_at) end as received_second,
        case when is_response then second_instant(time_zone, dispatched_at) end as dispatched_second,
        case when is_response then second_instant(time_zone, en_route_at) end as en_route_second,
        case when is_response then second_instant(time_zone, arrived_at) end as arrived_second,
        case when is_response then second_instant(time_zone, cleared_at) end as cleared_second,
    from ended
),

timed as (
    select
        *,
        first_of_instants(received_second, time_zone, received_at) as received_first,
        first_of_instants(dispatched_second, time_zone, dispatched_at) as dispatched_first,
        first_of_instants(en_route_second, time_zone, en_route_at) as en_route_first,
        first_of_instants(arrived_second, time_zone, arrived_at) as arrived_first,
        first_of_instants(cleared_second, time_zone, cleared_at) as cleared_first,
    from clocked
)

select
    program_id,
    state,
    incident_id,
    month,
    received_date,
    call_type,
    coalesce(area_id, 'not_recorded') as area_id,
    -- A call counts as public or eligible only where the log holds all such calls, so that it can be counted over.
    log_holds = 'all_calls' and coalesce(is_public_call, false) as is_public_call,
    -- Officer- and responder-initiated events are outside the funnel.
    log_holds in ('all_calls', 'eligible_calls')
        and coalesce(is_eligible, false)
        and coalesce(is_public_call, true) as is_eligible_call,
    is_dispatched,
    is_other_service,
    is_response,
    is_response and arrived_at is null and not all_rows_reached as is_response_by_outcome,
    is_contact,
    contact_result,
    not_reached_reason,
    is_police_present,
    is_911_or_non_emergency_call,
    -- Strict: without police, to a 911 or non-emergency call of an eligible type.
    case
        when not is_response or is_police_present then false
        when not is_911_or_non_emergency_call or not is_eligible then false
        when is_response and not is_police_present and is_911_or_non_emergency_call and is_eligible
            then true
    end as is_diverted_strict,
    -- Broad: without police, whatever the origin and type.
    case
        when not is_response or is_police_present then false
        when is_response and not is_police_present then true
    end as is_diverted_broad,
    is_response and is_police_involvement_recorded as is_police_involvement_recorded,
    is_response and police_involvement in ('already_on_scene', 'sent_by_dispatch')
        as is_police_already_there,
    is_response and police_involvement = 'requested_by_team' as is_police_requested,
    police_request_reason,
    log_has_request_reasons,
    log_has_persons,
    primary_disposition as disposition,
    case
        when primary_disposition in ('unable_to_locate', 'refused', 'cancelled', 'left_for_safety') then false
        when primary_disposition not in ('other', 'not_recorded') then true
    end as is_served,
    -- Where the answer comes from: the log's own word, what was worked out, or a contact result that overruled the word.
    case
        when primary_disposition is null or primary_disposition = 'not_recorded' then null
        when timed.disposition = 'not_recorded' then 'worked_out'
        when timed.disposition = primary_disposition then 'own'
        else 'overruled'
    end as disposition_source,
    case
        when is_dispatched and log_has_contact_results then contact_result = 'disengaged_for_safety'
    end as is_disengaged_for_safety,
    is_dispatched and has_arrest as has_dispatch_arrest,
    is_dispatched and has_emergency_department as has_dispatch_emergency_department,
    is_response and has_arrest as has_arrest,
    is_response and has_involuntary_hold as has_involuntary_hold,
    is_response and has_force as has_force,
    is_response and has_emergency_department as has_emergency_department,
    is_response and has_transport as has_transport,
    case
        when is_response is not true or has_transport is not true then null
        when transport_to not in ('none', 'not_recorded') then transport_to
        when has_emergency_department then 'emergency_department'
        else 'not_recorded'
    end as transport_place,
    is_contact and has_referral_offered as has_referral_offered,
    is_contact and has_referral_offered and has_referral_accepted as has_referral_accepted,
    is_contact and has_referral_offered and has_referral_accepted and has_service_connected as has_service_connected,
    age_band,
    gender,
    race_ethnicity,
    is_response and is_injury_recorded as is_injury_recorded,
    coalesce(priority_code, 'not_recorded') as priority_code,
    -- How urgent, in the agency's own words: its acuity, or its priority code where the log has no acuity.
    coalesce(case when log_has_acuity then acuity else priority_code end, 'not_recorded') as acuity,
    isodow(received_at)::integer as received_weekday,
    hour(received_at)::integer as received_hour,
    minute(received_at)::integer as received_minute,
    -- Begun by the team itself, or a follow-up: nobody called and waited.
    call_origin in ('responder_initiated', 'follow_up') as is_no_call,
    minutes_between_instants(received_first, dispatched_first, dispatched_second) as call_processing_min,
    minutes_between_instants(dispatched_first, en_route_first, en_route_second) as turnout_min,
    minutes_between_instants(en_route_first, arrived_first, arrived_second) as travel_min,
    minutes_between_instants(received_first, arrived_first, arrived_second) as response_min,
    minutes_between_instants(arrived_first, cleared_first, cleared_second) as on_scene_min,
    minutes_between_instants(dispatched_first, cleared_first, cleared_second) as committed_min,
    longest_interval_min,
    keeps_zero_intervals,
from timed
