-- @name     programs
-- @title    The programs, what their logs record, and the days that they cover
-- @grain    one row per program
-- @source   program
-- @column   program_id VARCHAR - as published
-- @column   program_name VARCHAR - as published
-- @column   city VARCHAR - as published
-- @column   state VARCHAR - as published
-- @column   data_owner VARCHAR - as published
-- @column   data_kind VARCHAR - as published
-- @column   record_grain VARCHAR - as published
-- @column   log_holds VARCHAR - as published
-- @column   recorded_fields VARCHAR[] - as published
-- @column   possible_answers VARCHAR[] - as published
-- @column   date_precision VARCHAR - as published
-- @column   first_day DATE - as published
-- @column   last_day DATE - as published
-- @column   call_count BIGINT - as published
-- @column   undated_count BIGINT - as published
-- @column   loaded_at TIMESTAMP - as published
-- @column   file_names VARCHAR[] - as published

select
    program_id,
    program_name,
    city,
    state,
    data_owner,
    data_kind,
    record_grain,
    log_holds,
    recorded_fields,
    possible_answers,
    date_precision,
    first_day,
    last_day,
    call_count,
    undated_count,
    loaded_at,
    file_names,
from program
order by data_kind desc, program_name
