-- @name  insert_program_target
-- @title Keep one target of the program
-- @param row STRUCT  the target, by column of the table

insert into warehouse.program_target by name
select unnest($row)
