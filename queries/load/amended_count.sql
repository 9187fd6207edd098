-- @name    amended_count
-- @title   Calls of the batch that are new, and those that take the place of what was stored of them
-- @param   program_id VARCHAR whose log it is
-- @column  new_count BIGINT calls that are new
-- @column  amended_count BIGINT calls that were stored and are changed
-- @column  first_day DATE - first day of the changed ones, as it was stored
-- @column  last_day DATE - last day of them

select
    count(*) filter (where change = 'new') as new_count,
    count(*) filter (where change = 'changed') as amended_count,
    min(stored.received_date) filter (where change = 'changed') as first_day,
    max(stored.received_date) filter (where change = 'changed') as last_day,
from batch_change
left join warehouse.incident as stored
    on stored.incident_id = batch_change.incident_id
    and stored.program_id = $program_id
