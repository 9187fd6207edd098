-- @name    batch_change
-- @title   What the warehouse already holds of each incident of the batch: new, changed or unchanged
-- @creates batch_change

create or replace table batch_change as
select
    batch.incident_id,
    batch.row_count,
    case
        when stored.incident_id is null then 'new'
        when stored.row_hash = batch.row_hash then 'unchanged'
        else 'changed'
    end as change,
from incident_batch as batch
left join warehouse.incident as stored
    on stored.program_id = batch.program_id
    and stored.incident_id = batch.incident_id
