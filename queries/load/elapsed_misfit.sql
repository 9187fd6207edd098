-- @name    elapsed_misfit
-- @title   Elapsed times that could not be read, by field
-- @param   fields VARCHAR[]   times that are told as elapsed
-- @column  field VARCHAR      one of them
-- @column  unread_count BIGINT   values that could not be read
-- @column  longest VARCHAR - the longest of them, as it is written

with said as (
    select unnest(not_understood) as entry,
    from kept_row
)

select
    entry[2] as field,
    count(*) as unread_count,
    max_by(entry[3], (length(entry[3]), entry[3])) as longest,
from said
where entry[1] = 'unreadable'
    and list_contains($fields, entry[2])
group by field
order by field
