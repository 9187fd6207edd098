-- @name  delete_unit_response
-- @title Take out what the batch replaces: incidents that changed, or all of the program where it is replaced whole
-- @param program_id VARCHAR     whose log it is
-- @param replace_whole BOOLEAN  whether everything of the program goes

delete from warehouse.unit_response
where program_id = $program_id
    and (
        $replace_whole
        or incident_id in (select incident_id from batch_change where change = 'changed')
    )
