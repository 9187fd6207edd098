-- @name   duration_hour_of_week_month
-- @title  Minutes from received to arrived as counts per bin, by weekday and hour of the call
-- @grain  one row per program, month, call type, weekday, hour, state and bin
-- @source incident_fact
-- @note   a bin is a whole minute up to 40 and 2.5 % wide above: finer ones would make the table as long as the log

with judged as (
    select
        program_id,
        month,
        call_type,
        received_weekday as weekday,
        received_hour as hour,
        response_min,
        judged_interval(response_min, longest_interval_min, keeps_zero_intervals, is_no_call) as state,
    from incident_fact
    where is_response
)

select
    program_id,
    month,
    call_type,
    weekday,
    hour,
    state,
    case when state = 'usable' then whole_minute_bin(response_min) end as bin_min,
    count(*) as response_count,
from judged
group by program_id, month, call_type, weekday, hour, state, bin_min
order by program_id, month, call_type, weekday, hour, state, bin_min
