-- @name    batch_fitness
-- @title   How many rows are kept, and on how many of them the received time could not be read
-- @column  kept BIGINT rows
-- @column  unreadable BIGINT rows
-- @column  sample VARCHAR - one value that could not be read

with kept_row_complaint as (
    select list_filter(
        not_understood,
        lambda entry: entry[2] = 'received_at' and entry[1] = 'unreadable'
    ) as complaints,
    from kept_row
)

select
    count(*) as kept,
    count(*) filter (where len(complaints) > 0) as unreadable,
    min(complaints[1][3]) as sample,
from kept_row_complaint
