-- @name  insert_incident
-- @title Take in the incidents that are new or changed
-- @param replace_whole BOOLEAN  whether the program's earlier incidents were all taken out
-- @param load_id INTEGER        the load that brings them

insert into warehouse.incident by name
select
    incident_batch.*,
    $load_id as load_id,
from incident_batch
where $replace_whole
    or incident_id in (select incident_id from batch_change where change <> 'unchanged')
