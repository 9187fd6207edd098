-- @name   exact_repeat
-- @title  Incidents of logs without ids that equal another one in everything that is stored
-- @grain  one row per program whose log has no ids
-- @source incident
-- @source program
-- @note   they are kept: without an id nobody can tell a repeat from two people served alike

select
    incident.program_id,
    count(*) - count(distinct row_hash) as repeat_count,
from part.incident
inner join part.program using (program_id)
where not has_ids
group by incident.program_id
order by incident.program_id
