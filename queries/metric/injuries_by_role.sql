-- @name     injuries_by_role
-- @title    Injured people by role
-- @grain    one row per role that occurs
-- @source   injury_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   role VARCHAR - who was hurt
-- @column   person_count BIGINT people, near misses included
-- @column   injured_count BIGINT people hurt, whatever the severity, near misses left out
-- @column   recordable_injury_count BIGINT people who needed medical treatment or more
-- @column   serious_injury_count BIGINT people hurt seriously or killed
-- @column   near_miss_count BIGINT near misses
-- @column   severity_unknown_count BIGINT injured people whose severity is not recorded
-- @column   responder_injury_count BIGINT responders hurt
-- @count    person_count
-- @count    injured_count
-- @count    recordable_injury_count
-- @count    serious_injury_count
-- @count    near_miss_count
-- @count    severity_unknown_count
-- @count    responder_injury_count

select
    role,
    sum(person_count)::bigint as person_count,
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
group by role
order by role
