-- @name   load_change
-- @title  How often each word of a log stands in what the last load brought, and in the year before it
-- @grain  one row per program, field and value, where the last load brought days that no load had before
-- @source incident
-- @source load_log
-- @source program
-- @source unit_response
-- @note   rows that an amended export changed lie in the days before, and are not held against themselves
-- @note   the field "record" counts every incident
-- @note   nothing of a log that gives months or years alone: how many a day it brought is not known

with last_load as (
    select
        program_id,
        max(load_id) as last_load_id,
    from part.load_log
    group by program_id
),

known as (
    select
        incident.program_id,
        max(received_date) as last_day_before,
    from part.incident
    inner join last_load using (program_id)
    inner join part.program using (program_id)
    where load_id < last_load_id
        and coalesce(date_precision, 'day') in ('day', 'minute')
    group by incident.program_id
),

parted as (
    select
        incident.program_id,
        incident_id,
        received_date,
        received_date > last_day_before as is_after,
        'every record' as record,
        coalesce(initial_call_type_code, final_call_type_code) as call_type_code,
        call_type,
        area_id,
        priority_code,
        acuity,
        age_band,
        gender,
        race_ethnicity,
        call_origin,
        contact_result,
        police_involvement,
        nullif(not_reached_reason, 'not_recorded') as not_reached_reason,
        nullif(disposition, 'not_recorded') as disposition,
        nullif(transport_to, 'not_recorded') as transport_to,
        nullif(police_request_reason, 'not_recorded') as police_request_reason,
    from part.incident
    inner join known using (program_id)
    where received_date > last_day_before - interval 1 year
),

periods as (
    select
        program_id,
        date_diff('day', min(received_date) filter (where not is_after), max(received_date) filter (where not is_after)) + 1
            as before_days,
        date_diff('day', min(received_date) filter (where is_after), max(received_date) filter (where is_after)) + 1
            as after_days,
    from parted
    group by program_id
),

unit_word as (
    select distinct
        program_id,
        incident_id,
        field,
        value,
        received_date,
        is_after,
    from (
        select
            program_id,
            incident_id,
            received_date,
            is_after,
            unit_id,
            responder_type,
        from parted
        inner join part.unit_response using (program_id, incident_id)
    )
    unpivot (value for field in (unit_id, responder_type))
),

word as (
    select
        program_id,
        field,
        value,
        received_date,
        is_after,
    from parted
    unpivot (value for field in (
        record,
        call_type_code,
        call_type,
        area_id,
        priority_code,
        acuity,
        age_band,
        gender,
        race_ethnicity,
        call_origin,
        contact_result,
        police_involvement,
        not_reached_reason,
        disposition,
        transport_to,
        police_request_reason
    ))

    union all

    select
        program_id,
        field,
        value,
        received_date,
        is_after,
    from unit_word
)

select
    program_id,
    field,
    value,
    count(*) filter (where not is_after) as before_count,
    count(*) filter (where is_after) as after_count,
    any_value(before_days) as before_days,
    any_value(after_days) as after_days,
    -- When the word was there: in what the last load brought, or before where that has none of it.
    coalesce(min(received_date) filter (where is_after), min(received_date)) as first_day,
    coalesce(max(received_date) filter (where is_after), max(received_date)) as last_day,
from word
inner join periods using (program_id)
where after_days is not null
group by program_id, field, value
order by program_id, field, value
