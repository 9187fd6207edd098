-- @name     programs_by_type
-- @title    Programs active in a month and states with at least one, by kind of program
-- @grain    one row per kind of program
-- @source   programs
-- @param    program_types VARCHAR[] which kinds of program
-- @param    has_pilots BOOLEAN whether pilots are counted
-- @param    has_unverified BOOLEAN whether rows whose source was not read are counted
-- @param    month DATE the month, as its first day
-- @column   program_type VARCHAR - kind of program
-- @column   program_count BIGINT programs surely active in the month
-- @column   state_count BIGINT states with such a program, the District of Columbia counted as one
-- @column   has_district BOOLEAN - whether the District of Columbia is one of them

select
    program_type,
    count(*)::bigint as program_count,
    count(distinct state)::bigint as state_count,
    bool_or(state = 'DC') as has_district,
from programs
where list_contains($program_types, program_type)
    and ($has_pilots or is_pilot <> 'yes')
    and ($has_unverified or confidence = 'sourced')
    and start_latest <= $month
    and (end_earliest is null or $month <= end_earliest)
group by program_type
order by program_count desc, program_type
