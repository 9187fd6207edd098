-- @name  insert_unit_response
-- @title Take in the units of the incidents that are new or changed
-- @param program_id VARCHAR     whose log it is
-- @param replace_whole BOOLEAN  whether the program's earlier units were all taken out

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
from judged_row
where outcome = 'kept'
    and unit_id is not null
    and (
        $replace_whole
        or incident_id in (select incident_id from batch_change where change <> 'unchanged')
    )
