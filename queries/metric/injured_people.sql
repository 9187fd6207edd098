-- @name     injured_people
-- @title    Injured people by role, by severity, or by both
-- @grain    one row per role and severity that occurs
-- @source   injury_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR role, severity or role_and_severity
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   key VARCHAR - who was hurt, or how badly
-- @column   part VARCHAR - how badly, by both; else null
-- @column   person_count BIGINT people, near misses included
-- @column   injured_count BIGINT people hurt, whatever the severity, near misses left out
-- @column   recordable_injury_count BIGINT people who needed medical treatment or more
-- @column   serious_injury_count BIGINT people hurt seriously or killed
-- @column   near_miss_count BIGINT near misses
-- @column   severity_unknown_count BIGINT people hurt whose severity is not recorded
-- @column   responder_injury_count BIGINT responders hurt

select
    case when $by_program then program_id end as of_program,
    case $breakdown
        when 'role' then role
        when 'severity' then severity
        when 'role_and_severity' then role
    end as key,
    case when $breakdown = 'role_and_severity' then severity end as part,
    sum(person_count)::bigint as person_count,
    coalesce(sum(person_count) filter (where severity <> 'near_miss'), 0)::bigint as injured_count,
    coalesce(sum(person_count) filter (where severity in ('medical_treatment', 'serious', 'fatal')), 0)::bigint
        as recordable_injury_count,
    coalesce(sum(person_count) filter (where severity in ('serious', 'fatal')), 0)::bigint as serious_injury_count,
    coalesce(sum(person_count) filter (where severity = 'near_miss'), 0)::bigint as near_miss_count,
    coalesce(sum(person_count) filter (where severity = 'not_recorded'), 0)::bigint as severity_unknown_count,
    coalesce(sum(person_count) filter (where role = 'responder' and severity <> 'near_miss'), 0)::bigint
        as responder_injury_count,
from injury_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by key, part, of_program
