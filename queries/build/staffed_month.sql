-- @name   staffed_month
-- @title  Calls not reached whose reason does not fit the hours that the program states
-- @grain  one row per program that states its hours and month
-- @source incident_fact
-- @source program_hours

with missed as (
    select
        program_id,
        month,
        not_reached_reason,
        received_date,
        received_weekday,
        received_hour * 60 + received_minute as received_minute,
    from incident_fact
    where is_eligible_call
        and not is_response
        and received_hour is not null
        and program_id in (select program_id from part.program_hours)
),

held as (
    select
        *,
        exists (
            select 1
            from part.program_hours
            where program_hours.program_id = missed.program_id
                and (
                    (
                        list_contains(weekdays, received_weekday)
                        and received_minute >= from_minute
                        and received_minute < to_minute
                        and received_date >= coalesce(since_date, received_date)
                        and received_date <= coalesce(until_date, received_date)
                    )
                    -- Begun the day before, and past midnight.
                    or (
                        list_contains(weekdays, (received_weekday + 5) % 7 + 1)
                        and received_minute + 1440 < to_minute
                        and received_date - 1 >= coalesce(since_date, received_date - 1)
                        and received_date - 1 <= coalesce(until_date, received_date - 1)
                    )
                )
        ) as is_staffed,
    from missed
)

select
    program_id,
    month,
    count(*) filter (where is_staffed and not_reached_reason = 'outside_hours') as outside_in_hours_count,
    count(*)
        filter (where not is_staffed and not_reached_reason not in ('outside_hours', 'outside_area'))
        as other_out_of_hours_count,
from held
group by program_id, month
order by program_id, month
