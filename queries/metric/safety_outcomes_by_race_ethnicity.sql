-- @name     safety_outcomes_by_race_ethnicity
-- @title    Arrests, holds and force, by race and ethnicity
-- @grain    one row per race and ethnicity
-- @source   outcome_group_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   race_ethnicity VARCHAR - as the agency writes it, or not_recorded
-- @column   response_count BIGINT incidents
-- @column   arrest_recorded_count BIGINT incidents
-- @column   arrest_count BIGINT incidents
-- @column   arrest_by_outcome_count BIGINT incidents
-- @column   hold_recorded_count BIGINT incidents
-- @column   hold_count BIGINT incidents
-- @column   force_recorded_count BIGINT incidents
-- @column   force_count BIGINT incidents
-- @count    response_count
-- @count    arrest_recorded_count
-- @count    arrest_count
-- @count    arrest_by_outcome_count
-- @count    hold_recorded_count
-- @count    hold_count
-- @count    force_recorded_count
-- @count    force_count

select
    group_name as race_ethnicity,
    sum(outcome_group_month.response_count)::bigint as response_count,
    sum(outcome_group_month.arrest_recorded_count)::bigint as arrest_recorded_count,
    sum(outcome_group_month.arrest_count)::bigint as arrest_count,
    sum(outcome_group_month.arrest_by_outcome_count)::bigint as arrest_by_outcome_count,
    sum(outcome_group_month.hold_recorded_count)::bigint as hold_recorded_count,
    sum(outcome_group_month.hold_count)::bigint as hold_count,
    sum(outcome_group_month.force_recorded_count)::bigint as force_recorded_count,
    sum(outcome_group_month.force_count)::bigint as force_count,
from outcome_group_month
where ($program_ids is null or list_contains($program_ids, outcome_group_month.program_id))
    and ($call_types is null or list_contains($call_types, outcome_group_month.call_type))
    and ($first_month is null or outcome_group_month.month >= $first_month)
    and ($month_after is null or outcome_group_month.month < $month_after)
    and outcome_group_month.group_kind = 'race_ethnicity'
group by race_ethnicity
order by race_ethnicity = 'not_recorded', race_ethnicity
