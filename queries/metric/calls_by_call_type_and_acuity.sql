-- @name     calls_by_call_type_and_acuity
-- @title    Calls from the public, eligible and reached, by call type and acuity
-- @grain    one row per call type and acuity
-- @source   acuity_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   call_type VARCHAR - common list of call types
-- @column   acuity VARCHAR - how urgent, in the agency's own words
-- @column   public_call_count BIGINT incidents
-- @column   eligible_count BIGINT incidents
-- @column   eligible_response_count BIGINT incidents
-- @column   eligible_reach_unknown_count BIGINT incidents
-- @column   response_count BIGINT incidents
-- @column   response_by_outcome_count BIGINT incidents
-- @count    public_call_count
-- @count    eligible_count
-- @count    eligible_response_count
-- @count    eligible_reach_unknown_count
-- @count    response_count
-- @count    response_by_outcome_count

select
    call_type,
    acuity,
    sum(acuity_month.public_call_count)::bigint as public_call_count,
    sum(acuity_month.eligible_count)::bigint as eligible_count,
    sum(acuity_month.eligible_response_count)::bigint as eligible_response_count,
    sum(acuity_month.eligible_reach_unknown_count)::bigint as eligible_reach_unknown_count,
    sum(acuity_month.response_count)::bigint as response_count,
    sum(acuity_month.response_by_outcome_count)::bigint as response_by_outcome_count,
from acuity_month
where ($program_ids is null or list_contains($program_ids, acuity_month.program_id))
    and ($call_types is null or list_contains($call_types, acuity_month.call_type))
    and ($first_month is null or acuity_month.month >= $first_month)
    and ($month_after is null or acuity_month.month < $month_after)
group by call_type, acuity
order by call_type, acuity
