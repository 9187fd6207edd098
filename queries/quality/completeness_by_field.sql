-- @name     completeness_by_field
-- @title    On how many of the program's incidents each field is filled
-- @grain    one row per field
-- @source   completeness
-- @param    program_id VARCHAR whose log it is
-- @column   field VARCHAR - field of the contract
-- @column   filled_count BIGINT incidents
-- @column   incident_count BIGINT incidents

select
    field,
    filled_count,
    incident_count,
from completeness
where program_id = $program_id
order by field
