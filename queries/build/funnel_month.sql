-- @name   funnel_month
-- @title  Every eligible call once, by how far it came and where it left
-- @grain  one row per program, month, call type, last stage, exit and police presence
-- @source incident_fact
-- @note   an eligible call is reached or has a named reason; parts add up to incident_count_month.eligible_count

select
    program_id,
    month,
    call_type,
    case
        when is_response is null then 'reach_not_recorded'
        when is_contact then 'contact'
        when is_response then 'response'
        when is_dispatched then 'dispatched'
        else 'eligible'
    end as last_stage,
    case
        when is_response is null or is_contact then null
        when is_response then contact_result
        when not_reached_reason <> 'not_recorded' then not_reached_reason
        when is_dispatched and contact_result = 'cancelled' then 'cancelled_before_arrival'
        else 'not_recorded'
    end as exit_reason,
    case
        when not is_response then null
        when is_police_present then 'police_present'
        when not is_police_present then 'without_police'
        else 'not_recorded'
    end as police_presence,
    count(*) as call_count,
from incident_fact
where is_eligible_call
group by program_id, month, call_type, last_stage, exit_reason, police_presence
order by program_id, month, call_type, last_stage, exit_reason, police_presence
