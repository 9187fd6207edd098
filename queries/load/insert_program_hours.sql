-- @name  insert_program_hours
-- @title Keep one block of the program's hours
-- @param program_id
-- @param weekdays
-- @param from_minute
-- @param to_minute
-- @param since_date
-- @param until_date

insert into warehouse.program_hours by name
select
    $program_id as program_id,
    $weekdays as weekdays,
    $from_minute as from_minute,
    $to_minute as to_minute,
    $since_date as since_date,
    $until_date as until_date,
