-- @name  reject_csv_fault
-- @title Gather the lines whose shape is broken; their text is not kept, for nobody knows what is in it
-- @param file_number INTEGER  its place among the files
-- @param source_file VARCHAR  the file that was read

insert into rejected_batch by name
with fault as (
    select
        line,
        min(column_name) as field,
        min(lower(error_type::varchar)) as rule,
    from csv_fault
    group by line
),

-- The engine counts a row of several lines as one, and was not given the lines that were left out.
not_counted as (
    select line - row_number() over (order by line) as last_line_before
    from (
        select line
        from line_without_row
        where not is_blank
        union all
        select line
        from line_fault
    )
)

select
    $file_number as file_number,
    $source_file as source_file,
    line + (
        select count(*)
        from not_counted
        where last_line_before < fault.line
    ) as source_row,
    field,
    rule,
from fault
