-- @name    field_variety
-- @title   How many rows fill a field of codes, areas or traits, and about how many different values they hold
-- @column  field VARCHAR - name of the field
-- @column  filled BIGINT rows
-- @column  different BIGINT values

with counted as materialized (
    select
        count(priority_code) as priority_code_filled,
        approx_count_distinct(priority_code) as priority_code_different,
        count(acuity) as acuity_filled,
        approx_count_distinct(acuity) as acuity_different,
        count(area_id) as area_id_filled,
        approx_count_distinct(area_id) as area_id_different,
        count(gender) as gender_filled,
        approx_count_distinct(gender) as gender_different,
        count(race_ethnicity) as race_ethnicity_filled,
        approx_count_distinct(race_ethnicity) as race_ethnicity_different,
        count(initial_call_type_code) as initial_call_type_code_filled,
        approx_count_distinct(initial_call_type_code) as initial_call_type_code_different,
        count(final_call_type_code) as final_call_type_code_filled,
        approx_count_distinct(final_call_type_code) as final_call_type_code_different,
    from kept_row
)

select
    'priority_code' as field,
    priority_code_filled as filled,
    priority_code_different as different,
from counted

union all

select
    'acuity' as field,
    acuity_filled as filled,
    acuity_different as different,
from counted

union all

select
    'area_id' as field,
    area_id_filled as filled,
    area_id_different as different,
from counted

union all

select
    'gender' as field,
    gender_filled as filled,
    gender_different as different,
from counted

union all

select
    'race_ethnicity' as field,
    race_ethnicity_filled as filled,
    race_ethnicity_different as different,
from counted

union all

select
    'initial_call_type_code' as field,
    initial_call_type_code_filled as filled,
    initial_call_type_code_different as different,
from counted

union all

select
    'final_call_type_code' as field,
    final_call_type_code_filled as filled,
    final_call_type_code_different as different,
from counted

order by field
