-- @name   transport_month
-- @title  Transports by where the person was taken
-- @grain  one row per program, month, call type and place
-- @source incident_fact

select
    program_id,
    month,
    call_type,
    transport_place as place,
    count(*) as transport_count,
from incident_fact
where has_transport
group by program_id, month, call_type, place
order by program_id, month, call_type, place
