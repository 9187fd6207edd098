-- @name   duration_area_month
-- @title  Minutes from received to arrived as counts per bin, by area
-- @grain  one row per program, month, call type, area, state and bin
-- @source incident_fact
-- @note   bins as in duration_month

with judged as (
    select
        program_id,
        month,
        call_type,
        area_id,
        response_min,
        judged_interval(response_min, longest_interval_min, keeps_zero_intervals, is_no_call) as state,
    from incident_fact
    where is_response
)

select
    program_id,
    month,
    call_type,
    area_id,
    state,
    case when state = 'usable' then duration_bin(response_min) end as bin_min,
    count(*) as response_count,
from judged
group by program_id, month, call_type, area_id, state, bin_min
order by program_id, month, call_type, area_id, state, bin_min
