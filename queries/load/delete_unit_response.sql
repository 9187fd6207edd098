-- @name  delete_unit_response
-- @title Take out what the batch replaces
-- @param program_id VARCHAR  whose log it is

delete from warehouse.unit_response
where program_id = $program_id
    and incident_id in (select incident_id from outgoing)
