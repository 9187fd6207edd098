-- @name    another_call
-- @title   Rows whose id is that of a call of another time of the year: a call of its own, with an id that says its day
-- @creates another_call
-- @param   has_ids BOOLEAN   whether the export has an id of its own for each incident
-- @param   days_apart BIGINT days between two calls of one id, beyond which they are two

-- The days of one id, in the batch and stored, fall into groups with many days between them: each group is one call.
create or replace temp table another_call as
with dated as (
    select
        rowid as place,
        incident_id,
        received_date,
    from staged_row
    where $has_ids
        and filter_reason is null
        and received_date is not null
        and incident_id is not null
),

stored as (
    select
        case
            when incident_id like '% of ____-__-__' then left(incident_id, length(incident_id) - 14)
            else incident_id
        end as written_id,
        incident_id as stored_id,
        received_date,
    from stored_call
    where $has_ids
),

batch_span as (
    select
        incident_id,
        min(received_date) as first_day,
        max(received_date) as last_day,
    from dated
    group by incident_id
),

stored_span as (
    select
        written_id,
        min(received_date) as first_day,
        max(received_date) as last_day,
    from stored
    group by written_id
),

wide as (
    select batch_span.incident_id as written_id,
    from batch_span
    left join stored_span on stored_span.written_id = batch_span.incident_id
    where date_diff(
        'day',
        least(batch_span.first_day, stored_span.first_day),
        greatest(batch_span.last_day, stored_span.last_day)
    ) > $days_apart
),

told as (
    select
        incident_id as written_id,
        place,
        null as stored_id,
        received_date,
    from dated
    where incident_id in (select written_id from wide)

    union all

    select
        written_id,
        null as place,
        stored_id,
        received_date,
    from stored
    where written_id in (select written_id from wide)
),

stepped as (
    select
        *,
        date_diff('day', lag(received_date) over (partition by written_id order by received_date), received_date)
            > $days_apart as is_apart,
    from told
),

grouped as (
    select
        *,
        count(*) filter (where is_apart) over (partition by written_id order by received_date) as number,
    from stepped
),

one_call as (
    select
        written_id,
        number,
        min(stored_id) as stored_id,
        min(received_date) as first_day,
        min(place) as first_place,
    from grouped
    group by written_id, number
),

named as (
    select
        written_id,
        number,
        case
            when stored_id is not null then stored_id
            -- What is stored keeps its id; of new calls the first of the file does.
            when
                not coalesce(bool_or(stored_id = written_id) over (partition by written_id), false)
                and row_number() over (partition by written_id, stored_id is null order by first_place) = 1
                then written_id
            else written_id || ' of ' || strftime(first_day, '%Y-%m-%d')
        end as incident_id,
    from one_call
)

select
    grouped.place,
    named.incident_id,
    grouped.received_date,
from grouped
inner join named
    on named.written_id = grouped.written_id
    and named.number = grouped.number
where grouped.place is not null
    and named.incident_id <> grouped.written_id
