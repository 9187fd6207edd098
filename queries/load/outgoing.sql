-- @name    outgoing
-- @title   Stored incidents that the batch takes out: changed ones, and those that it replaces
-- @creates outgoing
-- @param   program_id VARCHAR     whose log it is
-- @param   replace_whole BOOLEAN  whether all goes that the batch does not hold
-- @param   first_day DATE         first day of the period that is replaced; null where none is
-- @param   last_day DATE          last day of that period

create or replace temp table outgoing as
select stored.incident_id,
from warehouse.incident as stored
left join batch_change on batch_change.incident_id = stored.incident_id
where stored.program_id = $program_id
    and (
        change = 'changed'
        or (change is null and ($replace_whole or stored.received_date between $first_day and $last_day))
    )
