-- @name     completeness_by_month
-- @title    On how many of the program's incidents of each month each field is filled
-- @grain    one row per field and month
-- @source   completeness_month
-- @param    program_id VARCHAR whose log it is
-- @column   field VARCHAR - field of the contract
-- @column   month DATE - first day of the month; null for incidents without a date
-- @column   filled_count BIGINT incidents
-- @column   incident_count BIGINT incidents

select * exclude (program_id)
from completeness_month
where program_id = $program_id
order by field, month
