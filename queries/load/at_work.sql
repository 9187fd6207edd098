-- @name    at_work
-- @title   The load that is being made or undone, for the texts that keep and restore what it replaces
-- @creates at_work
-- @param   load_id INTEGER     its number
-- @param   program_id VARCHAR  whose log it is

create or replace temp table at_work as
select
    $load_id::integer as load_id,
    $program_id::varchar as program_id,
