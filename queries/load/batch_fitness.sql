-- @name    batch_fitness
-- @title   How many rows are kept, and on how many of them the received time could not be read
-- @column  kept BIGINT rows
-- @column  unreadable BIGINT rows
-- @column  sample VARCHAR - one value that could not be read
-- @column  undated BIGINT rows on which the date is empty and the time of day is not

select
    (select count(*) from kept_row) as kept,
    coalesce(sum(row_count) filter (where rule = 'unreadable'), 0)::bigint as unreadable,
    min(value) filter (where rule = 'unreadable') as sample,
    coalesce(sum(row_count) filter (where rule = 'without a date'), 0)::bigint as undated,
from complaint
where field = 'received_at'
