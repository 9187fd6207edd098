-- @name   area_spelling
-- @title  How often each program writes each area how
-- @grain  one row per program and spelling of an area
-- @source incident
-- @note   areas that differ in letters' case alone are one, spelled as all programs together spell it most often

select
    program_id,
    area_id,
    count(*) as call_count,
from part.incident
where area_id is not null
group by program_id, area_id
order by program_id, area_id
