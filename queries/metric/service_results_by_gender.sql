-- @name     service_results_by_gender
-- @title    Contacts, transports and referrals accepted, by gender
-- @grain    one row per gender
-- @source   outcome_group_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   gender VARCHAR - as the agency writes it, or not_recorded
-- @column   response_count BIGINT incidents
-- @column   contact_count BIGINT contacts
-- @column   transport_recorded_count BIGINT incidents
-- @column   transport_count BIGINT incidents
-- @column   referral_offered_count BIGINT contacts
-- @column   referral_accepted_recorded_count BIGINT contacts with an offer
-- @column   referral_accepted_count BIGINT contacts
-- @count    response_count
-- @count    contact_count
-- @count    transport_recorded_count
-- @count    transport_count
-- @count    referral_offered_count
-- @count    referral_accepted_recorded_count
-- @count    referral_accepted_count

select
    group_name as gender,
    sum(outcome_group_month.response_count)::bigint as response_count,
    sum(outcome_group_month.contact_count)::bigint as contact_count,
    sum(outcome_group_month.transport_recorded_count)::bigint as transport_recorded_count,
    sum(outcome_group_month.transport_count)::bigint as transport_count,
    sum(outcome_group_month.referral_offered_count)::bigint as referral_offered_count,
    sum(outcome_group_month.referral_accepted_recorded_count)::bigint as referral_accepted_recorded_count,
    sum(outcome_group_month.referral_accepted_count)::bigint as referral_accepted_count,
from outcome_group_month
where ($program_ids is null or list_contains($program_ids, outcome_group_month.program_id))
    and ($call_types is null or list_contains($call_types, outcome_group_month.call_type))
    and ($first_month is null or outcome_group_month.month >= $first_month)
    and ($month_after is null or outcome_group_month.month < $month_after)
    and outcome_group_month.group_kind = 'gender'
group by gender
order by gender = 'not_recorded', gender
