-- @name    undated_count
-- @title   Calls of the batch without a date, how many rows say so for one reason, and a value
-- @column  call_count BIGINT calls
-- @column  rule VARCHAR - the commonest reason
-- @column  sample VARCHAR - a value of that reason

with complaint as (
    select unnest(list_filter(not_understood, lambda entry: entry[2] = 'received_at')) as entry,
    from kept_row
    where received_date is null
)

select
    (
        select count(*)
        from gathered
        where received_date is null
    ) as call_count,
    mode(entry[1] order by entry[1]) as rule,
    min(entry[3]) as sample,
from complaint
where entry is not null
