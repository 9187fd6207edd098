-- @name    field_variety
-- @title   How many rows fill a field of codes, areas or traits, and about how many different values they hold
-- @column  field VARCHAR - name of the field
-- @column  filled BIGINT rows
-- @column  different BIGINT values

select
    'priority_code' as field,
    count(priority_code) as filled,
    approx_count_distinct(priority_code) as different,
from judged_row
where outcome = 'kept'

union all

select
    'acuity' as field,
    count(acuity) as filled,
    approx_count_distinct(acuity) as different,
from judged_row
where outcome = 'kept'

union all

select
    'area_id' as field,
    count(area_id) as filled,
    approx_count_distinct(area_id) as different,
from judged_row
where outcome = 'kept'

union all

select
    'gender' as field,
    count(gender) as filled,
    approx_count_distinct(gender) as different,
from judged_row
where outcome = 'kept'

union all

select
    'race_ethnicity' as field,
    count(race_ethnicity) as filled,
    approx_count_distinct(race_ethnicity) as different,
from judged_row
where outcome = 'kept'

union all

select
    'initial_call_type_code' as field,
    count(initial_call_type_code) as filled,
    approx_count_distinct(initial_call_type_code) as different,
from judged_row
where outcome = 'kept'

union all

select
    'final_call_type_code' as field,
    count(final_call_type_code) as filled,
    approx_count_distinct(final_call_type_code) as different,
from judged_row
where outcome = 'kept'

order by field
