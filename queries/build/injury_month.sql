-- @name   injury_month
-- @title  Injured people, by role and severity
-- @grain  one row per program, month, call type, role and severity
-- @source injury
-- @source incident_fact
-- @note   every injury in the log counts, also one on the way, where no arrival is recorded: nobody who was hurt is hidden
-- @note   rows that name another service as their responder are that service's

select
    program_id,
    incident_fact.month,
    incident_fact.call_type,
    injury.injured_role as role,
    injury.severity,
    count(*) as person_count,
from part.injury
inner join incident_fact using (program_id, incident_id)
where not is_other_service
group by program_id, month, call_type, role, injury.severity
order by program_id, month, call_type, role, injury.severity
