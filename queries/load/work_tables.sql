-- @name    work_tables
-- @title   Where this load's rows are staged and its rejected ones gathered, and which rows came from which file
-- @creates staged_row
-- @creates complaint
-- @creates rejected_batch
-- @creates staged_file
-- @creates passed_line
-- @creates file_remark

create or replace temp table rejected_batch (
    file_number integer,
    source_file varchar,
    source_row bigint,
    field varchar,
    value varchar,
    rule varchar,
);

create or replace temp table staged_file (
    file_number integer,
    source_file varchar,
    header_row integer,    -- the line of the file that names the columns
    first_place bigint,    -- place of its first row among the rows of all files
    row_count bigint,
);

-- Lines that begin no row: blank ones, and those on which a value goes on.
create or replace temp table passed_line (
    file_number integer,
    line bigint,
);

create or replace temp table file_remark (
    remark varchar,
);

-- Each row of the files as fields of the contract, in the order in which staged_rows gives them.
create or replace temp table staged_row (
    incident_id varchar,
    unit_id varchar,
    priority_code varchar,
    acuity varchar,
    area_id varchar,
    gender varchar,
    race_ethnicity varchar,
    received_date date,                 -- kept where the time of day was not entered
    received_at timestamp,
    queued_at timestamp,
    dispatched_at timestamp,
    en_route_at timestamp,
    arrived_at timestamp,
    contact_at timestamp,
    cleared_at timestamp,
    call_origin varchar,
    not_reached_reason varchar,
    contact_result varchar,
    disposition varchar,
    transport_to varchar,
    police_involvement varchar,
    police_request_reason varchar,
    responder_type varchar,
    is_eligible boolean,
    is_community_dispatched boolean,
    has_arrest boolean,
    has_involuntary_hold boolean,
    has_force boolean,
    has_transport boolean,
    has_emergency_department boolean,
    has_referral_offered boolean,
    has_referral_accepted boolean,
    has_service_connected boolean,
    is_injury_recorded boolean,
    initial_call_type_code varchar,
    final_call_type_code varchar,
    reason_codes varchar[],
    age_band varchar,
    person_token varchar,
    injuries varchar[][],               -- one entry an injured person: place, role, severity
    units varchar[][],                  -- one entry a unit: id, responder type
    filter_reason varchar,              -- why the profile leaves the row out
    is_short boolean,                   -- a line that has fewer cells than the header
    repeat_key varchar,                 -- what rows that repeat each other have in common
    not_understood varchar[][],         -- entries: rule, field, value as written, how it is looked at
    row_hash varchar,                   -- digest of all that the profile fills
);

-- What was not understood, each once, with the value as it may be shown.
create or replace temp table complaint (
    rule varchar,          -- unreadable, not entered, out of range, unknown value or another
    field varchar,
    value varchar,         -- null where it looks private
    is_undated boolean,    -- whether the rows have no date
    row_count bigint,
);
