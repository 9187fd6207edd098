-- @name     transport_places
-- @title    Transports by where the person was taken
-- @grain    one row per place that occurs
-- @source   transport_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   key VARCHAR - where the person was taken
-- @column   transport_count BIGINT responses on which somebody was taken to that place

select
    place as key,
    sum(transport_count)::bigint as transport_count,
from transport_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
group by key
order by key
