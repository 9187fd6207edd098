-- @name     eligible_hours
-- @title    Eligible calls by weekday and hour, and what became of them
-- @grain    one row per weekday, hour and outcome that occurs
-- @source   eligible_hour_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] null; a choice of call types has no row, for they are together here
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @param    silent_months VARCHAR[] months that a program's log does not record, as program and first day; null for none
-- @column   weekday INTEGER - 1 (Monday) to 7, local; null where the log gives no time of day
-- @column   hour INTEGER - 0 to 23, local
-- @column   outcome VARCHAR - reached, reach_not_recorded, or why the team did not reach the call
-- @column   call_count BIGINT eligible calls that came in that hour and had that outcome

with spread as (
    select
        outcome,
        unnest(list_append(hour_counts::bigint[], without_hour_count)) as call_count,
        unnest(range(169)) as place,
    from eligible_hour_month
    where ($program_ids is null or list_contains($program_ids, eligible_hour_month.program_id))
        and coalesce(len($call_types::varchar[]), 0) = 0
        and ($first_month is null or eligible_hour_month.month >= $first_month)
        and ($month_after is null or eligible_hour_month.month < $month_after)
        and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', eligible_hour_month.program_id, eligible_hour_month.month)))
)

select
    case when place < 168 then place // 24 + 1 end::integer as weekday,
    case when place < 168 then place % 24 end::integer as hour,
    outcome,
    sum(call_count)::bigint as call_count,
from spread
where call_count > 0
group by place, outcome
order by place, outcome
