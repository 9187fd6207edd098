-- @name  copy_warehouse
-- @title Every table of the warehouse, whole, into the database that is attached as backup

copy from database warehouse to backup;
