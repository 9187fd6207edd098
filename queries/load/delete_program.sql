-- @name  delete_program
-- @title Take out what the profile said before
-- @param program_id VARCHAR  whose log it is

delete from warehouse.program
where program_id = $program_id
