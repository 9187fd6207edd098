-- @name     rare_events
-- @title    Days with a rare event, and the responses without one since the event before
-- @grain    one row per kind of event and day that has any, and one for the time since the last
-- @source   rare_event_day
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @column   event_kind VARCHAR - emergency or hurt
-- @column   day DATE - day of the events; null for the time since the last one
-- @column   event_count BIGINT responses with the event, on that day
-- @column   before_count BIGINT responses without it, on the days after the event day before and before this day
-- @column   same_day_count BIGINT responses without it on that day
-- @note     there is no last row where the last event was on the last day

with daily as (
    select
        day,
        sum(emergency_count) as emergency_count,
        sum(without_emergency_count) as without_emergency_count,
        sum(hurt_count) as hurt_count,
        sum(without_hurt_count) as without_hurt_count,
    from rare_event_day
    where ($program_ids is null or list_contains($program_ids, program_id))
        and ($call_types is null or list_contains($call_types, call_type))
        and ($first_month is null or day >= $first_month)
        and ($month_after is null or day < $month_after)
        and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, date_trunc('month', day)::date)))
    group by day
),

by_day as (
    select
        unnest(['emergency', 'hurt']) as event_kind,
        day,
        unnest([emergency_count, hurt_count]) as event_count,
        unnest([without_emergency_count, without_hurt_count]) as without_count,
    from daily
),

-- Days with the same number of events before them lie between the same two event days.
placed as (
    select
        *,
        coalesce(sum(event_count) over before_it, 0) as earlier_count,
    from by_day
    window before_it as (
        partition by event_kind order by day rows between unbounded preceding and 1 preceding
    )
)

select
    event_kind,
    max(day) filter (where event_count > 0) as day,
    sum(event_count)::bigint as event_count,
    coalesce(sum(without_count) filter (where event_count = 0), 0)::bigint as before_count,
    coalesce(sum(without_count) filter (where event_count > 0), 0)::bigint as same_day_count,
from placed
group by event_kind, earlier_count
order by event_kind, day nulls last
