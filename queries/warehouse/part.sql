-- @name  part
-- @title What the page tables are built from: the warehouse, or the rows of some of its programs alone

-- Programs of this part; null stands for all. Set before each part is built.
set variable part_program_ids = null::varchar[];

create or replace temp view part_program as
select program_id,
from warehouse.program
where getvariable('part_program_ids') is null
    or list_contains(getvariable('part_program_ids'), program_id);

create schema if not exists memory.part;

create or replace view memory.part.program as
from warehouse.program
where program_id in (from part_program);

create or replace view memory.part.program_change as
from warehouse.program_change
where program_id in (from part_program);

create or replace view memory.part.program_target as
from warehouse.program_target
where program_id in (from part_program);

create or replace view memory.part.program_hours as
from warehouse.program_hours
where program_id in (from part_program);

create or replace view memory.part.incident as
from warehouse.incident
where program_id in (from part_program);

create or replace view memory.part.unit_response as
from warehouse.unit_response
where program_id in (from part_program);

create or replace view memory.part.injury as
from warehouse.injury
where program_id in (from part_program);

create or replace view memory.part.load_log as
from warehouse.load_log
where program_id in (from part_program);

create or replace view memory.part.load_reason as
from warehouse.load_reason
where program_id in (from part_program);

create or replace view memory.part.finding as
from warehouse.finding
where program_id in (from part_program);

-- How often each area is written how: an area has one spelling for all programs.
create or replace temp view area_spelling_of_all as
select
    area_id,
    count(*) as call_count,
from warehouse.incident
where area_id is not null
group by area_id;
