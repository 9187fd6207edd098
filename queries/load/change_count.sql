-- @name    change_count
-- @title   Incidents of the batch by what the warehouse holds of them, and those that it holds alone
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
where program_id in (select program_id from incident_batch)
    and incident_id not in (select incident_id from incident_batch)

order by change
