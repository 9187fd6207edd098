-- @name   respelled_program
-- @title  Programs outside the part that have an area which is spelled otherwise from now on
-- @column program_id VARCHAR which program

with spelled_before as (
    select
        lower(area_id) as folded,
        first(area_id order by call_count desc, area_id) as spelled,
    from (select area_id, sum(call_count) as call_count from standing_spelling group by area_id)
    group by folded
),

spelled_now as (
    select
        lower(area_id) as folded,
        first(area_id order by call_count desc, area_id) as spelled,
    from area_spelling_of_all
    group by folded
)

select distinct program_id,
from standing_spelling
inner join spelled_before on spelled_before.folded = lower(standing_spelling.area_id)
inner join spelled_now on spelled_now.folded = spelled_before.folded
where spelled_before.spelled <> spelled_now.spelled
    and program_id not in (from part_program)
order by program_id
