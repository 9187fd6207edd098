-- @name   program
-- @title  The programs, what their logs record, and the days that they cover
-- @grain  one row per program
-- @source program
-- @source incident_fact
-- @source load_log
-- @source log_month
-- @note   a log records what any of the profiles that read its rows could say; log_month says what of which month

with covered as (
    select
        program_id,
        min(received_date) as first_record,
        max(received_date) as last_record,
        count(*) as call_count,
        count(*) filter (where month is null) as undated_count,
    from incident_fact
    group by program_id
),

said as (
    select
        program_id,
        list_sort(list_distinct(flatten(list(recorded_fields)))) as recorded_fields,
        case
            when count(*) = count(possible_answers)
                then list_sort(list_distinct(flatten(list(possible_answers))))
        end as possible_answers,
    from log_month
    group by program_id
),

loaded as (
    select
        program_id,
        max(loaded_at) as loaded_at,
        arg_max(file_names, load_id) as file_names,
    from part.load_log
    group by program_id
)

select
    program.program_id,
    program_name,
    city,
    state,
    time_zone,
    data_owner,
    data_kind,
    record_grain,
    log_holds,
    all_rows_reached,
    records_police_units,
    case when said.program_id is null then program.recorded_fields else said.recorded_fields end as recorded_fields,
    case when said.program_id is null then program.possible_answers else said.possible_answers end as possible_answers,
    coalesce(date_precision, 'minute') as date_precision,
    case date_precision
        when 'year' then date_trunc('year', first_record)::date
        when 'month' then date_trunc('month', first_record)::date
        else first_record
    end as first_day,
    -- A month or year alone tells of all its days, but of none after the load.
    greatest(
        last_record,
        least(
            case date_precision
                when 'year' then make_date(year(last_record), 12, 31)
                when 'month' then last_day(last_record)
                else last_record
            end,
            loaded_at::date
        )
    ) as last_day,
    coalesce(call_count, 0) as call_count,
    coalesce(undated_count, 0) as undated_count,
    loaded_at,
    file_names,
    coalesce(goals, []) as goals,
from part.program
left join covered using (program_id)
left join said using (program_id)
left join loaded using (program_id)
order by program.data_kind desc, program_name
