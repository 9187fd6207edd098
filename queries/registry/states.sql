-- @name     states
-- @title    The states, with their place in the tile grid and their population
-- @grain    one row per state
-- @source   states
-- @column   state VARCHAR - two letters
-- @column   state_name VARCHAR - in full
-- @column   census_region VARCHAR - Northeast, Midwest, South or West
-- @column   grid_row BIGINT - row of the tile grid, from the top
-- @column   grid_column BIGINT - column of the tile grid, from the left
-- @column   population BIGINT residents
-- @column   population_year BIGINT - year of the estimate

select * exclude (source_title, source_url)
from states
order by state
