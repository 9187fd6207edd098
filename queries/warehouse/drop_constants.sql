-- @name  drop_constants
-- @title Take out what is the same for every program, before it comes in anew

delete from police_sent_assumption;
delete from built_by;
