-- @name   disposition_month
-- @title  How responses ended, one disposition each, and where the answer comes from
-- @grain  one row per program, month, call type and disposition
-- @source incident_fact
-- @note   the counts add up to the responses

select
    program_id,
    month,
    call_type,
    disposition,
    count(*) as response_count,
    count(*) filter (where disposition_source = 'own') as own_word_count,
    count(*) filter (where disposition_source = 'worked_out') as worked_out_count,
    count(*) filter (where disposition_source = 'overruled') as overruled_count,
    count(*)
        filter (where is_served and contact_result in ('unable_to_locate', 'refused', 'cancelled', 'disengaged_for_safety'))
        as contradicting_count,
from incident_fact
where is_response
group by program_id, month, call_type, disposition
order by program_id, month, call_type, disposition
