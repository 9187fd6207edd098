-- @name    rule_count
-- @title   Values not understood, by rule
-- @column  rule VARCHAR - unreadable, not entered, out of range or unknown value
-- @column  row_count BIGINT values

select
    rule,
    sum(row_count)::bigint as row_count,
from complaint
group by rule
order by rule
