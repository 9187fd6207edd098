-- @name  schema
-- @title The contract tables as the warehouse keeps them; missing means null, never a default

create table if not exists program (
    program_id varchar not null,
    program_name varchar not null,
    city varchar not null,
    state varchar not null,
    time_zone varchar not null,
    data_owner varchar not null,
    data_kind varchar not null,             -- real or made_up
    record_grain varchar not null,          -- call, dispatch or person
    log_holds varchar not null,             -- all_calls, eligible_calls, program_work or other_work
    all_rows_reached boolean not null,      -- the log holds only calls or people that were served
    records_police_units boolean not null,  -- a call without a police unit in this log had no police
    has_ids boolean not null,               -- the export has an id of its own for each row
    keeps_zero_intervals boolean not null,
    longest_interval_min double not null,
    recorded_fields varchar[] not null,     -- contract fields that the profile fills
    profile_digest varchar not null,
    possible_answers varchar[],             -- what closed lists can say, as field=word; null: from before it was kept
);

alter table program add column if not exists possible_answers varchar[];

alter table program add column if not exists date_precision varchar; -- year, month, day or minute; null: from before it was kept

-- What the program's figures are to be; null: from before it was kept. A part of the program, for nothing else asks for a
-- goal before it is shown.
alter table program add column if not exists goals struct(
    metric_key varchar,
    direction varchar,
    value double,
    unit varchar,
    set_by varchar,
    since_date date
)[];

create table if not exists program_change (
    program_id varchar not null,
    change_date date not null,
    change_kind varchar not null,
    change_label varchar not null,
);

-- The program's own targets for the time from received to arrived.
create table if not exists program_target (
    program_id varchar not null,
    target_min double not null,
    priority_codes varchar[],               -- null for every priority
    since_date date,                        -- null for always
);

-- The hours in which the program's team works.
create table if not exists program_hours (
    program_id varchar not null,
    weekdays integer[] not null,            -- days on which the block begins, 1 (Monday) to 7
    from_minute integer not null,           -- minutes after midnight
    to_minute integer not null,             -- over 1440 where the block runs past midnight
    since_date date,                        -- null for always
    until_date date,                        -- this day included; null for no end
);

-- No primary key: it would cost many times the size; the loader removes repeats before it inserts.
create table if not exists incident (
    program_id varchar not null,
    incident_id varchar not null,
    record_grain varchar not null,
    received_date date,                     -- kept where the time of day was not entered
    received_at timestamp,                  -- local wall time, as all times here
    queued_at timestamp,
    dispatched_at timestamp,                -- the community team's, as all that follow
    en_route_at timestamp,
    arrived_at timestamp,
    contact_at timestamp,
    cleared_at timestamp,
    call_origin varchar not null,
    initial_call_type_code varchar,
    final_call_type_code varchar,
    reason_codes varchar[],                 -- every reason as written, where the log has several columns of them
    call_type varchar not null,
    priority_code varchar,
    acuity varchar,
    area_id varchar,
    is_eligible boolean,
    is_community_dispatched boolean,
    not_reached_reason varchar not null,
    contact_result varchar not null,
    police_involvement varchar not null,
    police_request_reason varchar not null,
    police_unit_arrived boolean,            -- null where the log does not list police units
    has_arrest boolean,
    has_involuntary_hold boolean,
    has_force boolean,
    has_transport boolean,
    has_emergency_department boolean,
    has_referral_offered boolean,
    has_referral_accepted boolean,
    has_service_connected boolean,
    is_injury_recorded boolean,
    age_band varchar,
    gender varchar,
    race_ethnicity varchar,
    person_token varchar,                   -- HMAC of the person's id; the secret is kept elsewhere
    row_count integer not null,             -- rows of the export behind this incident
    -- Digests have nothing in common that could be compressed; to look for it takes a tenth of the writing.
    row_hash varchar not null using compression uncompressed,
    load_id integer not null,
);

-- A warehouse from before has its incidents without these.
alter table incident add column if not exists reason_codes varchar[];

alter table incident add column if not exists person_token varchar;

alter table incident add column if not exists disposition varchar;   -- null: from before it was read

alter table incident add column if not exists transport_to varchar;

create table if not exists unit_response (
    program_id varchar not null,
    incident_id varchar not null,
    unit_id varchar,
    responder_type varchar not null,
    dispatched_at timestamp,
    en_route_at timestamp,
    arrived_at timestamp,
    cleared_at timestamp,
);

create table if not exists injury (
    program_id varchar not null,
    incident_id varchar not null,
    injured_role varchar not null,
    severity varchar not null,
);

create table if not exists load_log (
    load_id integer not null,
    program_id varchar not null,
    loaded_at timestamp not null,           -- UTC
    file_names varchar[] not null,
    file_digests varchar[] not null,
    profile_digest varchar not null,
    rows_read bigint not null,
    loaded bigint not null,
    filtered bigint not null,
    rejected bigint not null,
    unchanged bigint not null,
);

create table if not exists load_reason (
    load_id integer not null,
    program_id varchar not null,
    outcome varchar not null,               -- filtered or rejected
    reason varchar not null,
    row_count bigint not null,
);

create table if not exists rejected_row (
    load_id integer not null,
    program_id varchar not null,
    source_file varchar not null,
    source_row bigint not null,
    field varchar,
    value varchar,
    rule varchar not null,
);

-- What the loader did not understand, by field and value, with how many rows had it.
create table if not exists finding (
    load_id integer not null,
    program_id varchar not null,
    rule varchar not null,
    field varchar not null,
    value varchar,
    row_count bigint not null,
);

-- Added since the first version, so that an older warehouse is not refused.
alter table load_log add column if not exists removed bigint;        -- stored incidents that it took out
alter table load_log add column if not exists is_reversible boolean; -- what it replaced is kept below
-- What the profile that read it could say; null: from before it was kept by load, and the program's then counts.
alter table load_log add column if not exists log_holds varchar;
alter table load_log add column if not exists recorded_fields varchar[];
alter table load_log add column if not exists possible_answers varchar[];

-- What the last loads took out or wrote over, by the number of the load that did, so that they can be undone.
create or replace temp macro empty_past(table_name) as table
    select
        *,
        0 as replaced_by,
    from query_table(table_name)
    where false;

create table if not exists past_incident as from empty_past('incident');

-- Set aside by a warehouse from before these were known.
alter table past_incident add column if not exists reason_codes varchar[];

alter table past_incident add column if not exists person_token varchar;

alter table past_incident add column if not exists disposition varchar;

alter table past_incident add column if not exists transport_to varchar;

create table if not exists past_unit_response as from empty_past('unit_response');
create table if not exists past_injury as from empty_past('injury');
create table if not exists past_program as from empty_past('program');

alter table past_program add column if not exists possible_answers varchar[];

alter table past_program add column if not exists date_precision varchar;

alter table past_program add column if not exists goals struct(
    metric_key varchar,
    direction varchar,
    value double,
    unit varchar,
    set_by varchar,
    since_date date
)[];

create table if not exists past_program_change as from empty_past('program_change');
create table if not exists past_program_target as from empty_past('program_target');
create table if not exists past_program_hours as from empty_past('program_hours');

-- Loads that a rollback undid. Their numbers, and those of the rollbacks, are never used again.
create table if not exists undone_load as
select
    *,
    0 as undone_by,
    now()::timestamp as undone_at,
from load_log
where false;

alter table undone_load add column if not exists log_holds varchar;
alter table undone_load add column if not exists recorded_fields varchar[];
alter table undone_load add column if not exists possible_answers varchar[];
