-- @name    row_count
-- @title   Rows read, by what became of them; the four outcomes add up to the rows read
-- @column  outcome VARCHAR - loaded, unchanged, filtered or rejected
-- @column  reason VARCHAR - why filtered or rejected, else null
-- @column  row_count BIGINT rows

select
    case when change = 'unchanged' then 'unchanged' else 'loaded' end as outcome,
    null as reason,
    sum(row_count)::bigint as row_count,
from batch_change
group by all

union all

select
    outcome,
    reason,
    count(*) as row_count,
from row_exception
where outcome = 'filtered'
group by all

union all

select
    'rejected' as outcome,
    rule as reason,
    count(*) as row_count,
from rejected_batch
group by all

order by outcome, reason
