-- @name    judged_row
-- @title   Every row of the export with its incident id and what becomes of it
-- @creates judged_row
-- @param   has_ids BOOLEAN     whether the export has an id of its own for each incident
-- @param   joins_rows BOOLEAN  whether several rows may belong to one incident
-- @param   repeat_reason VARCHAR  why a row that repeats an earlier one is left out; null where none is

create or replace table judged_row as
with filtered as (
    select
        * replace (
            case
                when filter_reason is not null then filter_reason
                when repeat_key is not null
                    and row_number() over (
                        partition by repeat_key, filter_reason is null
                        order by file_number, source_row
                    ) > 1
                    then $repeat_reason
            end as filter_reason
        ),
    from staged_row
),

identified as (
    select
        * replace (
            case
                when $has_ids then incident_id
                -- Without an id the content is the id; equal rows are told apart by their order.
                when filter_reason is null
                    then row_hash || '-' || row_number() over (
                        partition by row_hash, filter_reason is null
                        order by file_number, source_row
                    )
            end as incident_id
        ),
    from filtered
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                incident_id,
                case when $joins_rows then row_hash end,
                filter_reason is null
            order by file_number desc, source_row desc
        ) as place_from_last,
    from identified
)

select
    * exclude (filter_reason, repeat_key, place_from_last),
    case
        when filter_reason is not null then 'filtered'
        when incident_id is null then 'rejected'
        when place_from_last > 1 then 'filtered'
        else 'kept'
    end as outcome,
    case
        when filter_reason is not null then filter_reason
        when incident_id is null then 'no incident id'
        when place_from_last > 1 and $joins_rows then 'exact repeat of another row'
        when place_from_last > 1 then 'the same id stands again further down; the later row counts'
    end as reason,
from numbered
