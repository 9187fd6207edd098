-- @name    gone_count
-- @title   Stored incidents that are taken out and that nothing of the batch takes the place of
-- @param   program_id VARCHAR whose log it is
-- @column  incident_count BIGINT incidents
-- @column  first_day DATE - first day of them
-- @column  last_day DATE - last day of them

select
    count(*) as incident_count,
    min(received_date) as first_day,
    max(received_date) as last_day,
from outgoing
inner join warehouse.incident as stored
    on stored.incident_id = outgoing.incident_id
    and stored.program_id = $program_id
where outgoing.incident_id not in (select incident_id from batch_change)
