-- @name   contact_repeat_month
-- @title  Contacts with a known person, and whether the same person was met again within 7, 30 and 90 days
-- @grain  one row per program, month and call type of the contact
-- @source incident_fact
-- @source incident
-- @source program
-- @source incident_day
-- @source coverage_month
-- @note   days are dates of the calendar: a change of clocks moves none of them
-- @note   a contact counts at so many days only where the log covers all of them, to its end and without a gap
-- @note   a contact without a date cannot be followed
-- @note   who it was is used here and goes no further: the page table holds counts

with contact as (
    select
        incident.program_id,
        incident_fact.state,
        incident_fact.month,
        incident_fact.call_type,
        incident.received_date,
        incident.incident_id,
        incident.person_token,
        -- A call without a time of day stands at the day's beginning and lasts the day: nothing on it can be told apart.
        coalesce(incident.received_at, incident.received_date::timestamp) as began_at,
        case
            when incident.received_at is null then incident.received_date::timestamp + interval '23:59:59'
            when
                minutes_between(program.time_zone, incident.received_at, incident.cleared_at)
                between 0 and program.longest_interval_min
                then greatest(incident.received_at, incident.cleared_at)
            else incident.received_at
        end as ended_at,
    from incident_fact
    inner join part.incident using (program_id, incident_id)
    inner join part.program using (program_id)
    where is_contact
        and log_has_persons
),

-- Several calls about one event are one contact: a call that came in before the team had left the same person.
in_order as (
    select
        *,
        person_token is not null
            and received_date is not null
            and began_at <= max(ended_at) over (
                partition by program_id, person_token
                order by began_at, incident_id
                rows between unbounded preceding and 1 preceding
            ) as is_same_event,
    from contact
),

next_met as (
    select
        program_id,
        incident_id,
        lead(received_date) over (
            partition by program_id, person_token
            order by began_at, incident_id
        ) as next_date,
    from in_order
    where person_token is not null
        and received_date is not null
        and is_same_event is not true
),

gap as (
    select
        program_id,
        month as gap_month,
    from coverage_month
    where coverage = 'gap'
),

-- The last day of each unbroken stretch of the log: what comes after it, until the next record, was not seen.
stretch as (
    select
        gap.program_id,
        gap.gap_month as stretch_before,
        max(incident_day.day) as last_seen_day,
    from gap
    inner join incident_day
        on incident_day.program_id = gap.program_id
        and incident_day.day < gap.gap_month
    group by gap.program_id, gap.gap_month

    union all

    select
        program_id,
        date '9999-01-01' as stretch_before,
        max(day) as last_seen_day,
    from incident_day
    group by program_id
),

followed as (
    select
        in_order.*,
        next_met.next_date,
        person_token is not null and is_same_event is not true as is_counted,
        date_diff('day', received_date, stretch.last_seen_day) as days_seen,
        date_diff('day', received_date, next_date) as days_to_next,
    from in_order
    left join next_met using (program_id, incident_id)
    asof left join stretch
        on stretch.program_id = in_order.program_id
        and stretch.stretch_before > in_order.received_date
)

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
from followed
group by program_id, state, month, call_type
order by program_id, month, call_type
