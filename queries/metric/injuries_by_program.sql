-- @name     injuries_by_program
-- @title    Injured people and the responses whose log records injuries, by program
-- @grain    one row per program
-- @source   incident_month
-- @source   injury_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   program_id VARCHAR - the program
-- @column   response_count BIGINT responses
-- @column   injury_recorded_count BIGINT responses whose log records injuries
-- @column   injured_count BIGINT people hurt, whatever the severity, near misses left out
-- @column   recordable_injury_count BIGINT people who needed medical treatment or more
-- @column   serious_injury_count BIGINT people hurt seriously or killed
-- @column   near_miss_count BIGINT near misses
-- @column   severity_unknown_count BIGINT injured people whose severity is not recorded
-- @column   responder_injury_count BIGINT responders hurt
-- @count    response_count
-- @count    injury_recorded_count
-- @count    injured_count
-- @count    recordable_injury_count
-- @count    serious_injury_count
-- @count    near_miss_count
-- @count    severity_unknown_count
-- @count    responder_injury_count

with responses as (
    select
        program_id,
        sum(response_count)::bigint as response_count,
        sum(injury_recorded_count)::bigint as injury_recorded_count,
    from incident_month
    where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
        and ($call_types is null or list_contains($call_types, incident_month.call_type))
        and ($first_month is null or incident_month.month >= $first_month)
        and ($month_after is null or incident_month.month < $month_after)
    group by program_id
),

people as (
    select
        program_id,
        coalesce(sum(person_count) filter (where severity <> 'near_miss'), 0)::bigint
            as injured_count,
        coalesce(sum(person_count) filter (where severity in ('medical_treatment', 'serious', 'fatal')), 0)::bigint
            as recordable_injury_count,
        coalesce(sum(person_count) filter (where severity in ('serious', 'fatal')), 0)::bigint
            as serious_injury_count,
        coalesce(sum(person_count) filter (where severity = 'near_miss'), 0)::bigint
            as near_miss_count,
        coalesce(sum(person_count) filter (where severity = 'not_recorded'), 0)::bigint
            as severity_unknown_count,
        coalesce(sum(person_count) filter (where role = 'responder' and severity <> 'near_miss'), 0)::bigint
            as responder_injury_count,
    from injury_month
    where ($program_ids is null or list_contains($program_ids, injury_month.program_id))
        and ($call_types is null or list_contains($call_types, injury_month.call_type))
        and ($first_month is null or injury_month.month >= $first_month)
        and ($month_after is null or injury_month.month < $month_after)
    group by program_id
)

select
    responses.program_id,
    response_count,
    injury_recorded_count,
    coalesce(injured_count, 0) as injured_count,
    coalesce(recordable_injury_count, 0) as recordable_injury_count,
    coalesce(serious_injury_count, 0) as serious_injury_count,
    coalesce(near_miss_count, 0) as near_miss_count,
    coalesce(severity_unknown_count, 0) as severity_unknown_count,
    coalesce(responder_injury_count, 0) as responder_injury_count,
from responses
left join people
    on people.program_id is not distinct from responses.program_id
order by responses.program_id
