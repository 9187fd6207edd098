-- @name    last_rejected_row
-- @title   The rows that the last load of each program rejected
-- @column  load_id INTEGER - the load that rejected it
-- @column  program_id VARCHAR - whose log
-- @column  source_file VARCHAR - the file
-- @column  source_row BIGINT - the line of the file
-- @column  field VARCHAR - the column or field that broke the rule
-- @column  value VARCHAR - what stood there, where it may be stored
-- @column  rule VARCHAR - the rule

select
    load_id,
    program_id,
    source_file,
    source_row,
    field,
    value,
    rule,
from warehouse.rejected_row
where load_id in (select max(load_id) from warehouse.load_log group by program_id)
order by program_id, source_file, source_row, field
