-- @name   contact_repeat_month
-- @title  Contacts with a known person, and whether the same person was met again within 7, 30 and 90 days
-- @grain  one row per program, month and call type of the contact
-- @source contact_fact
-- @note   a contact counts at so many days only where the log covers all of them, to its end and without a gap

select
    program_id,
    state,
    month,
    call_type,
    count(*) as contact_count,
    count(*) filter (where is_counted) as known_contact_count,
    count(*) filter (where person_token is null) as person_unknown_count,
    count(*) filter (where is_same_event) as same_event_count,
    count(*) filter (where is_counted and days_seen >= 7) as followed_7_count,
    count(*) filter (where (is_counted or person_token is null) and days_seen >= 7) as seen_7_count,
    count(*) filter (where is_counted and days_seen >= 7 and days_to_next <= 7) as repeat_7_count,
    count(*) filter (where is_counted and coalesce(days_seen < 7, true)) as not_followed_7_count,
    count(*) filter (where is_counted and days_seen >= 30) as followed_30_count,
    count(*) filter (where (is_counted or person_token is null) and days_seen >= 30) as seen_30_count,
    count(*) filter (where is_counted and days_seen >= 30 and days_to_next <= 30) as repeat_30_count,
    count(*) filter (where is_counted and coalesce(days_seen < 30, true)) as not_followed_30_count,
    count(*) filter (where is_counted and days_seen >= 90) as followed_90_count,
    count(*) filter (where (is_counted or person_token is null) and days_seen >= 90) as seen_90_count,
    count(*) filter (where is_counted and days_seen >= 90 and days_to_next <= 90) as repeat_90_count,
    count(*) filter (where is_counted and coalesce(days_seen < 90, true)) as not_followed_90_count,
from contact_fact
group by program_id, state, month, call_type
order by program_id, month, call_type
