-- @name    change_count
-- @title   Incidents of the batch by what the warehouse holds of them, and those that it holds alone
-- @param   program_id VARCHAR whose log it is
-- @column  change VARCHAR - new, changed, unchanged or stored_only
-- @column  incident_count BIGINT incidents

select
    change,
    count(*) as incident_count,
from batch_change
group by change

union all

select
    'stored_only' as change,
    count(*) as incident_count,
from warehouse.incident
where program_id = $program_id
    and incident_id not in (select incident_id from batch_change)

order by change
