-- @name     net_diverted
-- @title    Calls diverted (strict), and how many of them police would have taken, by any breakdown
-- @grain    one row per value of the breakdown; per program and area by area
-- @source   incident_count_month
-- @source   police_sent_assumption
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    breakdown VARCHAR month, quarter, year, program, state, area or call_type
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date, or by anything else
-- @column   key VARCHAR - program, state or call type; null by period
-- @column   part VARCHAR - area; null by anything else
-- @column   diverted_strict_count BIGINT responses without police to 911 or non-emergency calls of an eligible type
-- @column   net_diverted_low DOUBLE strict diverted calls times a chance of police that one draw in ten lies below
-- @column   net_diverted_middle DOUBLE strict diverted calls times a chance of police that half of the draws lie below
-- @column   net_diverted_high DOUBLE strict diverted calls times a chance of police that one draw in ten lies above
-- @note     the chance is triangular over low, base and high, and one draw holds for all call types, so their quantiles add up

with police_chance as (
    select
        call_type,
        list_transform([0.1, 0.5, 0.9], lambda drawn: case
            when drawn * (high_share - low_share) <= base_share - low_share
                then low_share + sqrt(drawn * (high_share - low_share) * (base_share - low_share))
            else high_share - sqrt((1 - drawn) * (high_share - low_share) * (high_share - base_share))
        end) as shares,
    from police_sent_assumption
)

select
    case $breakdown
        when 'month' then month
        when 'quarter' then date_trunc('quarter', month)
        when 'year' then date_trunc('year', month)
    end::date as period_start,
    case $breakdown
        when 'program' then program_id
        when 'area' then program_id
        when 'state' then state
        when 'call_type' then call_type
    end as key,
    case when $breakdown = 'area' then part end as part,
    sum(diverted_strict_count)::bigint as diverted_strict_count,
    sum(diverted_strict_count * shares[1]) as net_diverted_low,
    sum(diverted_strict_count * shares[2]) as net_diverted_middle,
    sum(diverted_strict_count * shares[3]) as net_diverted_high,
from incident_count_month
inner join police_chance using (call_type)
where split_by = case $breakdown when 'area' then 'area' else 'acuity' end
    and ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by period_start, key, part
