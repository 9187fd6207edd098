-- @name    same_moment_count
-- @title   New calls of the batch, and those that came in at the very moment of a stored call that the batch does not hold
-- @param   program_id VARCHAR whose log it is
-- @column  new_count BIGINT new calls with a time
-- @column  same_count BIGINT those at the moment of a stored call with another id

with fresh as (
    select gathered.received_at,
    from gathered
    inner join batch_change on batch_change.incident_id = gathered.incident_id
    where change = 'new'
        and gathered.received_at is not null
)

select
    count(*) as new_count,
    count(*) filter (where received_at in (
        select received_at
        from warehouse.incident
        where program_id = $program_id
            and received_at is not null
            and incident_id not in (select incident_id from batch_change)
    )) as same_count,
from fresh
