-- @name     coverage_by_month
-- @title    How much of each month each log covers
-- @grain    one row per program and month
-- @source   coverage_month
-- @column   program_id VARCHAR - as published
-- @column   month DATE - as published
-- @column   covered_days BIGINT - days from the log's first to its last that lie in the month
-- @column   coverage VARCHAR - as published

select
    program_id,
    month,
    covered_days,
    coverage,
from coverage_month
order by program_id, month
