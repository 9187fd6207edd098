-- @name  insert_load_log
-- @title Write the load log: a load that stands here is whole
-- @param row STRUCT  the load, by column of the table

insert into warehouse.load_log by name
select unnest($row)
