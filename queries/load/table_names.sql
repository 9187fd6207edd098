-- @name    table_names
-- @title   The tables of an attached database
-- @param   catalog VARCHAR - the name under which it is attached
-- @column  table_name VARCHAR - name of the table

select table_name,
from duckdb_tables()
where database_name = $catalog
order by table_name
