-- @name     page_tables
-- @title    The tables that a snapshot holds
-- @grain    one row per table
-- @source   duckdb_tables
-- @column   table_name VARCHAR - name of the table

select table_name,
from duckdb_tables()
order by table_name
