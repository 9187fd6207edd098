-- @name     program_events
-- @title    Expansions, changes of model, funding, pauses and closures of the programs
-- @grain    one row per event
-- @source   program_events
-- @source   programs
-- @column   program_id VARCHAR - id in the registry
-- @column   program_name VARCHAR - as the program calls itself
-- @column   city VARCHAR - city, county or area
-- @column   state VARCHAR - two letters
-- @column   program_type VARCHAR - community_responder, co_response, mobile_crisis ...
-- @column   event_date VARCHAR - YYYY-MM or YYYY
-- @column   event_latest DATE - last month that the date can mean
-- @column   event_kind VARCHAR - expansion, model_change, funding, pause or closure
-- @column   event_words VARCHAR - what happened, in one sentence
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where

select
    program_events.program_id,
    program_name,
    city,
    state,
    program_type,
    event_date,
    event_latest,
    event_kind,
    event_words,
    program_events.source_title,
    program_events.source_url,
from program_events
inner join programs
    on programs.program_id = program_events.program_id
order by event_latest, program_events.program_id, event_id
