-- @name     programs_in_month
-- @title    Every program of the registry, with whether it is counted and whether it was active in a month
-- @grain    one row per program
-- @source   programs
-- @source   states
-- @param    program_types VARCHAR[] which kinds of program are counted
-- @param    has_pilots BOOLEAN whether pilots are counted
-- @param    has_unverified BOOLEAN whether rows whose source was not read are counted
-- @param    month DATE the month, as its first day
-- @column   program_id VARCHAR - id in the registry
-- @column   program_name VARCHAR - as the program calls itself
-- @column   city VARCHAR - city, county or area
-- @column   state VARCHAR - two letters
-- @column   state_name VARCHAR - in full
-- @column   program_type VARCHAR - community_responder, co_response, mobile_crisis ...
-- @column   first_response VARCHAR - YYYY-MM, YYYY, or empty where it is not known
-- @column   first_response_precision VARCHAR - month, year or unknown
-- @column   end_date VARCHAR - YYYY-MM or YYYY; empty while it runs
-- @column   is_pilot VARCHAR - yes, no or not_recorded
-- @column   team VARCHAR - who is on the team
-- @column   dispatch VARCHAR - which line sends it
-- @column   call_types VARCHAR - as the source names them
-- @column   hours VARCHAR - as the source names them
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where
-- @column   source_year BIGINT - when
-- @column   confidence VARCHAR - sourced or unverified
-- @column   doubt VARCHAR - what of its dates the row itself puts in doubt
-- @column   notes VARCHAR - conflicts between sources, and more
-- @column   is_counted BOOLEAN - whether the counting rule lets it in
-- @column   has_started BOOLEAN - whether its first response surely lies in or before the month; null where not known
-- @column   is_active BOOLEAN - whether it had started and had not ended; null where its start is not known

select
    program_id,
    program_name,
    city,
    programs.state,
    state_name,
    program_type,
    first_response,
    first_response_precision,
    end_date,
    is_pilot,
    team,
    dispatch,
    call_types,
    hours,
    programs.source_title,
    programs.source_url,
    source_year,
    confidence,
    doubt,
    notes,
    list_contains($program_types, program_type)
        and ($has_pilots or is_pilot <> 'yes')
        and ($has_unverified or confidence = 'sourced') as is_counted,
    start_latest <= $month as has_started,
    start_latest <= $month and (end_earliest is null or $month <= end_earliest) as is_active,
from programs
inner join states
    on states.state = programs.state
order by programs.state, city, program_name
