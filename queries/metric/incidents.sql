-- @name     incidents
-- @title    Counts of incidents, and of people hurt on them, by any breakdown
-- @grain    one row per value of the breakdown; per program and area by area, per call type and acuity by both
-- @source   incident_count_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state, area, call_type, call_type_and_acuity, age_band, gender or race_ethnicity
-- @param    counts VARCHAR[] which counts, by their columns
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state, call type or group; null by period
-- @column   part VARCHAR - area, or acuity in the agency's own words; null by anything else
-- @column   public_call_count BIGINT calls from the public, of logs that hold all calls
-- @column   eligible_count BIGINT calls that the team may take, of logs that hold all such calls
-- @column   eligible_in_hours_count BIGINT eligible calls, without those not reached because they came outside service hours
-- @column   eligible_dispatched_count BIGINT eligible calls to which the team was sent
-- @column   eligible_response_count BIGINT eligible calls that the team reached
-- @column   eligible_reach_unknown_count BIGINT eligible calls of which the log does not say whether the team reached the scene
-- @column   eligible_not_reached_count BIGINT eligible calls that the team did not reach
-- @column   eligible_in_hours_unknown_count BIGINT eligible calls within service hours of which the log does not say whether the team reached the scene
-- @column   dispatched_count BIGINT calls to which the team was sent
-- @column   response_count BIGINT calls on which the team reached the scene
-- @column   response_by_outcome_count BIGINT responses known from an outcome that can only happen on scene, for the log has no arrival time
-- @column   contact_count BIGINT responses on which the team met the person
-- @column   contact_recorded_count BIGINT responses whose log says whether the team met the person
-- @column   police_presence_recorded_count BIGINT responses whose log says whether police were there
-- @column   without_police_count BIGINT responses without police
-- @column   diverted_strict_count BIGINT responses without police to 911 or non-emergency calls of an eligible type
-- @column   diverted_strict_unknown_count BIGINT responses of which the log does not tell whether they are diverted by the strict definition
-- @column   diverted_strict_open_count BIGINT calls that can neither be counted nor ruled out by the strict definition, also those of which the log does not say whether the team reached the scene
-- @column   diverted_strict_open_origin_count BIGINT of these, those whose origin is not recorded
-- @column   diverted_strict_open_eligible_count BIGINT of these, the eligible calls
-- @column   diverted_broad_count BIGINT responses without police, whatever the origin and type of the call
-- @column   diverted_broad_unknown_count BIGINT responses of which the log does not tell whether they are diverted by the broad definition
-- @column   diverted_broad_open_count BIGINT calls that can neither be counted nor ruled out by the broad definition, also those of which the log does not say whether the team reached the scene
-- @column   police_recorded_count BIGINT responses whose log says how police were involved, or that they were not
-- @column   police_already_there_count BIGINT responses with police there first or sent by dispatch
-- @column   police_request_count BIGINT responses on which the team asked for police
-- @column   safety_recorded_count BIGINT responses whose log says how police were involved, of logs that record why police were asked for
-- @column   safety_request_count BIGINT responses on which the team asked for police for safety, as an emergency or not
-- @column   safety_emergency_count BIGINT responses on which the team asked for police in an emergency
-- @column   request_reason_unknown_count BIGINT responses on which the team asked for police and the log does not say why
-- @column   disengagement_recorded_count BIGINT dispatches of logs that record contact results
-- @column   disengaged_for_safety_count BIGINT dispatches that the team ended for safety
-- @column   contact_result_unknown_count BIGINT dispatches whose contact result is not recorded
-- @column   dispatch_arrest_recorded_count BIGINT dispatches whose log says whether anybody was arrested
-- @column   dispatch_arrest_count BIGINT dispatches with an arrest
-- @column   dispatch_emergency_department_recorded_count BIGINT dispatches whose log says whether anybody was taken to an emergency department
-- @column   dispatch_emergency_department_count BIGINT dispatches on which somebody was taken to an emergency department
-- @column   arrest_recorded_count BIGINT responses whose log says whether anybody was arrested
-- @column   arrest_count BIGINT responses with an arrest
-- @column   arrest_by_outcome_count BIGINT responses with an arrest, known from an outcome alone, for the log has no arrival time
-- @column   hold_recorded_count BIGINT responses whose log says whether anybody was held involuntarily
-- @column   hold_count BIGINT responses with an involuntary hold
-- @column   force_recorded_count BIGINT responses whose log says whether force was used
-- @column   force_count BIGINT responses on which force was used
-- @column   emergency_department_recorded_count BIGINT responses whose log says whether anybody was taken to an emergency department
-- @column   emergency_department_count BIGINT responses on which somebody was taken to an emergency department
-- @column   emergency_department_by_outcome_count BIGINT responses with an emergency department, known from an outcome alone, for the log has no arrival time
-- @column   injury_recorded_count BIGINT responses whose log records injuries
-- @column   served_count BIGINT responses on which someone was served
-- @column   served_known_count BIGINT responses whose ending tells whether someone was served
-- @column   transport_recorded_count BIGINT responses whose log says whether anybody was taken anywhere
-- @column   transport_count BIGINT responses on which somebody was taken anywhere
-- @column   referral_offered_recorded_count BIGINT contacts whose log says whether a referral was offered
-- @column   referral_offered_count BIGINT contacts with a referral offered
-- @column   referral_accepted_recorded_count BIGINT contacts with a referral offered, whose log says whether it was accepted
-- @column   referral_accepted_count BIGINT contacts with a referral accepted
-- @column   service_connected_recorded_count BIGINT contacts with a referral accepted, whose log says whether the person was connected to a service
-- @column   service_connected_count BIGINT contacts on which the person was connected to a service
-- @column   injured_count BIGINT people hurt, whatever the severity, near misses left out
-- @column   recordable_injury_count BIGINT people who needed medical treatment or more
-- @column   serious_injury_count BIGINT people hurt seriously or killed
-- @column   near_miss_count BIGINT near misses
-- @column   severity_unknown_count BIGINT people hurt whose severity is not recorded
-- @column   responder_injury_count BIGINT responders hurt
-- @column   role_unknown_count BIGINT people hurt whose role is not recorded
-- @note     by group only the counts that are told by group are known, of the people on responses
-- @note     the first and the last period may be partial; a month without records has no row

with counted as (
    select
        case when $by_program then program_id end as of_program,
        case $breakdown
            when 'month' then month
            when 'quarter' then date_trunc('quarter', month)
            when 'year' then date_trunc('year', month)
        end::date as period_start,
        case $breakdown
            when 'program' then program_id
            when 'area' then program_id
            when 'state' then state
            when 'call_type' then call_type
            when 'call_type_and_acuity' then call_type
            when 'age_band' then part
            when 'gender' then part
            when 'race_ethnicity' then part
        end as key,
        case when $breakdown in ('area', 'call_type_and_acuity') then part end as part,
        sum(columns($counts))::bigint,
    from incident_count_month
    where split_by = case when $breakdown in ('area', 'age_band', 'gender', 'race_ethnicity') then $breakdown else 'acuity' end
        and ($program_ids is null or list_contains($program_ids, program_id))
        and ($call_types is null or list_contains($call_types, call_type))
        and ($first_month is null or month >= $first_month)
        and ($month_after is null or month < $month_after)
        and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
    group by all
)

from counted
order by
    $breakdown in ('age_band', 'gender', 'race_ethnicity') and key = 'not_recorded',
    $breakdown = 'age_band' and key <> 'under 18',
    period_start,
    key,
    part,
    of_program
