-- @name     police_requests_by_call_type_and_acuity
-- @title    Police on responses: asked for, asked for safety, already there, by call type and acuity
-- @grain    one row per call type and acuity
-- @source   acuity_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   call_type VARCHAR - common list of call types
-- @column   acuity VARCHAR - how urgent, in the agency's own words
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

select
    call_type,
    acuity,
    sum(acuity_month.response_count)::bigint as response_count,
    sum(acuity_month.police_recorded_count)::bigint as police_recorded_count,
    sum(acuity_month.police_request_count)::bigint as police_request_count,
    sum(acuity_month.safety_recorded_count)::bigint as safety_recorded_count,
    sum(acuity_month.safety_request_count)::bigint as safety_request_count,
    sum(acuity_month.safety_emergency_count)::bigint as safety_emergency_count,
    sum(acuity_month.request_reason_unknown_count)::bigint as request_reason_unknown_count,
    sum(acuity_month.police_already_there_count)::bigint as police_already_there_count,
from acuity_month
where ($program_ids is null or list_contains($program_ids, acuity_month.program_id))
    and ($call_types is null or list_contains($call_types, acuity_month.call_type))
    and ($first_month is null or acuity_month.month >= $first_month)
    and ($month_after is null or acuity_month.month < $month_after)
group by call_type, acuity
order by call_type, acuity
