-- @name     funnel
-- @title    Every eligible call once, by how far it came and where it left
-- @grain    one row per last stage, exit and police presence
-- @source   funnel_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @column   last_stage VARCHAR - eligible, dispatched, response, contact or reach_not_recorded
-- @column   exit_reason VARCHAR - why it went no further, null where contact was made
-- @column   police_presence VARCHAR - police_present, without_police or not_recorded, null where not reached
-- @column   call_count BIGINT eligible calls that came that far and left there

select
    last_stage,
    exit_reason,
    police_presence,
    sum(call_count)::bigint as call_count,
from funnel_month
where ($program_ids is null or list_contains($program_ids, funnel_month.program_id))
    and ($call_types is null or list_contains($call_types, funnel_month.call_type))
    and ($first_month is null or funnel_month.month >= $first_month)
    and ($month_after is null or funnel_month.month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', funnel_month.program_id, funnel_month.month)))
group by last_stage, exit_reason, police_presence
order by last_stage, exit_reason, police_presence
