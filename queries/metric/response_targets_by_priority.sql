-- @name     response_targets_by_priority
-- @title    Responses that took longer than the target, by priority
-- @grain    one row per priority
-- @source   target_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   priority_code VARCHAR - the agency's code; not_recorded where there is none
-- @column   over_target_count BIGINT responses that took longer than the target
-- @column   targeted_count BIGINT responses with a usable interval and a target
-- @column   response_count BIGINT responses
-- @column   left_out_count BIGINT responses without a usable interval
-- @column   without_target_count BIGINT responses with a usable interval that no target applies to
-- @count    over_target_count
-- @count    targeted_count
-- @count    response_count
-- @count    left_out_count
-- @count    without_target_count

select
    priority_code,
    sum(over_target_count)::bigint as over_target_count,
    sum(targeted_count)::bigint as targeted_count,
    sum(response_count)::bigint as response_count,
    sum(left_out_count)::bigint as left_out_count,
    sum(without_target_count)::bigint as without_target_count,
from target_month
where ($program_ids is null or list_contains($program_ids, target_month.program_id))
    and ($call_types is null or list_contains($call_types, target_month.call_type))
    and ($first_month is null or target_month.month >= $first_month)
    and ($month_after is null or target_month.month < $month_after)
group by priority_code
order by priority_code
