-- @name  insert_unit_response
-- @title Take in the units of the incidents that are new or changed
-- @param program_id VARCHAR  whose log it is

insert into warehouse.unit_response by name
select
    $program_id as program_id,
    incident_id,
    unit_id,
    responder_type,
    dispatched_at,
    en_route_at,
    arrived_at,
    cleared_at,
from kept_row
anti join unchanged_incident using (incident_id)
where unit_id is not null
