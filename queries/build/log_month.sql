-- @name   log_month
-- @title  What each log could say of each month, by the profiles that read its rows
-- @grain  one row per program, month and what a load could say; the month is null for incidents without a date
-- @source incident
-- @source program
-- @source load_log
-- @note   a load from before that was kept is judged by the program's latest profile

with loaded as (
    select
        program_id,
        date_trunc('month', received_date)::date as month,
        load_id,
        count(*) as incident_count,
    from part.incident
    group by program_id, month, load_id
)

select
    loaded.program_id,
    month,
    coalesce(load_log.log_holds, program.log_holds) as log_holds,
    coalesce(load_log.recorded_fields, program.recorded_fields) as recorded_fields,
    coalesce(load_log.possible_answers, program.possible_answers) as possible_answers,
    sum(incident_count)::bigint as incident_count,
from loaded
inner join part.program using (program_id)
left join part.load_log
    on load_log.program_id = loaded.program_id
    and load_log.load_id = loaded.load_id
group by all
order by all
