-- @name  delete_program_change
-- @title Take out what the profile said before
-- @param program_id VARCHAR  whose log it is

delete from warehouse.program_change
where program_id = $program_id
