-- @name     growth_claims
-- @title    Published counts of programs and states, each with what of the registry comes nearest
-- @grain    one row per published count
-- @source   growth_claims
-- @column   claim_id VARCHAR - id of the claim
-- @column   claim VARCHAR - as published
-- @column   year_published BIGINT - when
-- @column   as_of VARCHAR - YYYY-MM or YYYY that it speaks of
-- @column   count_programs BIGINT programs, cities or teams as the claim counts them
-- @column   count_states BIGINT states as the claim counts them
-- @column   count_bound VARCHAR - exact, about, at_least, at_most or not_recorded
-- @column   counted VARCHAR - what the claim counts, in words
-- @column   definition_note VARCHAR - what is known of its definition
-- @column   nearest VARCHAR - programs, states or none
-- @column   nearest_types VARCHAR - kinds of program counted for it, with ; between
-- @column   nearest_state VARCHAR - one state where the claim is about one
-- @column   nearest_latest DATE - month that the registry is counted at
-- @column   why_it_differs VARCHAR - the reason
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where

select * exclude (nearest_month, nearest_earliest)
from growth_claims
order by as_of desc, year_published desc, claim_id
