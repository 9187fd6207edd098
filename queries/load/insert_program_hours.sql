-- @name  insert_program_hours
-- @title Keep one block of the program's hours
-- @param row STRUCT  the block, by column of the table

insert into warehouse.program_hours by name
select unnest($row)
