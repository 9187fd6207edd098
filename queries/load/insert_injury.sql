-- @name  insert_injury
-- @title Take in the injured people of the incidents that are new or changed, one row each
-- @param program_id VARCHAR  whose log it is

insert into warehouse.injury by name
with injured as (
    select
        incident_id,
        unnest(injuries) as entry,
    from kept_row
    anti join unchanged_incident using (incident_id)
    where len(list_filter(injuries, lambda entry: entry is not null)) > 0
),

-- A call whose units all repeat its injury has it once.
named as (
    select distinct
        incident_id,
        entry[1] as place,
        entry[2] as injured_role,
        entry[3] as severity,
    from injured
    where entry is not null
)

select
    $program_id as program_id,
    incident_id,
    injured_role,
    severity,
from named
