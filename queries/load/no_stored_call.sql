-- @name    no_stored_call
-- @title   The stored calls where nothing is stored yet
-- @creates stored_call

create or replace temp view stored_call as
select
    null::varchar as incident_id,
    null::date as received_date,
where false
