-- @name  reject_row
-- @title Gather the rows that broke a rule of ours, with the line that they stand on in their file

insert into rejected_batch by name
with rejected as (
    select
        file_number,
        source_file,
        place - first_place + 1 + header_row as line_without_faults,
        reason,
    from row_exception
    inner join staged_file
        on place >= first_place
        and place < first_place + row_count
    where outcome = 'rejected'
),

-- A broken line takes no place among the rows that were read, so that every row after it stands one further down.
fault as (
    select
        file_number,
        source_row - row_number() over (partition by file_number order by source_row) as last_line_before,
    from rejected_batch
)

select
    file_number,
    source_file,
    line_without_faults + (
        select count(*)
        from fault
        where fault.file_number = rejected.file_number
            and fault.last_line_before < rejected.line_without_faults
    ) as source_row,
    'incident_id' as field,
    reason as rule,
from rejected
