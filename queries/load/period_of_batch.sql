-- @name    period_of_batch
-- @title   First and last day of the batch and of what the warehouse holds of the program
-- @param   program_id VARCHAR whose log it is
-- @column  batch_first DATE - first day in the batch
-- @column  batch_last DATE - last day in the batch
-- @column  stored_first DATE - first day in the warehouse, null where it holds nothing
-- @column  stored_last DATE - last day in the warehouse

select
    (select min(received_date) from batch_change) as batch_first,
    (select max(received_date) from batch_change) as batch_last,
    (select min(received_date) from warehouse.incident where program_id = $program_id) as stored_first,
    (select max(received_date) from warehouse.incident where program_id = $program_id) as stored_last,
