-- @name  delete_program_hours
-- @title Take out the hours that the profile had before
-- @param program_id VARCHAR  whose log it is

delete from warehouse.program_hours
where program_id = $program_id
