-- @name     days_without_records
-- @title    Days without a record, in months that have some
-- @grain    one row per day; no row is good where the log has calls every day
-- @note     none of a log that gives months or years alone
-- @source   coverage_month
-- @source   incident_day
-- @source   program
-- @param    program_id VARCHAR whose log it is
-- @column   day DATE - between the log's first and last day

with bounds as (
    select
        min(day) as first_day,
        max(day) as last_day,
    from incident_day
    inner join program using (program_id)
    where program_id = $program_id
        and date_precision in ('day', 'minute')
),

days as (
    select unnest(generate_series(first_day, last_day, interval 1 day))::date as day,
    from bounds
)

select days.day,
from days
inner join coverage_month
    on coverage_month.program_id = $program_id
    and coverage_month.month = date_trunc('month', days.day)::date
    and coverage <> 'gap'
left join incident_day
    on incident_day.program_id = $program_id
    and incident_day.day = days.day
where incident_day.day is null
order by days.day
