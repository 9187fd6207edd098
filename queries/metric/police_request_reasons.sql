-- @name     police_request_reasons
-- @title    The team's requests for police by reason
-- @grain    one row per reason that occurs
-- @source   police_request_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   key VARCHAR - why police were asked for
-- @column   request_count BIGINT responses on which the team asked for police for that reason

select
    reason as key,
    sum(request_count)::bigint as request_count,
from police_request_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
group by key
order by key
