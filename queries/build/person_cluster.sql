-- @name   person_cluster
-- @title  How alike the cases of one person are: the sums that the variance of a share needs with persons as clusters
-- @grain  one row per program whose log tells persons, and metric that counts over responses, dispatches or contacts
-- @source incident_fact
-- @source incident
-- @source contact_fact
-- @note   a case without a person is a cluster of its own
-- @note   cases and events are those of each metric: a test holds them against its denominator and numerator
-- @note   who it was is used here and goes no further: the page table holds counts

with told as (
    select
        incident_fact.*,
        incident.person_token,
    from incident_fact
    inner join part.incident using (program_id, incident_id)
    where program_id in (
            select program_id
            from incident_fact
            where log_has_persons
        )
),

-- A person's cases together; all without a person in one row, each of them a cluster of its own.
person as (
    select
        program_id,
        person_token is not null as is_known,
        [
            {
                'metric_key': 'contact_share',
                'cases': count(*) filter (where is_contact is not null),
                'events': count(*) filter (where is_contact)
            },
            {
                'metric_key': 'without_police_share',
                'cases': count(*) filter (where is_response and is_police_present is not null),
                'events': count(*) filter (where is_response and not is_police_present)
            },
            {
                'metric_key': 'safety_escalation_rate',
                'cases': count(*) filter (where is_police_involvement_recorded and log_has_request_reasons),
                'events': count(*)
                    filter (where is_police_requested and police_request_reason in ('safety_emergency', 'safety_routine'))
            },
            {
                'metric_key': 'emergency_backup_rate',
                'cases': count(*) filter (where is_police_involvement_recorded and log_has_request_reasons),
                'events': count(*) filter (where is_police_requested and police_request_reason = 'safety_emergency')
            },
            {
                'metric_key': 'police_request_rate',
                'cases': count(*) filter (where is_police_involvement_recorded),
                'events': count(*) filter (where is_police_requested)
            },
            {
                'metric_key': 'police_already_there_share',
                'cases': count(*) filter (where is_police_involvement_recorded),
                'events': count(*) filter (where is_police_already_there)
            },
            {
                'metric_key': 'safety_disengagement_rate',
                'cases': count(*) filter (where is_disengaged_for_safety is not null),
                'events': count(*) filter (where is_disengaged_for_safety)
            },
            {
                'metric_key': 'arrest_rate',
                'cases': count(*) filter (where is_response and has_arrest is not null),
                'events': count(*) filter (where has_arrest)
            },
            {
                'metric_key': 'arrest_dispatch_share',
                'cases': count(*) filter (where is_dispatched and has_dispatch_arrest is not null),
                'events': count(*) filter (where has_dispatch_arrest)
            },
            {
                'metric_key': 'involuntary_hold_rate',
                'cases': count(*) filter (where is_response and has_involuntary_hold is not null),
                'events': count(*) filter (where has_involuntary_hold)
            },
            {
                'metric_key': 'force_rate',
                'cases': count(*) filter (where is_response and has_force is not null),
                'events': count(*) filter (where has_force)
            },
            {
                'metric_key': 'emergency_department_share',
                'cases': count(*) filter (where is_response and has_emergency_department is not null),
                'events': count(*) filter (where has_emergency_department)
            },
            {
                'metric_key': 'emergency_department_dispatch_share',
                'cases': count(*) filter (where is_dispatched and has_dispatch_emergency_department is not null),
                'events': count(*) filter (where has_dispatch_emergency_department)
            },
            {
                'metric_key': 'served_share',
                'cases': count(*) filter (where is_served is not null),
                'events': count(*) filter (where is_served)
            },
            {
                'metric_key': 'transport_share',
                'cases': count(*) filter (where is_response and has_transport is not null),
                'events': count(*) filter (where has_transport)
            },
            {
                'metric_key': 'referral_offered_share',
                'cases': count(*) filter (where is_contact and has_referral_offered is not null),
                'events': count(*) filter (where has_referral_offered)
            },
            {
                'metric_key': 'referral_accepted_share',
                'cases': count(*) filter (where has_referral_offered and has_referral_accepted is not null),
                'events': count(*) filter (where has_referral_accepted)
            },
            {
                'metric_key': 'service_connected_share',
                'cases': count(*) filter (where has_referral_accepted and has_service_connected is not null),
                'events': count(*) filter (where has_service_connected)
            }
        ] as shares,
    from told
    group by program_id, person_token

    union all

    select
        program_id,
        person_token is not null as is_known,
        [
            {
                'metric_key': 'repeat_contact_7_share',
                'cases': count(*) filter (where is_counted and days_seen >= 7),
                'events': count(*) filter (where is_counted and days_seen >= 7 and days_to_next <= 7)
            },
            {
                'metric_key': 'repeat_contact_30_share',
                'cases': count(*) filter (where is_counted and days_seen >= 30),
                'events': count(*) filter (where is_counted and days_seen >= 30 and days_to_next <= 30)
            },
            {
                'metric_key': 'repeat_contact_90_share',
                'cases': count(*) filter (where is_counted and days_seen >= 90),
                'events': count(*) filter (where is_counted and days_seen >= 90 and days_to_next <= 90)
            }
        ] as shares,
    from contact_fact
    group by program_id, person_token
),

person_share as (
    select
        program_id,
        is_known,
        unnest(shares, recursive := true),
    from person
)

select
    program_id,
    metric_key,
    sum(case when is_known then 1 else cases end)::bigint as person_count,
    count(*) filter (where is_known and cases > 1) as met_again_count,
    sum(cases)::bigint as case_count,
    sum(events)::bigint as event_count,
    sum(events * case when is_known then events else 1 end)::bigint as event_square_sum,
    sum(events * case when is_known then cases else 1 end)::bigint as event_case_sum,
    sum(cases * case when is_known then cases else 1 end)::bigint as case_square_sum,
from person_share
where cases > 0
group by program_id, metric_key
order by program_id, metric_key
