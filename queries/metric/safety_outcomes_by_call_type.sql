-- @name     safety_outcomes_by_call_type
-- @title    Disengagements, arrests, holds, force and emergency departments, by call type
-- @grain    one row per call type
-- @source   incident_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   call_type VARCHAR - common list of call types
-- @column   dispatched_count BIGINT incidents
-- @column   response_count BIGINT incidents
-- @column   disengagement_recorded_count BIGINT incidents
-- @column   disengaged_for_safety_count BIGINT incidents
-- @column   contact_result_unknown_count BIGINT incidents
-- @column   dispatch_arrest_recorded_count BIGINT incidents
-- @column   dispatch_arrest_count BIGINT incidents
-- @column   dispatch_emergency_department_recorded_count BIGINT incidents
-- @column   dispatch_emergency_department_count BIGINT incidents
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
-- @count    dispatched_count
-- @count    response_count
-- @count    disengagement_recorded_count
-- @count    disengaged_for_safety_count
-- @count    contact_result_unknown_count
-- @count    dispatch_arrest_recorded_count
-- @count    dispatch_arrest_count
-- @count    dispatch_emergency_department_recorded_count
-- @count    dispatch_emergency_department_count
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
    sum(incident_month.dispatched_count)::bigint as dispatched_count,
    sum(incident_month.response_count)::bigint as response_count,
    sum(incident_month.disengagement_recorded_count)::bigint as disengagement_recorded_count,
    sum(incident_month.disengaged_for_safety_count)::bigint as disengaged_for_safety_count,
    sum(incident_month.contact_result_unknown_count)::bigint as contact_result_unknown_count,
    sum(incident_month.dispatch_arrest_recorded_count)::bigint as dispatch_arrest_recorded_count,
    sum(incident_month.dispatch_arrest_count)::bigint as dispatch_arrest_count,
    sum(incident_month.dispatch_emergency_department_recorded_count)::bigint as dispatch_emergency_department_recorded_count,
    sum(incident_month.dispatch_emergency_department_count)::bigint as dispatch_emergency_department_count,
    sum(incident_month.arrest_recorded_count)::bigint as arrest_recorded_count,
    sum(incident_month.arrest_count)::bigint as arrest_count,
    sum(incident_month.arrest_by_outcome_count)::bigint as arrest_by_outcome_count,
    sum(incident_month.hold_recorded_count)::bigint as hold_recorded_count,
    sum(incident_month.hold_count)::bigint as hold_count,
    sum(incident_month.force_recorded_count)::bigint as force_recorded_count,
    sum(incident_month.force_count)::bigint as force_count,
    sum(incident_month.emergency_department_recorded_count)::bigint as emergency_department_recorded_count,
    sum(incident_month.emergency_department_count)::bigint as emergency_department_count,
    sum(incident_month.emergency_department_by_outcome_count)::bigint as emergency_department_by_outcome_count,
from incident_month
where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
    and ($call_types is null or list_contains($call_types, incident_month.call_type))
    and ($first_month is null or incident_month.month >= $first_month)
    and ($month_after is null or incident_month.month < $month_after)
group by call_type
order by call_type
