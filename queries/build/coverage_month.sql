-- @name   coverage_month
-- @title  How much of each month the log covers, from its first month to its last
-- @grain  one row per program and month
-- @source incident_day
-- @source program
-- @source load_log
-- @note   a month without any record between the first and the last is a gap in the log, not zero calls
-- @note   where the log gives months or years alone, a record tells of every day of its own that was over at the load

with loaded as (
    select
        program_id,
        max(loaded_at)::date as loaded_date,
    from part.load_log
    group by program_id
),

dated as (
    select distinct
        incident_day.program_id,
        case date_precision
            when 'year' then date_trunc('year', day)::date
            when 'month' then date_trunc('month', day)::date
            else day
        end as told_from,
        case date_precision
            when 'year' then make_date(year(day), 12, 31)
            when 'month' then last_day(day)
            else day
        end as told_to,
        loaded_date,
        -- A month or year in which the log was loaded was not over yet.
        coalesce(date_precision in ('year', 'month') and told_to >= loaded_date, false) as is_running,
    from incident_day
    inner join part.program using (program_id)
    left join loaded using (program_id)
),

told_day as (
    select
        program_id,
        is_running,
        unnest(generate_series(told_from, greatest(told_from, least(told_to, loaded_date)), interval 1 day))::date as day,
    from dated
),

bounds as (
    select
        program_id,
        min(day) as first_day,
        max(day) as last_day,
    from told_day
    group by program_id
),

months as (
    select
        program_id,
        first_day,
        last_day,
        unnest(generate_series(date_trunc('month', first_day), date_trunc('month', last_day), interval 1 month))::date
            as month,
    from bounds
),

counted as (
    select
        months.program_id,
        month,
        any_value(first_day) as first_day,
        any_value(last_day) as last_day,
        count(day) as days_with_records,
        min(day) as first_record,
        max(day) as last_record,
        coalesce(bool_or(is_running), false) as is_running,
    from months
    left join told_day
        on told_day.program_id = months.program_id
        and told_day.day >= month
        and told_day.day < month + interval 1 month
    group by months.program_id, month
),

-- Where the log begins, ends or breaks off, the month's own records say how much of it is covered.
edged as (
    select
        *,
        coalesce(lag(days_with_records) over by_month, 0) = 0 as begins_here,
        coalesce(lead(days_with_records) over by_month, 0) = 0 as ends_here,
    from counted
    window by_month as (partition by program_id order by month)
),

spanned as (
    select
        *,
        case when begins_here then first_record else month end as covered_from,
        case when ends_here then last_record else last_day(month) end as covered_to,
    from edged
)

select
    program_id,
    month,
    days_with_records,
    day(last_day(month)) as days_in_month,
    case
        when days_with_records = 0 then 0
        else date_diff('day', covered_from, covered_to) + 1
    end as covered_days,
    case
        when days_with_records = 0 then 'gap'
        when is_running then 'partial'
        -- Two days without a call at either end are ordinary.
        when covered_from > month + interval 2 day then 'partial'
        when covered_to < last_day(month) - interval 2 day then 'partial'
        else 'whole'
    end as coverage,
from spanned
order by program_id, month
