-- @name  undo_load
-- @title Put back what the last load took out or wrote over, and take out what it brought

create or replace temp view brought as
select
    incident.program_id,
    incident_id,
from warehouse.incident
inner join at_work using (program_id, load_id);

delete from warehouse.unit_response where (program_id, incident_id) in (from brought);
delete from warehouse.injury where (program_id, incident_id) in (from brought);
delete from warehouse.incident where load_id = (select load_id from at_work);
delete from warehouse.program where program_id = (select program_id from at_work);
delete from warehouse.program_change where program_id = (select program_id from at_work);
delete from warehouse.program_target where program_id = (select program_id from at_work);
delete from warehouse.program_hours where program_id = (select program_id from at_work);

create or replace temp macro put_back(table_name) as table
    select * exclude (replaced_by)
    from query_table(table_name)
    where replaced_by = (select load_id from at_work);

insert into warehouse.incident by name from put_back('warehouse.past_incident');
insert into warehouse.unit_response by name from put_back('warehouse.past_unit_response');
insert into warehouse.injury by name from put_back('warehouse.past_injury');
insert into warehouse.program by name from put_back('warehouse.past_program');
insert into warehouse.program_change by name from put_back('warehouse.past_program_change');
insert into warehouse.program_target by name from put_back('warehouse.past_program_target');
insert into warehouse.program_hours by name from put_back('warehouse.past_program_hours');

delete from warehouse.past_incident where replaced_by = (select load_id from at_work);
delete from warehouse.past_unit_response where replaced_by = (select load_id from at_work);
delete from warehouse.past_injury where replaced_by = (select load_id from at_work);
delete from warehouse.past_program where replaced_by = (select load_id from at_work);
delete from warehouse.past_program_change where replaced_by = (select load_id from at_work);
delete from warehouse.past_program_target where replaced_by = (select load_id from at_work);
delete from warehouse.past_program_hours where replaced_by = (select load_id from at_work);
delete from warehouse.load_reason where load_id = (select load_id from at_work);
delete from warehouse.finding where load_id = (select load_id from at_work);
delete from warehouse.rejected_row where load_id = (select load_id from at_work);
delete from warehouse.load_log where load_id = (select load_id from at_work);
