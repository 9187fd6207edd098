-- @name     response_targets
-- @title    Responses that took longer than the target, by any breakdown
-- @grain    one row per value of the breakdown
-- @source   target_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state, call_type or priority
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state, call type, or the agency's priority code; null by period
-- @column   over_target_count BIGINT responses that took longer than the target
-- @column   targeted_count BIGINT responses with a usable wait and a target
-- @column   aimed_count BIGINT responses that a target applies to, with or without a usable wait
-- @column   response_count BIGINT responses of programs that have a target
-- @column   left_out_count BIGINT responses without a usable wait
-- @column   without_target_count BIGINT responses with a usable wait that no target applies to

select
    case when $by_program then program_id end as of_program,
    case $breakdown
        when 'month' then month
        when 'quarter' then date_trunc('quarter', month)
        when 'year' then date_trunc('year', month)
    end::date as period_start,
    case $breakdown
        when 'program' then program_id
        when 'state' then state
        when 'call_type' then call_type
        when 'priority' then priority_code
    end as key,
    sum(over_target_count)::bigint as over_target_count,
    sum(targeted_count)::bigint as targeted_count,
    sum(aimed_count)::bigint as aimed_count,
    sum(response_count)::bigint as response_count,
    sum(left_out_count)::bigint as left_out_count,
    sum(without_target_count)::bigint as without_target_count,
from target_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by period_start, key, of_program
