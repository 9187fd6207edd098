-- @name     hours_mismatches
-- @title    Calls not reached whose reason does not fit the hours that the program states
-- @grain    one row per program that states its hours
-- @source   staffed_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] null; a choice of call types has no row, for they are together here
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @param    silent_months VARCHAR[] months that a program's log does not record, as program and first day; null for none
-- @column   program_id VARCHAR - whose hours
-- @column   outside_in_hours_count BIGINT calls recorded as outside hours that came within the stated hours
-- @column   other_out_of_hours_count BIGINT calls outside the stated hours with another reason or none; outside area is left out

select
    staffed_month.program_id as program_id,
    sum(outside_in_hours_count)::bigint as outside_in_hours_count,
    sum(other_out_of_hours_count)::bigint as other_out_of_hours_count,
from staffed_month
where ($program_ids is null or list_contains($program_ids, staffed_month.program_id))
    and coalesce(len($call_types::varchar[]), 0) = 0
    and ($first_month is null or staffed_month.month >= $first_month)
    and ($month_after is null or staffed_month.month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', staffed_month.program_id, staffed_month.month)))
group by staffed_month.program_id
order by staffed_month.program_id
