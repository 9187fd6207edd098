-- @name    eligible_word
-- @title   What the agency's list says of call types: that the team may take some, may not take some; no row where it is silent
-- @column  word VARCHAR - yes or no

select distinct case when is_eligible then 'yes' else 'no' end as word,
from call_type_list
where is_eligible is not null
order by word
