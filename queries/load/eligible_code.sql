-- @name    eligible_code
-- @title   Codes of the agency's list that say whether the team may take the call; no row where the list is silent
-- @column  code VARCHAR - the agency's code

select code,
from call_type_list
where is_eligible is not null
order by code
limit 1
