-- @name     safety_outcomes_by_call_type_and_acuity
-- @title    Arrests, holds, force and emergency departments, by call type and acuity
-- @grain    one row per call type and acuity
-- @source   acuity_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   call_type VARCHAR - common list of call types
-- @column   acuity VARCHAR - how urgent, in the agency's own words
-- @column   response_count BIGINT incidents
-- @column   arrest_recorded_count BIGINT incidents
-- @column   arrest_count BIGINT incidents
-- @column   arrest_by_outcome_count BIGINT incidents
-- @column   hold_recorded_count BIGINT incidents
-- @column   hold_count BIGINT incidents
-- @column   force_recorded_count BIGINT incidents
-- @column   force_count BIGINT incidents
-- @column   emergency_department_recorded_count BIGINT incidents
-- @column   emergency_department_count BIGINT incidents
-- @column   emergency_department_by_outcome_count BIGINT incidents
-- @count    response_count
-- @count    arrest_recorded_count
-- @count    arrest_count
-- @count    arrest_by_outcome_count
-- @count    hold_recorded_count
-- @count    hold_count
-- @count    force_recorded_count
-- @count    force_count
-- @count    emergency_department_recorded_count
-- @count    emergency_department_count
-- @count    emergency_department_by_outcome_count

select
    call_type,
    acuity,
    sum(acuity_month.response_count)::bigint as response_count,
    sum(acuity_month.arrest_recorded_count)::bigint as arrest_recorded_count,
    sum(acuity_month.arrest_count)::bigint as arrest_count,
    sum(acuity_month.arrest_by_outcome_count)::bigint as arrest_by_outcome_count,
    sum(acuity_month.hold_recorded_count)::bigint as hold_recorded_count,
    sum(acuity_month.hold_count)::bigint as hold_count,
    sum(acuity_month.force_recorded_count)::bigint as force_recorded_count,
    sum(acuity_month.force_count)::bigint as force_count,
    sum(acuity_month.emergency_department_recorded_count)::bigint as emergency_department_recorded_count,
    sum(acuity_month.emergency_department_count)::bigint as emergency_department_count,
    sum(acuity_month.emergency_department_by_outcome_count)::bigint as emergency_department_by_outcome_count,
from acuity_month
where ($program_ids is null or list_contains($program_ids, acuity_month.program_id))
    and ($call_types is null or list_contains($call_types, acuity_month.call_type))
    and ($first_month is null or acuity_month.month >= $first_month)
    and ($month_after is null or acuity_month.month < $month_after)
group by call_type, acuity
order by call_type, acuity
