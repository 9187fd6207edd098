-- @name  insert_rejected_row
-- @title Keep every rejected row with its file, row, column, value and rule
-- @param program_id VARCHAR  whose log it is
-- @param load_id INTEGER     the load that read it

insert into warehouse.rejected_row by name
select
    $load_id as load_id,
    $program_id as program_id,
    source_file,
    source_row,
    field,
    value,
    rule,
from rejected_batch
