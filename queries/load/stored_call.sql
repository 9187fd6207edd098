-- @name    stored_call
-- @title   The calls that the warehouse holds of one program, with the day on which each came in
-- @creates stored_call
-- @param   program_id VARCHAR whose log it is

create or replace temp table stored_call as
select
    incident_id,
    received_date,
from warehouse.incident
where program_id = $program_id
    and received_date is not null
