-- @name  stage_next
-- @title The rows of a further file, after those before it

insert into staged_row by name
from staged_file_row
