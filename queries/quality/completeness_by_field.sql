-- @name     completeness_by_field
-- @title    On how many of the program's incidents each field is filled
-- @grain    one row per field
-- @source   completeness_month
-- @param    program_id VARCHAR whose log it is
-- @column   field VARCHAR - field of the contract
-- @column   filled_count BIGINT incidents
-- @column   incident_count BIGINT incidents

select
    field,
    sum(filled_count)::bigint as filled_count,
    sum(incident_count)::bigint as incident_count,
from completeness_month
where program_id = $program_id
group by field
order by field
