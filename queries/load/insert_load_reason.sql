-- @name  insert_load_reason
-- @title Keep how many rows were filtered or rejected, and why
-- @param program_id VARCHAR  whose log it is
-- @param load_id INTEGER     the load that read them

insert into warehouse.load_reason by name
with reasoned as (
    select
        outcome,
        reason,
    from row_exception
    where outcome = 'filtered'

    union all

    select
        'rejected' as outcome,
        rule as reason,
    from rejected_batch
)

select
    $load_id as load_id,
    $program_id as program_id,
    outcome,
    reason,
    count(*) as row_count,
from reasoned
group by outcome, reason
