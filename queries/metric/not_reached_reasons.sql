-- @name     not_reached_reasons
-- @title    Eligible calls that were not reached, by reason
-- @grain    one row per reason that occurs
-- @source   funnel_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   key VARCHAR - why the team did not reach the call
-- @column   not_reached_count BIGINT eligible calls that the team did not reach, for that reason

select
    exit_reason as key,
    sum(call_count)::bigint as not_reached_count,
from funnel_month
where last_stage in ('eligible', 'dispatched')
    and ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
group by key
order by key
