-- @name    said
-- @title   What the kept rows' entries say, each once with how many rows say it; values are as written
-- @creates said

create or replace temp table said as
with entry_of_row as (
    select
        unnest(not_understood) as entry,
        received_date is null as is_undated,
    from kept_row
    where not_understood is not null
)

select
    entry[1] as rule,
    entry[2] as field,
    entry[3] as written,
    entry[4] as look,
    is_undated,
    count(*) as row_count,
from entry_of_row
where entry is not null
group by rule, field, written, look, is_undated
