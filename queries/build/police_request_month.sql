-- @name   police_request_month
-- @title  The team's requests for police, by reason
-- @grain  one row per program, month, call type and reason
-- @source incident_fact

select
    program_id,
    month,
    call_type,
    police_request_reason as reason,
    count(*) as request_count,
from incident_fact
where is_police_requested
group by program_id, month, call_type, reason
order by program_id, month, call_type, reason
