-- @name    gone_count
-- @title   Stored incidents that are taken out and that nothing of the batch takes the place of
-- @column  incident_count BIGINT incidents

select count(*) as incident_count
from outgoing
where incident_id not in (select incident_id from batch_change)
