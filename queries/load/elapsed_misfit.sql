-- @name    elapsed_misfit
-- @title   Elapsed times that could not be read, by field
-- @param   fields VARCHAR[]   times that are told as elapsed
-- @column  field VARCHAR      one of them
-- @column  unread_count BIGINT   values that could not be read
-- @column  longest VARCHAR - the longest of them, as it is written

select
    field,
    sum(row_count)::bigint as unread_count,
    max_by(value, (length(value), value)) as longest,
from complaint
where rule = 'unreadable'
    and list_contains($fields, field)
group by field
order by field
