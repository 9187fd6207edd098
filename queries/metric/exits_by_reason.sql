-- @name     exits_by_reason
-- @title    Eligible calls that were not reached, by reason
-- @grain    one row per reason that occurs
-- @source   funnel_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   reason VARCHAR - why the team did not reach the call
-- @column   not_reached_count BIGINT calls
-- @count    not_reached_count

select
    exit_reason as reason,
    sum(call_count)::bigint as not_reached_count,
from funnel_month
where ($program_ids is null or list_contains($program_ids, funnel_month.program_id))
    and ($call_types is null or list_contains($call_types, funnel_month.call_type))
    and ($first_month is null or funnel_month.month >= $first_month)
    and ($month_after is null or funnel_month.month < $month_after)
    and last_stage in ('eligible', 'dispatched')
group by exit_reason
order by exit_reason
