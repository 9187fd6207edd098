-- @name  delete_program_target
-- @title Take out the targets that the profile had before
-- @param program_id VARCHAR  whose log it is

delete from warehouse.program_target
where program_id = $program_id
