-- @name    same_profile
-- @title   The program, where it was last loaded with this very profile; no row where not
-- @param   program_id VARCHAR  whose log it is
-- @param   digest VARCHAR      digest of the profile
-- @column  program_id VARCHAR - the program

select program_id,
from warehouse.program
where program_id = $program_id
    and profile_digest = $digest
    -- What was kept by an earlier version is kept anew, with what it did not know.
    and possible_answers is not null
    and date_precision is not null
