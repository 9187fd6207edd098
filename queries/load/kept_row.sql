-- @name    kept_row
-- @title   The rows that are kept, each with its place and its incident id
-- @creates kept_row

create or replace temp view kept_row as
select
    staged_row.* replace (
        -- Without an id the content is the id; equal rows are told apart by their order.
        coalesce(another_call.incident_id, staged_row.incident_id, staged_row.row_hash || '-' || coalesce(alike_number, 1)) as incident_id
    ),
    staged_row.rowid as place,
from staged_row
left join row_exception on row_exception.place = staged_row.rowid
left join another_call on another_call.place = staged_row.rowid
where coalesce(outcome, 'kept') = 'kept'
