-- @name  insert_program_target
-- @title Keep one target of the program
-- @param program_id
-- @param target_min
-- @param priority_codes
-- @param since_date

insert into warehouse.program_target by name
select
    $program_id as program_id,
    $target_min as target_min,
    $priority_codes as priority_codes,
    $since_date as since_date,
