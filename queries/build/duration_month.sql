-- @name   duration_month
-- @title  Minutes from received to arrived as counts per bin, and what was left out
-- @grain  one row per program, month, call type, state and bin
-- @source incident_fact
-- @note   a bin is 0.1 minute wide up to two hours and 2.5 % wide above, so percentiles add up over any selection
-- @note   a day with a clock change is measured across it

with judged as (
    select
        program_id,
        month,
        call_type,
        response_min,
        case
            when response_min is null then 'missing'
            when response_min < 0 then 'negative'
            when response_min > longest_interval_min then 'over_range'
            when response_min = 0 and not keeps_zero_intervals then 'zero'
            else 'usable'
        end as state,
    from incident_fact
    where is_response
)

select
    program_id,
    month,
    call_type,
    state,
    case
        when state <> 'usable' then null
        when response_min <= 120 then round(response_min, 1)
        else round(120 * pow(1.025, round(ln(response_min / 120) / ln(1.025))), 1)
    end as bin_min,
    count(*) as response_count,
from judged
group by program_id, month, call_type, state, bin_min
order by program_id, month, call_type, state, bin_min
