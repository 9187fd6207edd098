-- @name  drop_staged_row
-- @title Give back the memory of rows that are in the warehouse by now

drop table staged_row
