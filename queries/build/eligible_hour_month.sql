-- @name   eligible_hour_month
-- @title  Eligible calls by what became of them, with one count for each of the 168 hours of the week
-- @grain  one row per program, month and outcome
-- @source incident_fact
-- @note   the hours stand in one list, Monday midnight first: a row per hour would make the table as long as a small log
-- @note   call types are together; the calls of one outcome add up to funnel_month

with judged as (
    select
        program_id,
        month,
        case
            when is_response then 'reached'
            when is_response is null then 'reach_not_recorded'
            when not_reached_reason <> 'not_recorded' then not_reached_reason
            when is_dispatched and contact_result = 'cancelled' then 'cancelled_before_arrival'
            else 'not_recorded'
        end as outcome,
        (received_weekday - 1) * 24 + received_hour as place,
    from incident_fact
    where is_eligible_call
),

counted as (
    select
        program_id,
        month,
        outcome,
        place,
        count(*) as call_count,
    from judged
    group by program_id, month, outcome, place
),

placed as (
    select distinct
        program_id,
        month,
        outcome,
        unnest(range(168)) as place,
    from counted
),

timeless as (
    select
        program_id,
        month,
        outcome,
        call_count,
    from counted
    where place is null
)

select
    placed.program_id as program_id,
    placed.month as month,
    placed.outcome as outcome,
    list(coalesce(counted.call_count, 0)::uinteger order by placed.place) as hour_counts,
    coalesce(any_value(timeless.call_count), 0)::bigint as without_hour_count,
from placed
left join counted
    on placed.program_id = counted.program_id
        and placed.month is not distinct from counted.month
        and placed.outcome = counted.outcome
        and placed.place = counted.place
left join timeless
    on placed.program_id = timeless.program_id
        and placed.month is not distinct from timeless.month
        and placed.outcome = timeless.outcome
group by placed.program_id, placed.month, placed.outcome
order by placed.program_id, placed.month, placed.outcome
