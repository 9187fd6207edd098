-- @name   part_size
-- @title  How many incidents each program has: what a snapshot is built from, part by part
-- @column program_id VARCHAR which program
-- @column incident_count BIGINT stored incidents

select
    program.program_id,
    count(incident.program_id) as incident_count,
from warehouse.program
left join warehouse.incident using (program_id)
group by program.program_id
order by program.program_id
