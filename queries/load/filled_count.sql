-- @name    filled_count
-- @title   On how many kept rows each field is filled, at least 1 where no row could be
-- @column  acuity BIGINT rows, as of every column that follows
-- @note    why police were asked for is asked where they were; what became of an offer where there was one

select
    count(queued_at) as queued_at,
    count(dispatched_at) as dispatched_at,
    count(en_route_at) as en_route_at,
    count(arrived_at) as arrived_at,
    count(contact_at) as contact_at,
    count(cleared_at) as cleared_at,
    count(priority_code) as priority_code,
    count(acuity) as acuity,
    count(area_id) as area_id,
    count(gender) as gender,
    count(race_ethnicity) as race_ethnicity,
    count(age_band) as age_band,
    count(person_token) as person_token,
    count(nullif(call_origin, 'not_recorded')) as call_origin,
    count(nullif(not_reached_reason, 'not_recorded')) as not_reached_reason,
    count(nullif(contact_result, 'not_recorded')) as contact_result,
    count(nullif(disposition, 'not_recorded')) as disposition,
    count(nullif(transport_to, 'not_recorded')) as transport_to,
    count(nullif(police_involvement, 'not_recorded')) as police_involvement,
    case
        when count(*) filter (where police_involvement = 'requested_by_team') = 0 then 1
        else count(nullif(police_request_reason, 'not_recorded'))
    end as police_request_reason,
    count(is_community_dispatched) as is_community_dispatched,
    count(has_arrest) as has_arrest,
    count(has_involuntary_hold) as has_involuntary_hold,
    count(has_force) as has_force,
    count(has_transport) as has_transport,
    count(has_emergency_department) as has_emergency_department,
    count(has_referral_offered) as has_referral_offered,
    case
        when count(*) filter (where has_referral_offered) = 0 then 1
        else count(has_referral_accepted)
    end as has_referral_accepted,
    case
        when count(*) filter (where has_referral_accepted) = 0 then 1
        else count(has_service_connected)
    end as has_service_connected,
    count(is_injury_recorded) as is_injury_recorded,
    count(is_eligible) as is_eligible,
from kept_row
