-- @name   target_month
-- @title  Responses with a usable time from received to arrived that a target applies to, and those that took longer
-- @grain  one row per program, month, call type and priority
-- @source incident_fact
-- @source program_target
-- @note   counted from the minutes themselves and not from bins; a target counts from its day on
-- @note   where several targets apply, one for the call's priority goes before one for all, then the latest

with waited as (
    select
        row_number() over () as response_number,
        program_id,
        state,
        month,
        call_type,
        priority_code,
        received_date,
        response_min,
        judged_interval(response_min, longest_interval_min, keeps_zero_intervals, is_no_call) as interval_state,
    from incident_fact
    where is_response
        and program_id in (select program_id from part.program_target)
),

aimed as (
    select
        response_number,
        arg_max(target_min, (priority_codes is not null, coalesce(since_date, date '0001-01-01'))) as target_min,
    from waited
    inner join part.program_target using (program_id)
    where (priority_codes is null or list_contains(priority_codes, priority_code))
        and (since_date is null or received_date >= since_date)
    group by response_number
)

select
    program_id,
    state,
    month,
    call_type,
    priority_code,
    count(*) as response_count,
    count(*) filter (where interval_state = 'usable' and target_min is not null) as targeted_count,
    count(*) filter (where interval_state <> 'not_a_call' and target_min is not null) as aimed_count,
    count(*) filter (where interval_state = 'usable' and response_min > target_min) as over_target_count,
    count(*) filter (where interval_state <> 'usable') as left_out_count,
    count(*) filter (where interval_state = 'usable' and target_min is null) as without_target_count,
from waited
left join aimed using (response_number)
group by program_id, state, month, call_type, priority_code
order by program_id, month, call_type, priority_code
