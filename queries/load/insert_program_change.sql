-- @name  insert_program_change
-- @title Keep one dated change of the program
-- @param row STRUCT  the change, by column of the table

insert into warehouse.program_change by name
select unnest($row)
