-- @name  insert_program
-- @title Keep what the profile says of the program
-- @param row STRUCT  the program, by column of the table

insert into warehouse.program by name
select unnest($row)
