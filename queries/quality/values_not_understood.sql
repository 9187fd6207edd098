-- @name     values_not_understood
-- @title    Values that the last load could not read or does not know
-- @grain    one row per rule, field and value; no row is good
-- @source   quality_finding
-- @param    program_id VARCHAR whose log it is
-- @column   rule VARCHAR - unreadable, not entered, out of range, unknown value or unmapped code
-- @column   field VARCHAR - field of the contract
-- @column   value VARCHAR - the value as the file has it, null for those beyond the commonest
-- @column   row_count BIGINT rows

select * exclude (program_id)
from quality_finding
where program_id = $program_id
order by rule, field, row_count desc, value
