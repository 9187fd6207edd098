-- @name     service_results_by_period
-- @title    Responses served, contacts, transports and referrals, by month, quarter or year
-- @grain    one row per period
-- @source   incident_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @param    period VARCHAR month, quarter or year
-- @column   period_start DATE - first day of the month, quarter or year; null where the log gives no date
-- @column   response_count BIGINT incidents
-- @column   contact_count BIGINT contacts
-- @column   served_count BIGINT incidents
-- @column   served_known_count BIGINT incidents
-- @column   transport_recorded_count BIGINT incidents
-- @column   transport_count BIGINT incidents
-- @column   referral_offered_recorded_count BIGINT contacts
-- @column   referral_offered_count BIGINT contacts
-- @column   referral_accepted_recorded_count BIGINT contacts with an offer
-- @column   referral_accepted_count BIGINT contacts
-- @column   service_connected_recorded_count BIGINT contacts with an accepted referral
-- @column   service_connected_count BIGINT contacts
-- @count    response_count
-- @count    contact_count
-- @count    served_count
-- @count    served_known_count
-- @count    transport_recorded_count
-- @count    transport_count
-- @count    referral_offered_recorded_count
-- @count    referral_offered_count
-- @count    referral_accepted_recorded_count
-- @count    referral_accepted_count
-- @count    service_connected_recorded_count
-- @count    service_connected_count
-- @note     the first and the last period may be partial; a month without records has no row

select
    date_trunc($period, month)::date as period_start,
    sum(incident_month.response_count)::bigint as response_count,
    sum(incident_month.contact_count)::bigint as contact_count,
    sum(incident_month.served_count)::bigint as served_count,
    sum(incident_month.served_known_count)::bigint as served_known_count,
    sum(incident_month.transport_recorded_count)::bigint as transport_recorded_count,
    sum(incident_month.transport_count)::bigint as transport_count,
    sum(incident_month.referral_offered_recorded_count)::bigint as referral_offered_recorded_count,
    sum(incident_month.referral_offered_count)::bigint as referral_offered_count,
    sum(incident_month.referral_accepted_recorded_count)::bigint as referral_accepted_recorded_count,
    sum(incident_month.referral_accepted_count)::bigint as referral_accepted_count,
    sum(incident_month.service_connected_recorded_count)::bigint as service_connected_recorded_count,
    sum(incident_month.service_connected_count)::bigint as service_connected_count,
from incident_month
where ($program_ids is null or list_contains($program_ids, incident_month.program_id))
    and ($call_types is null or list_contains($call_types, incident_month.call_type))
    and ($first_month is null or incident_month.month >= $first_month)
    and ($month_after is null or incident_month.month < $month_after)
group by period_start
order by period_start
