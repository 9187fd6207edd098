-- @name     records_by_day
-- @title    Records of each day that has any
-- @grain    one row per day
-- @note     none of a log that gives months or years alone
-- @source   incident_day
-- @source   program
-- @param    program_id VARCHAR whose log it is
-- @column   day DATE - a day with records
-- @column   call_count BIGINT records of that day

select
    incident_day.day,
    incident_day.call_count,
from incident_day
inner join program using (program_id)
where program_id = $program_id
    and date_precision in ('day', 'minute')
order by incident_day.day
