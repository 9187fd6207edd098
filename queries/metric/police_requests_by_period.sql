-- @name     police_requests_by_period
-- @title    Police on responses: asked for, asked for safety, already there, by month, quarter or year
-- @grain    one row per period
-- @source   incident_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @param    period VARCHAR month, quarter or year
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date
-- @column   response_count BIGINT incidents
-- @column   police_recorded_count BIGINT incidents
-- @column   police_request_count BIGINT incidents
-- @column   safety_recorded_count BIGINT incidents
-- @column   safety_request_count BIGINT incidents
-- @column   safety_emergency_count BIGINT incidents
-- @column   request_reason_unknown_count BIGINT incidents
-- @column   police_already_there_count BIGINT incidents
-- @count    response_count
-- @count    police_recorded_count
-- @count    police_request_count
-- @count    safety_recorded_count
-- @count    safety_request_count
-- @count    safety_emergency_count
-- @count    request_reason_unknown_count
-- @count    police_already_there_count
-- @note     the first and the last period may be partial; a month without records has no row

select
    date_trunc($period, month)::date as period_start,
    sum(incident_month.response_count)::bigint as response_count,
    sum(incident_month.police_recorded_count)::bigint as police_recorded_count,
    sum(incident_month.police_request_count)::bigint as police_request_count,
    sum(incident_month.safety_recorded_count)::bigint as safety_recorded_count,
    sum(incident_month.safety_request_count)::bigint as safety_request_count,
    sum(incident_month.safety_emergency_count)::bigint as safety_emergency_count,
    sum(incident_month.request_reason_unknown_count)::bigint as request_reason_unknown_count,
    sum(incident_month.police_already_there_count)::bigint as police_already_there_count,
from incident_month
where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
    and ($call_types is null or list_contains($call_types, incident_month.call_type))
    and ($first_month is null or incident_month.month >= $first_month)
    and ($month_after is null or incident_month.month < $month_after)
group by period_start
order by period_start
