-- @name    batch_change
-- @title   What the warehouse already holds of each incident of the batch: new, changed or unchanged
-- @creates batch_change
-- @param   program_id VARCHAR whose log it is

create or replace temp table batch_change as
with stored as (
    select
        incident_id,
        row_hash,
    from warehouse.incident
    where program_id = $program_id
)

select
    batch.incident_id,
    batch.received_date,
    batch.row_count,
    case
        when stored.incident_id is null then 'new'
        when stored.row_hash = batch.row_hash then 'unchanged'
        else 'changed'
    end as change,
from gathered as batch
left join stored on stored.incident_id = batch.incident_id
