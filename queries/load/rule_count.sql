-- @name    rule_count
-- @title   Values not understood, by rule
-- @column  rule VARCHAR - unreadable, not entered, out of range or unknown value
-- @column  row_count BIGINT values

with said as (
    select unnest(not_understood) as entry,
    from kept_row
)

select
    entry[1] as rule,
    count(*) as row_count,
from said
where entry is not null
group by rule
order by rule
