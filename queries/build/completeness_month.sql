-- @name   completeness_month
-- @title  On how many incidents each field of the contract is filled, of those on which it could be, by month
-- @grain  one row per program, field and month; the month is null for incidents without a date
-- @source incident
-- @source incident_fact
-- @note   what only a team can tell is asked of dispatches, and why a call was not reached of those not reached

with dispatched as (
    select
        incident.*,
        incident_fact.month,
    from part.incident
    inner join incident_fact using (program_id, incident_id)
    where is_dispatched
),

not_reached as (
    select
        incident.*,
        incident_fact.month,
    from part.incident
    inner join incident_fact using (program_id, incident_id)
    where is_eligible_call
        and not is_response
),

of_all as (
    select
        program_id,
        date_trunc('month', received_date)::date as month,
        count(*) as incident_count,
        count(received_date) as received_date,
        count(received_at) as received_at,
        count(*) filter (where call_origin <> 'not_recorded') as call_origin,
        count(*) filter (where call_type <> 'not_recorded') as call_type,
        count(priority_code) as priority_code,
        count(acuity) as acuity,
        count(area_id) as area_id,
        count(is_eligible) as is_eligible,
    from part.incident
    group by program_id, month
),

of_dispatched as (
    select
        program_id,
        month,
        count(*) as incident_count,
        count(dispatched_at) as dispatched_at,
        count(en_route_at) as en_route_at,
        count(arrived_at) as arrived_at,
        count(contact_at) as contact_at,
        count(cleared_at) as cleared_at,
        count(*) filter (where contact_result <> 'not_recorded') as contact_result,
        count(*) filter (where police_involvement <> 'not_recorded') as police_involvement,
        count(has_arrest) as has_arrest,
        count(has_involuntary_hold) as has_involuntary_hold,
        count(has_force) as has_force,
        count(has_emergency_department) as has_emergency_department,
        count(*) filter (where disposition <> 'not_recorded') as disposition,
        count(*) filter (where transport_to <> 'not_recorded') as transport_to,
        count(has_transport) as has_transport,
        count(has_referral_offered) as has_referral_offered,
        count(age_band) as age_band,
        count(gender) as gender,
        count(race_ethnicity) as race_ethnicity,
        count(is_injury_recorded) as is_injury_recorded,
    from dispatched
    group by program_id, month
),

of_not_reached as (
    select
        program_id,
        month,
        'not_reached_reason' as field,
        count(*) filter (where not_reached_reason <> 'not_recorded') as filled_count,
        count(*) as incident_count,
    from not_reached
    group by program_id, month
)

select
    program_id,
    field,
    month,
    filled_count,
    incident_count,
from of_all
unpivot (filled_count for field in (columns(* exclude (program_id, month, incident_count))))

union all

select
    program_id,
    field,
    month,
    filled_count,
    incident_count,
from of_dispatched
unpivot (filled_count for field in (columns(* exclude (program_id, month, incident_count))))

union all

select
    program_id,
    field,
    month,
    filled_count,
    incident_count,
from of_not_reached

order by program_id, field, month
