-- @name     police_time
-- @title    Responses with police present, those whose police units the log times, and how long these stayed
-- @grain    one row per program
-- @source   police_time_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @column   program_id VARCHAR - the program
-- @column   police_response_count BIGINT responses with police there
-- @column   timed_response_count BIGINT responses with police there on which the log times every police unit
-- @column   police_unit_seconds BIGINT seconds that police units stayed on the timed responses, all units added up

select
    program_id,
    sum(police_response_count)::bigint as police_response_count,
    sum(timed_response_count)::bigint as timed_response_count,
    sum(police_unit_seconds)::bigint as police_unit_seconds,
from police_time_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by program_id
order by program_id
