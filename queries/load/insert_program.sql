-- @name  insert_program
-- @title Keep what the profile says of the program
-- @param program_id
-- @param program_name
-- @param city
-- @param state
-- @param time_zone
-- @param data_owner
-- @param data_kind
-- @param record_grain
-- @param log_holds
-- @param all_rows_reached
-- @param records_police_units
-- @param has_ids
-- @param keeps_zero_intervals
-- @param longest_interval_min
-- @param recorded_fields
-- @param profile_digest

insert into warehouse.program by name
select
    $program_id as program_id,
    $program_name as program_name,
    $city as city,
    $state as state,
    $time_zone as time_zone,
    $data_owner as data_owner,
    $data_kind as data_kind,
    $record_grain as record_grain,
    $log_holds as log_holds,
    $all_rows_reached as all_rows_reached,
    $records_police_units as records_police_units,
    $has_ids as has_ids,
    $keeps_zero_intervals as keeps_zero_intervals,
    $longest_interval_min as longest_interval_min,
    $recorded_fields as recorded_fields,
    $profile_digest as profile_digest,
