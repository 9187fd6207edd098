-- @name  keep_past
-- @title Set aside what a load takes out or writes over, so that the load can be undone; and forget what is too old

insert into warehouse.past_incident by name
select
    incident.*,
    at_work.load_id as replaced_by,
from warehouse.incident
inner join at_work using (program_id)
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_unit_response by name
select
    unit_response.*,
    at_work.load_id as replaced_by,
from warehouse.unit_response
inner join at_work using (program_id)
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_injury by name
select
    injury.*,
    at_work.load_id as replaced_by,
from warehouse.injury
inner join at_work using (program_id)
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_program by name
select
    program.*,
    at_work.load_id as replaced_by,
from warehouse.program
inner join at_work using (program_id);

insert into warehouse.past_program_change by name
select
    program_change.*,
    at_work.load_id as replaced_by,
from warehouse.program_change
inner join at_work using (program_id);

insert into warehouse.past_program_target by name
select
    program_target.*,
    at_work.load_id as replaced_by,
from warehouse.program_target
inner join at_work using (program_id);

insert into warehouse.past_program_hours by name
select
    program_hours.*,
    at_work.load_id as replaced_by,
from warehouse.program_hours
inner join at_work using (program_id);

-- With this load, the last ten can be undone.
create or replace temp table too_old as
select load_id,
from warehouse.load_log
where is_reversible
order by load_id desc
offset 9;

update warehouse.load_log set is_reversible = false where load_id in (select load_id from too_old);
delete from warehouse.past_incident where replaced_by in (select load_id from too_old);
delete from warehouse.past_unit_response where replaced_by in (select load_id from too_old);
delete from warehouse.past_injury where replaced_by in (select load_id from too_old);
delete from warehouse.past_program where replaced_by in (select load_id from too_old);
delete from warehouse.past_program_change where replaced_by in (select load_id from too_old);
delete from warehouse.past_program_target where replaced_by in (select load_id from too_old);
delete from warehouse.past_program_hours where replaced_by in (select load_id from too_old);
