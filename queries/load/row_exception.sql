-- @name    row_exception
-- @title   The rows that are not simply kept: filtered, rejected, or one of several that are alike
-- @creates row_exception
-- @param   has_ids BOOLEAN        whether the export has an id of its own for each incident
-- @param   joins_rows BOOLEAN     whether several rows may belong to one incident
-- @param   ids_restart BOOLEAN    whether an id has a year, month or day before it where there is a date
-- @param   repeat_reason VARCHAR  why a row that repeats an earlier one is left out; null where none is

-- A row's place is its rowid: the order of the files, and of the rows in them. Most rows are no exception, so that
-- this table is small where one with every row would take as much memory as the log.
create or replace temp table row_exception as
with short_row as (
    select
        rowid as place,
        incident_id,
    from staged_row
    where is_short
        and filter_reason is null
        and (incident_id is not null or not $has_ids)
),

-- How ids are written: digits and letters as one of each.
known_shape as (
    select distinct regexp_replace(regexp_replace(incident_id, '[0-9]+', '9', 'g'), '\pL+', 'a', 'g') as shape,
    from staged_row
    where received_date is not null
        and incident_id is not null
        and (select count(*) from short_row) > 0
),

-- Short rows that are no records: without ids all of them, else those whose id is written as no other is.
line_of_report as (
    select place,
    from short_row
    where not $has_ids
        or (
            (select count(*) from known_shape) > 0
            and not exists (
                select 1
                from known_shape
                where case when $ids_restart then regexp_replace(shape, '^(9-){1,3}', '') else shape end
                    = regexp_replace(regexp_replace(short_row.incident_id, '[0-9]+', '9', 'g'), '\pL+', 'a', 'g')
            )
        )
),

repeat_row as (
    select rowid as place,
    from staged_row
    where filter_reason is null
        and repeat_key is not null
    qualify row_number() over (partition by repeat_key order by rowid) > 1
),

keyed as (
    select
        staged_row.rowid as place,
        coalesce(another_call.incident_id, staged_row.incident_id) as incident_id,
        case
            when repeat_row.place is not null then $repeat_reason
            when line_of_report.place is not null then 'a page line, total or caption'
            else filter_reason
        end as filter_reason,
        case when $has_ids then coalesce(another_call.incident_id, staged_row.incident_id) end as id_key,
        -- Without an id the content is the id; of joined rows, only an exact repeat is a repeat.
        case when not $has_ids or $joins_rows then row_hash end as content_key,
    from staged_row
    left join repeat_row on repeat_row.place = staged_row.rowid
    left join another_call on another_call.place = staged_row.rowid
    left join line_of_report on line_of_report.place = staged_row.rowid
),

candidate as (
    select
        place,
        id_key,
        content_key,
    from keyed
    where filter_reason is null
        and (incident_id is not null or not $has_ids)
),

repeated as (
    select
        id_key,
        content_key,
    from candidate
    group by id_key, content_key
    having count(*) > 1
),

alike as (
    select
        place,
        row_number() over (partition by candidate.id_key, candidate.content_key order by place) as number,
        count(*) over (partition by candidate.id_key, candidate.content_key) as alike_count,
    from candidate
    inner join repeated
        on repeated.id_key is not distinct from candidate.id_key
        and repeated.content_key is not distinct from candidate.content_key
)

select
    place,
    null as alike_number,
    'filtered' as outcome,
    filter_reason as reason,
from keyed
where filter_reason is not null

union all

select
    place,
    null as alike_number,
    'rejected' as outcome,
    'no incident id' as reason,
from keyed
where filter_reason is null
    and incident_id is null
    and $has_ids

union all

select
    place,
    number as alike_number,
    case when $has_ids and number < alike_count then 'filtered' else 'kept' end as outcome,
    case
        when not $has_ids or number = alike_count then null
        when $joins_rows then 'exact repeat of another row'
        else 'the same id stands again further down; the later row counts'
    end as reason,
from alike
