-- @name     changes_since_load_before
-- @title    How often each word stands in what the last load brought, and in the year before it
-- @grain    one row per field and value; none where the last load brought no new days
-- @source   load_change
-- @param    program_id VARCHAR whose log it is
-- @column   field VARCHAR - record, or a field whose words are watched
-- @column   value VARCHAR - the word
-- @column   before_count BIGINT incidents
-- @column   after_count BIGINT incidents
-- @column   before_days BIGINT - days from the first to the last of them
-- @column   after_days BIGINT - days from the first to the last of them
-- @column   first_day DATE - first day of the incidents with it after, or before where it is gone
-- @column   last_day DATE - last day of the same

select * exclude (program_id)
from load_change
where program_id = $program_id
order by field, value
