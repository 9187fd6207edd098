-- @name  drop_csv_fault
-- @title Make room for the next file's broken lines

drop table if exists csv_fault;
drop table if exists csv_scan;
