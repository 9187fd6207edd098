-- @name     diversions_by_program
-- @title    Responses without police, by each definition of diverted, by program
-- @grain    one row per program
-- @source   incident_month
-- @source   police_sent_assumption
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   program_id VARCHAR - the program
-- @column   response_count BIGINT incidents
-- @column   police_presence_recorded_count BIGINT incidents
-- @column   without_police_count BIGINT incidents
-- @column   diverted_strict_count BIGINT incidents
-- @column   diverted_strict_unknown_count BIGINT incidents
-- @column   diverted_broad_count BIGINT incidents
-- @column   diverted_broad_unknown_count BIGINT incidents
-- @column   public_call_count BIGINT incidents
-- @column   eligible_count BIGINT incidents
-- @column   net_diverted_low DOUBLE strict diverted calls times the low assumption that police would have been sent
-- @column   net_diverted_base DOUBLE strict diverted calls times the base assumption that police would have been sent
-- @column   net_diverted_high DOUBLE strict diverted calls times the high assumption that police would have been sent
-- @count    response_count
-- @count    police_presence_recorded_count
-- @count    without_police_count
-- @count    diverted_strict_count
-- @count    diverted_strict_unknown_count
-- @count    diverted_broad_count
-- @count    diverted_broad_unknown_count
-- @count    public_call_count
-- @count    eligible_count

select
    program_id,
    sum(incident_month.response_count)::bigint as response_count,
    sum(incident_month.police_presence_recorded_count)::bigint as police_presence_recorded_count,
    sum(incident_month.without_police_count)::bigint as without_police_count,
    sum(incident_month.diverted_strict_count)::bigint as diverted_strict_count,
    sum(incident_month.diverted_strict_unknown_count)::bigint as diverted_strict_unknown_count,
    sum(incident_month.diverted_broad_count)::bigint as diverted_broad_count,
    sum(incident_month.diverted_broad_unknown_count)::bigint as diverted_broad_unknown_count,
    sum(incident_month.public_call_count)::bigint as public_call_count,
    sum(incident_month.eligible_count)::bigint as eligible_count,
    sum(incident_month.diverted_strict_count * police_sent_assumption.low_share) as net_diverted_low,
    sum(incident_month.diverted_strict_count * police_sent_assumption.base_share) as net_diverted_base,
    sum(incident_month.diverted_strict_count * police_sent_assumption.high_share) as net_diverted_high,
from incident_month
inner join police_sent_assumption using (call_type)
where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
    and ($call_types is null or list_contains($call_types, incident_month.call_type))
    and ($first_month is null or incident_month.month >= $first_month)
    and ($month_after is null or incident_month.month < $month_after)
group by program_id
order by program_id
