-- @name  drop_part
-- @title Take the rows of some programs out of every page table, before their new rows come in

delete from area_spelling where program_id in (from part_program);
delete from incident_count_month where program_id in (from part_program);
delete from incident_day where program_id in (from part_program);
delete from coverage_month where program_id in (from part_program);
delete from funnel_month where program_id in (from part_program);
delete from eligible_hour_month where program_id in (from part_program);
delete from police_request_month where program_id in (from part_program);
delete from police_time_month where program_id in (from part_program);
delete from disposition_month where program_id in (from part_program);
delete from transport_month where program_id in (from part_program);
delete from contact_repeat_month where program_id in (from part_program);
delete from person_cluster where program_id in (from part_program);
delete from injury_month where program_id in (from part_program);
delete from rare_event_day where program_id in (from part_program);
delete from duration_count_month where program_id in (from part_program);
delete from target_month where program_id in (from part_program);
delete from program where program_id in (from part_program);
delete from program_change where program_id in (from part_program);
delete from program_target where program_id in (from part_program);
delete from program_hours where program_id in (from part_program);
delete from staffed_month where program_id in (from part_program);
delete from log_month where program_id in (from part_program);
delete from load_log where program_id in (from part_program);
delete from load_reason where program_id in (from part_program);
delete from quality_finding where program_id in (from part_program);
delete from completeness_month where program_id in (from part_program);
delete from interval_state where program_id in (from part_program);
delete from load_change where program_id in (from part_program);
delete from exact_repeat where program_id in (from part_program);
