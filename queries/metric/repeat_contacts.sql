-- @name     repeat_contacts
-- @title    Contacts with a known person, and who was met again, by any breakdown
-- @grain    one row per value of the breakdown
-- @source   contact_repeat_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state or call_type
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state or call type; null by period
-- @column   contact_count BIGINT contacts of logs that tell who was met
-- @column   known_contact_count BIGINT contacts with a known person, several about one event counted once
-- @column   person_unknown_count BIGINT contacts with nobody known
-- @column   same_event_count BIGINT contacts that came in before the team had left the same person: one event, counted once
-- @column   followed_7_count BIGINT contacts with a known person of which the log covers the 7 days that follow
-- @column   seen_7_count BIGINT contacts of which the log covers the 7 days that follow, whether or not the person is known
-- @column   repeat_7_count BIGINT contacts after which the same person was met again within 7 days
-- @column   not_followed_7_count BIGINT contacts nearer than 7 days to the end of the log or a gap
-- @column   followed_30_count BIGINT contacts with a known person of which the log covers the 30 days that follow
-- @column   seen_30_count BIGINT contacts of which the log covers the 30 days that follow, whether or not the person is known
-- @column   repeat_30_count BIGINT contacts after which the same person was met again within 30 days
-- @column   not_followed_30_count BIGINT contacts nearer than 30 days to the end of the log or a gap
-- @column   followed_90_count BIGINT contacts with a known person of which the log covers the 90 days that follow
-- @column   seen_90_count BIGINT contacts of which the log covers the 90 days that follow, whether or not the person is known
-- @column   repeat_90_count BIGINT contacts after which the same person was met again within 90 days
-- @column   not_followed_90_count BIGINT contacts nearer than 90 days to the end of the log or a gap

select
    case when $by_program then program_id end as of_program,
    case $breakdown
        when 'month' then month
        when 'quarter' then date_trunc('quarter', month)
        when 'year' then date_trunc('year', month)
    end::date as period_start,
    case $breakdown
        when 'program' then program_id
        when 'state' then state
        when 'call_type' then call_type
    end as key,
    sum(columns('_count$'))::bigint,
from contact_repeat_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by period_start, key, of_program
