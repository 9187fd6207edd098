-- @name  contact_table
-- @title Contacts of logs that tell persons, and after how many days the same person was met again, for the page tables that follow
-- @note  who it was is used here and by those tables, and goes no further: page tables hold counts
-- @note  days are dates of the calendar: a change of clocks moves none of them
-- @note  a contact counts at so many days only where the log covers all of them, to its end and without a gap
-- @note  a contact without a date cannot be followed

create or replace temp table contact_fact as
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
)

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
    and stretch.stretch_before > in_order.received_date;
