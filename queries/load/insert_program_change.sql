-- @name  insert_program_change
-- @title Keep one dated change of the program
-- @param program_id
-- @param change_date
-- @param change_kind
-- @param change_label

insert into warehouse.program_change by name
select
    $program_id as program_id,
    $change_date as change_date,
    $change_kind as change_kind,
    $change_label as change_label,
