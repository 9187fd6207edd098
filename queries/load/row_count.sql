-- @name    row_count
-- @title   Rows read, by what became of them; the four outcomes add up to the rows read
-- @column  outcome VARCHAR - loaded, unchanged, filtered or rejected
-- @column  reason VARCHAR - why filtered or rejected, else null
-- @column  row_count BIGINT rows

with judged as (
    select
        case when change = 'unchanged' then 'unchanged' else 'loaded' end as outcome,
        null as reason,
    from judged_row
    inner join batch_change using (incident_id)
    where outcome = 'kept'

    union all

    select
        outcome,
        reason,
    from judged_row
    where outcome = 'filtered'

    union all

    select
        'rejected' as outcome,
        rule as reason,
    from rejected_batch
)

select
    outcome,
    reason,
    count(*) as row_count,
from judged
group by outcome, reason
order by outcome, reason
