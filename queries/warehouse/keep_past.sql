-- @name  keep_past
-- @title Set aside what a load takes out or writes over, so that the load can be undone; take it out; forget what is too old

create or replace temp macro set_aside(table_name) as table
    select
        stored.*,
        at_work.load_id as replaced_by,
    from query_table(table_name) as stored
    inner join at_work using (program_id);

insert into warehouse.past_incident by name
from set_aside('warehouse.incident')
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_unit_response by name
from set_aside('warehouse.unit_response')
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_injury by name
from set_aside('warehouse.injury')
where incident_id in (select incident_id from outgoing);

insert into warehouse.past_program by name
from set_aside('warehouse.program');

insert into warehouse.past_program_change by name
from set_aside('warehouse.program_change');

insert into warehouse.past_program_target by name
from set_aside('warehouse.program_target');

insert into warehouse.past_program_hours by name
from set_aside('warehouse.program_hours');

delete from warehouse.incident
where program_id = (select program_id from at_work)
    and incident_id in (select incident_id from outgoing);

delete from warehouse.unit_response
where program_id = (select program_id from at_work)
    and incident_id in (select incident_id from outgoing);

delete from warehouse.injury
where program_id = (select program_id from at_work)
    and incident_id in (select incident_id from outgoing);

delete from warehouse.program where program_id = (select program_id from at_work);
delete from warehouse.program_change where program_id = (select program_id from at_work);
delete from warehouse.program_target where program_id = (select program_id from at_work);
delete from warehouse.program_hours where program_id = (select program_id from at_work);

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
