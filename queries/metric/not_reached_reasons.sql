-- @name     not_reached_reasons
-- @title    Eligible calls that were not reached, by reason
-- @grain    one row per reason that occurs
-- @source   funnel_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   key VARCHAR - why the team did not reach the call
-- @column   not_reached_count BIGINT eligible calls that the team did not reach, for that reason

select
    case when $by_program then program_id end as of_program,
    exit_reason as key,
    sum(call_count)::bigint as not_reached_count,
from funnel_month
where last_stage in ('eligible', 'dispatched')
    and ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by key, of_program
