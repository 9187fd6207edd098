-- @name     repeat_contacts_by_state
-- @title    Contacts with a known person, and who was met again, by state
-- @grain    one row per state
-- @source   contact_repeat_month
-- @source   program
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   state VARCHAR - two letters
-- @column   contact_count BIGINT contacts
-- @column   known_contact_count BIGINT contacts
-- @column   person_unknown_count BIGINT contacts
-- @column   same_event_count BIGINT contacts
-- @column   followed_7_count BIGINT contacts of which 7 days are covered
-- @column   repeat_7_count BIGINT contacts after which the person was met again within 7 days
-- @column   not_followed_7_count BIGINT contacts nearer than 7 days to the end of the log or a gap
-- @column   followed_30_count BIGINT contacts of which 30 days are covered
-- @column   repeat_30_count BIGINT contacts after which the person was met again within 30 days
-- @column   not_followed_30_count BIGINT contacts nearer than 30 days to the end of the log or a gap
-- @column   followed_90_count BIGINT contacts of which 90 days are covered
-- @column   repeat_90_count BIGINT contacts after which the person was met again within 90 days
-- @column   not_followed_90_count BIGINT contacts nearer than 90 days to the end of the log or a gap
-- @count    contact_count
-- @count    known_contact_count
-- @count    person_unknown_count
-- @count    same_event_count
-- @count    followed_7_count
-- @count    repeat_7_count
-- @count    not_followed_7_count
-- @count    followed_30_count
-- @count    repeat_30_count
-- @count    not_followed_30_count
-- @count    followed_90_count
-- @count    repeat_90_count
-- @count    not_followed_90_count

select
    state,
    sum(contact_repeat_month.contact_count)::bigint as contact_count,
    sum(contact_repeat_month.known_contact_count)::bigint as known_contact_count,
    sum(contact_repeat_month.person_unknown_count)::bigint as person_unknown_count,
    sum(contact_repeat_month.same_event_count)::bigint as same_event_count,
    sum(contact_repeat_month.followed_7_count)::bigint as followed_7_count,
    sum(contact_repeat_month.repeat_7_count)::bigint as repeat_7_count,
    sum(contact_repeat_month.not_followed_7_count)::bigint as not_followed_7_count,
    sum(contact_repeat_month.followed_30_count)::bigint as followed_30_count,
    sum(contact_repeat_month.repeat_30_count)::bigint as repeat_30_count,
    sum(contact_repeat_month.not_followed_30_count)::bigint as not_followed_30_count,
    sum(contact_repeat_month.followed_90_count)::bigint as followed_90_count,
    sum(contact_repeat_month.repeat_90_count)::bigint as repeat_90_count,
    sum(contact_repeat_month.not_followed_90_count)::bigint as not_followed_90_count,
from contact_repeat_month
inner join program using (program_id)
where ($program_ids is null or list_contains($program_ids, contact_repeat_month.program_id))
    and ($call_types is null or list_contains($call_types, contact_repeat_month.call_type))
    and ($first_month is null or contact_repeat_month.month >= $first_month)
    and ($month_after is null or contact_repeat_month.month < $month_after)
group by state
order by state
