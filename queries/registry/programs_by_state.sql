-- @name     programs_by_state
-- @title    Programs active in a month and ever started, by state, with residents
-- @grain    one row per state, also states without a program
-- @source   programs
-- @source   states
-- @param    program_types VARCHAR[] which kinds of program
-- @param    has_pilots BOOLEAN whether pilots are counted
-- @param    has_unverified BOOLEAN whether rows whose source was not read are counted
-- @param    month DATE the month, as its first day
-- @column   state VARCHAR - two letters
-- @column   state_name VARCHAR - in full
-- @column   census_region VARCHAR - Northeast, Midwest, South or West
-- @column   grid_row BIGINT - row of the tile grid, from the top
-- @column   grid_column BIGINT - column of the tile grid, from the left
-- @column   population BIGINT residents
-- @column   population_year BIGINT - year of the estimate
-- @column   program_count BIGINT programs surely active in the month
-- @column   started_count BIGINT programs that surely had started, ended ones too
-- @column   unknown_start_count BIGINT programs whose first response is not known
-- @column   first_start DATE - last month that the first program's start can mean

with counted as (
    select
        program_id,
        state,
        start_earliest,
        start_latest,
        end_earliest,
    from programs
    where list_contains($program_types, program_type)
        and ($has_pilots or is_pilot <> 'yes')
        and ($has_unverified or confidence = 'sourced')
)

select
    states.state,
    state_name,
    census_region,
    grid_row,
    grid_column,
    population,
    population_year,
    count(program_id) filter (
        where start_latest <= $month and (end_earliest is null or $month <= end_earliest)
    )::bigint as program_count,
    count(program_id) filter (where start_latest <= $month)::bigint as started_count,
    count(program_id) filter (where start_earliest is null)::bigint as unknown_start_count,
    min(start_latest) as first_start,
from states
left join counted
    on counted.state = states.state
group by states.state, state_name, census_region, grid_row, grid_column, population, population_year
order by states.state
