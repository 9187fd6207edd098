-- @name   outcome_group_month
-- @title  Responses and what happened on them, by age band, by gender, and by race and ethnicity, one group at a time
-- @grain  one row per program, month, call type, kind of group and group
-- @source incident_fact
-- @note   people whose group is not recorded are a group of their own; groups are not crossed with one another

-- Words that differ in case alone are one group, spelled as it is spelled most often.
with gender_spelling as (
    select
        gender as spelling,
        count(*) as people,
    from incident_fact
    where gender is not null
    group by spelling
),

gender_word as (
    select
        lower(spelling) as folded,
        first(spelling order by people desc, spelling) as spelled,
    from gender_spelling
    group by folded
),

race_ethnicity_spelling as (
    select
        race_ethnicity as spelling,
        count(*) as people,
    from incident_fact
    where race_ethnicity is not null
    group by spelling
),

race_ethnicity_word as (
    select
        lower(spelling) as folded,
        first(spelling order by people desc, spelling) as spelled,
    from race_ethnicity_spelling
    group by folded
),

known as (
    select
        incident_fact.* replace (
            coalesce(age_band, 'not_recorded') as age_band,
            coalesce(gender_word.spelled, 'not_recorded') as gender,
            coalesce(race_ethnicity_word.spelled, 'not_recorded') as race_ethnicity
        ),
    from incident_fact
    left join gender_word on gender_word.folded = lower(incident_fact.gender)
    left join race_ethnicity_word on race_ethnicity_word.folded = lower(incident_fact.race_ethnicity)
    where is_response
)

select
    program_id,
    month,
    call_type,
    case
        when grouping(age_band) = 0 then 'age_band'
        when grouping(gender) = 0 then 'gender'
        else 'race_ethnicity'
    end as group_kind,
    coalesce(age_band, gender, race_ethnicity) as group_name,
    count(*) as response_count,
    count(*) filter (where is_contact) as contact_count,
    count(*) filter (where has_arrest is not null) as arrest_recorded_count,
    count(*) filter (where has_arrest) as arrest_count,
    count(*) filter (where has_arrest and is_response_by_outcome) as arrest_by_outcome_count,
    count(*) filter (where has_involuntary_hold is not null) as hold_recorded_count,
    count(*) filter (where has_involuntary_hold) as hold_count,
    count(*) filter (where has_force is not null) as force_recorded_count,
    count(*) filter (where has_force) as force_count,
    count(*) filter (where has_transport is not null) as transport_recorded_count,
    count(*) filter (where has_transport) as transport_count,
    count(*)
        filter (where has_referral_offered and has_referral_accepted is not null)
        as referral_accepted_recorded_count,
    count(*) filter (where has_referral_offered) as referral_offered_count,
    count(*) filter (where has_referral_accepted) as referral_accepted_count,
from known
group by grouping sets (
    (program_id, month, call_type, age_band),
    (program_id, month, call_type, gender),
    (program_id, month, call_type, race_ethnicity)
)
order by program_id, month, call_type, group_kind, group_name
