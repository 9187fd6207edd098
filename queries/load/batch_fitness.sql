-- @name    batch_fitness
-- @title   How many rows are kept, and on how many of them the received time could not be read
-- @column  kept BIGINT rows
-- @column  unreadable BIGINT rows
-- @column  sample VARCHAR - one value that could not be read
-- @column  undated BIGINT rows on which the date is empty and the time of day is not

with kept_row_complaint as (
    select list_filter(
        not_understood,
        lambda entry: entry[2] = 'received_at' and entry[1] = 'unreadable'
    ) as complaints,
    list_filter(
        not_understood,
        lambda entry: entry[2] = 'received_at' and entry[1] = 'without a date'
    ) as lacks_date,
    from kept_row
)

select
    count(*) as kept,
    count(*) filter (where len(complaints) > 0) as unreadable,
    min(complaints[1][3]) as sample,
    count(*) filter (where len(lacks_date) > 0) as undated,
from kept_row_complaint
