-- @name  reject_judged_row
-- @title Gather the rows that broke a rule of ours

insert into rejected_batch by name
select
    source_file,
    source_row,
    'incident_id' as field,
    reason as rule,
from judged_row
where outcome = 'rejected'
