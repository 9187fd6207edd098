-- @name    undated_count
-- @title   Calls of the batch without a date, how many rows say so for one reason, and a value
-- @column  call_count BIGINT calls
-- @column  rule VARCHAR - the commonest reason
-- @column  sample VARCHAR - a value of that reason

with reason as (
    select
        rule,
        sum(row_count) as row_count,
        min(value) as sample,
    from complaint
    where is_undated
        and field = 'received_at'
    group by rule
)

select
    (
        select count(*)
        from gathered
        where received_date is null
    ) as call_count,
    first(rule order by row_count desc, rule) as rule,
    min(sample) as sample,
from reason
