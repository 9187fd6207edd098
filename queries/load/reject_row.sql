-- @name  reject_row
-- @title Gather the rows that broke a rule of ours, with the line that they stand on in their file

insert into rejected_batch by name
with rejected as (
    select
        file_number,
        source_file,
        place - first_place + 1 + header_row as line_if_all_were_rows,
        reason,
    from row_exception
    inner join staged_file
        on place >= first_place
        and place < first_place + row_count
    where outcome = 'rejected'
),

-- A broken line takes no place among the rows that were read, nor does one that begins no row: every row after it stands
-- one further down.
without_place as (
    select
        file_number,
        line - row_number() over (partition by file_number order by line) as last_line_before,
    from (
        select
            file_number,
            source_row as line,
        from rejected_batch
        union all
        select
            file_number,
            line,
        from passed_line
    )
)

select
    file_number,
    source_file,
    line_if_all_were_rows + (
        select count(*)
        from without_place
        where without_place.file_number = rejected.file_number
            and without_place.last_line_before < rejected.line_if_all_were_rows
    ) as source_row,
    'incident_id' as field,
    reason as rule,
from rejected
