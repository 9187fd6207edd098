-- @name  drop_csv_scan
-- @title Make room for the next file's broken lines

drop table if exists csv_scan
