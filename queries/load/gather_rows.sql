-- @name    gather_rows
-- @title   The kept rows of a log with one row per incident: they need no gathering, and no second copy in memory
-- @creates gathered

create or replace temp view gathered as
select
    * replace (
        nullif(call_origin, 'not_recorded') as call_origin,
        nullif(not_reached_reason, 'not_recorded') as not_reached_reason,
        nullif(contact_result, 'not_recorded') as contact_result,
        nullif(disposition, 'not_recorded') as disposition,
        nullif(transport_to, 'not_recorded') as transport_to,
        nullif(police_involvement, 'not_recorded') as police_involvement,
        nullif(police_request_reason, 'not_recorded') as police_request_reason
    ),
    0 as police_unit_count,
    null::timestamp as police_arrived_at,
    false as police_times_unknown,
    false as names_units,
    false as has_co_response,
    1 as row_count,
from kept_row
