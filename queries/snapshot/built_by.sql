-- @name     built_by
-- @title    By which rules the snapshot was built
-- @grain    one row
-- @source   built_by
-- @column   digest VARCHAR - digest of the queries that built it

select digest
from built_by
order by digest
