-- @name     service_results_by_area
-- @title    Responses served, contacts, transports and referrals, by area
-- @grain    one row per program and area
-- @source   area_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   program_id VARCHAR - id of the program
-- @column   area_id VARCHAR - beat, district or neighbourhood as the agency names it
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

select
    program_id,
    area_id,
    sum(area_month.response_count)::bigint as response_count,
    sum(area_month.contact_count)::bigint as contact_count,
    sum(area_month.served_count)::bigint as served_count,
    sum(area_month.served_known_count)::bigint as served_known_count,
    sum(area_month.transport_recorded_count)::bigint as transport_recorded_count,
    sum(area_month.transport_count)::bigint as transport_count,
    sum(area_month.referral_offered_recorded_count)::bigint as referral_offered_recorded_count,
    sum(area_month.referral_offered_count)::bigint as referral_offered_count,
    sum(area_month.referral_accepted_recorded_count)::bigint as referral_accepted_recorded_count,
    sum(area_month.referral_accepted_count)::bigint as referral_accepted_count,
    sum(area_month.service_connected_recorded_count)::bigint as service_connected_recorded_count,
    sum(area_month.service_connected_count)::bigint as service_connected_count,
from area_month
where ($program_ids is null or list_contains($program_ids, area_month.program_id))
    and ($call_types is null or list_contains($call_types, area_month.call_type))
    and ($first_month is null or area_month.month >= $first_month)
    and ($month_after is null or area_month.month < $month_after)
group by program_id, area_id
order by program_id, area_id
