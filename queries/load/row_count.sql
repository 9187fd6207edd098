-- @name    row_count
-- @title   Rows read, by what became of them; the four outcomes add up to the rows read
-- @column  outcome VARCHAR - loaded, unchanged, filtered or rejected
-- @column  reason VARCHAR - why filtered or rejected, else null
-- @column  row_count BIGINT rows
-- @column  first_day DATE - first day on which filtered rows came in
-- @column  last_day DATE - last day of them

select
    case when change = 'unchanged' then 'unchanged' else 'loaded' end as outcome,
    null as reason,
    sum(row_count)::bigint as row_count,
    null::date as first_day,
    null::date as last_day,
from batch_change
group by all

union all

select
    outcome,
    reason,
    count(*) as row_count,
    min(received_date) as first_day,
    max(received_date) as last_day,
from row_exception
inner join staged_row on staged_row.rowid = row_exception.place
where outcome = 'filtered'
group by all

union all

select
    'rejected' as outcome,
    rule as reason,
    count(*) as row_count,
    null as first_day,
    null as last_day,
from rejected_batch
group by all

order by outcome, reason
