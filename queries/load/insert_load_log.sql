-- @name  insert_load_log
-- @title Write the load log: a load that stands here is whole
-- @param load_id
-- @param program_id
-- @param loaded_at
-- @param file_names
-- @param file_digests
-- @param profile_digest
-- @param rows_read
-- @param loaded
-- @param filtered
-- @param rejected
-- @param unchanged
-- @param removed

insert into warehouse.load_log by name
select
    $load_id as load_id,
    $program_id as program_id,
    $loaded_at as loaded_at,
    $file_names as file_names,
    $file_digests as file_digests,
    $profile_digest as profile_digest,
    $rows_read as rows_read,
    $loaded as loaded,
    $filtered as filtered,
    $rejected as rejected,
    $unchanged as unchanged,
    $removed as removed,
    true as is_reversible,
