-- @name     calls_by_program
-- @title    Calls from the public, eligible, sent, reached and met, by program
-- @grain    one row per program
-- @source   incident_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   program_id VARCHAR - the program
-- @column   public_call_count BIGINT incidents
-- @column   eligible_count BIGINT incidents
-- @column   eligible_in_hours_count BIGINT incidents
-- @column   eligible_dispatched_count BIGINT incidents
-- @column   eligible_response_count BIGINT incidents
-- @column   eligible_reach_unknown_count BIGINT incidents
-- @column   eligible_not_reached_count BIGINT incidents
-- @column   dispatched_count BIGINT incidents
-- @column   response_count BIGINT incidents
-- @column   response_by_outcome_count BIGINT incidents
-- @column   contact_count BIGINT incidents
-- @column   contact_recorded_count BIGINT incidents
-- @count    public_call_count
-- @count    eligible_count
-- @count    eligible_in_hours_count
-- @count    eligible_dispatched_count
-- @count    eligible_response_count
-- @count    eligible_reach_unknown_count
-- @count    eligible_not_reached_count
-- @count    dispatched_count
-- @count    response_count
-- @count    response_by_outcome_count
-- @count    contact_count
-- @count    contact_recorded_count

select
    program_id,
    sum(incident_month.public_call_count)::bigint as public_call_count,
    sum(incident_month.eligible_count)::bigint as eligible_count,
    sum(incident_month.eligible_in_hours_count)::bigint as eligible_in_hours_count,
    sum(incident_month.eligible_dispatched_count)::bigint as eligible_dispatched_count,
    sum(incident_month.eligible_response_count)::bigint as eligible_response_count,
    sum(incident_month.eligible_reach_unknown_count)::bigint as eligible_reach_unknown_count,
    sum(incident_month.eligible_not_reached_count)::bigint as eligible_not_reached_count,
    sum(incident_month.dispatched_count)::bigint as dispatched_count,
    sum(incident_month.response_count)::bigint as response_count,
    sum(incident_month.response_by_outcome_count)::bigint as response_by_outcome_count,
    sum(incident_month.contact_count)::bigint as contact_count,
    sum(incident_month.contact_recorded_count)::bigint as contact_recorded_count,
from incident_month
where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
    and ($call_types is null or list_contains($call_types, incident_month.call_type))
    and ($first_month is null or incident_month.month >= $first_month)
    and ($month_after is null or incident_month.month < $month_after)
group by program_id
order by program_id
