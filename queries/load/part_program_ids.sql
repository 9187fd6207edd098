-- @name  part_program_ids
-- @title Say which programs the part has from which page tables are built; null stands for all
-- @param program_ids VARCHAR[] which programs

set variable part_program_ids = $program_ids::varchar[]
