-- @name    word_count
-- @title   How often each word of a mapped list stands in the stored log and in the batch
-- @param   program_id VARCHAR whose log it is
-- @column  field VARCHAR - field of the contract
-- @column  value VARCHAR - the word
-- @column  before_count BIGINT stored incidents
-- @column  after_count BIGINT incidents of the batch
-- @column  before_days BIGINT - days from the first to the last stored incident
-- @column  after_days BIGINT - days from the first to the last incident of the batch
-- @column  first_day DATE - first day of the incidents with it in the batch, or stored where it is gone
-- @column  last_day DATE - last day of the same

with stored_and_new as (
    select
        *,
        false as is_after,
    from warehouse.incident
    where program_id = $program_id

    union all by name

    select
        *,
        true as is_after,
    from gathered
),

together as (
    select
        received_date,
        is_after,
        coalesce(initial_call_type_code, final_call_type_code) as call_type_code,
        columns([
            'priority_code',
            'acuity',
            'area_id',
            'age_band',
            'gender',
            'race_ethnicity',
            'call_origin',
            'not_reached_reason',
            'contact_result',
            'disposition',
            'transport_to',
            'police_involvement',
            'police_request_reason'
        ]),
    from stored_and_new
),

periods as (
    select
        date_diff('day', min(received_date) filter (where not is_after), max(received_date) filter (where not is_after)) + 1
            as before_days,
        date_diff('day', min(received_date) filter (where is_after), max(received_date) filter (where is_after)) + 1
            as after_days,
    from together
),

unit_of_call as (
    select
        incident_id,
        unit_id,
        responder_type,
        false as is_after,
    from warehouse.unit_response
    where program_id = $program_id

    union all

    select
        incident_id,
        unit_id,
        responder_type,
        true as is_after,
    from kept_row
    where unit_id is not null

    union all

    select
        incident_id,
        unit[1] as unit_id,
        unit[2] as responder_type,
        true as is_after,
    from (
        select
            incident_id,
            unnest(units) as unit,
        from kept_row
        where units is not null
    )
),

unit_word as (
    select distinct
        field,
        value,
        incident_id,
        is_after,
    from unit_of_call
    unpivot (value for field in (unit_id, responder_type))
),

word as (
    select
        field,
        value,
        received_date,
        is_after,
    from together
    unpivot (value for field in (columns(* exclude (received_date, is_after))))

    union all

    select
        field,
        value,
        received_date,
        is_after,
    from unit_word
    inner join (
        select
            incident_id,
            received_date,
            is_after,
        from stored_and_new
    ) using (incident_id, is_after)
)

select
    field,
    value,
    count(*) filter (where not is_after) as before_count,
    count(*) filter (where is_after) as after_count,
    any_value(before_days) as before_days,
    any_value(after_days) as after_days,
    coalesce(min(received_date) filter (where is_after), min(received_date)) as first_day,
    coalesce(max(received_date) filter (where is_after), max(received_date)) as last_day,
from word
cross join periods
where value <> 'not_recorded'
group by field, value
order by field, value
