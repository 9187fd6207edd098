-- @name    field_variety
-- @title   How many rows fill a field of codes, areas or traits, and about how many different values they hold
-- @column  field VARCHAR - name of the field
-- @column  filled BIGINT rows
-- @column  different BIGINT values

with coded as (
    select
        priority_code,
        acuity,
        area_id,
        gender,
        race_ethnicity,
        initial_call_type_code,
        final_call_type_code,
    from kept_row
),

-- One pass over the rows for all fields.
counted as (
    select
        struct_pack(
            filled := count(columns('(.*)')),
            different := approx_count_distinct(columns('(.*)'))
        ) as "\1",
    from coded
)

select
    field,
    counts.filled,
    counts.different,
from counted
unpivot (counts for field in (columns(*)))
order by field
