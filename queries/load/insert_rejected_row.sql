-- @name  insert_rejected_row
-- @title Keep every rejected row with its file, row, column, value and rule
-- @param program_id VARCHAR  whose log it is
-- @param load_id INTEGER     the load that read it
-- @param stored_fields VARCHAR[]  fields that may be stored: the value of any other column is not kept

insert into warehouse.rejected_row by name
select
    $load_id as load_id,
    $program_id as program_id,
    source_file,
    source_row,
    field,
    case when list_contains($stored_fields, field) then value end as value,
    rule,
from rejected_batch
