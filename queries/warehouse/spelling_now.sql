-- @name  spelling_now
-- @title How often each area is written how once the part that has changed is in: the part's own calls and, of every other
--        program, what the standing snapshot says

create or replace temp table spelling_now as
select
    program_id,
    area_id,
    call_count,
from standing_spelling
where program_id not in (from part_program)

union all

select
    program_id,
    area_id,
    count(*) as call_count,
from part.incident
where area_id is not null
group by program_id, area_id;

create or replace temp view area_spelling_of_all as
select
    area_id,
    sum(call_count) as call_count,
from spelling_now
group by area_id;
