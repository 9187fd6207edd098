-- @name    unchanged_incident
-- @title   Incidents of the batch that the warehouse holds just so: they stay as they are
-- @creates unchanged_incident

create or replace temp view unchanged_incident as
select incident_id,
from batch_change
where change = 'unchanged'
