-- @name  insert_unit_response
-- @title Take in the units of the incidents that are new or changed
-- @param program_id VARCHAR  whose log it is

insert into warehouse.unit_response by name
with sent as (
    select
        incident_id,
        unit_id,
        responder_type,
        dispatched_at,
        en_route_at,
        arrived_at,
        cleared_at,
    from kept_row
    where unit_id is not null

    union all

    -- Units that one cell names: the times of the row are not theirs alone.
    select distinct
        incident_id,
        unit[1] as unit_id,
        unit[2] as responder_type,
        null as dispatched_at,
        null as en_route_at,
        null as arrived_at,
        null as cleared_at,
    from (
        select
            incident_id,
            unnest(units) as unit,
        from kept_row
        where units is not null
    )
)

select
    $program_id as program_id,
    incident_id,
    unit_id,
    responder_type,
    dispatched_at,
    en_route_at,
    arrived_at,
    cleared_at,
from sent
anti join unchanged_incident using (incident_id)
