-- @name     seed_claims
-- @title    The sentences that are quoted most, each with what stands behind it and what does not
-- @grain    one row per sentence
-- @source   seed_claims
-- @column   claim_id VARCHAR - id of the claim
-- @column   claim VARCHAR - the sentence
-- @column   in_short VARCHAR - the same in a few words
-- @column   claimed DOUBLE - the number that it gives; empty where it gives none
-- @column   claimed_bound VARCHAR - exact, about, more_than and so on
-- @column   claimed_unit VARCHAR - what that is a number of
-- @column   why VARCHAR - why the registry has another number, or none
-- @column   wording VARCHAR - quoted: word for word as in the source; in_short: only what stands in quotation marks is
-- @column   check VARCHAR - which check answers it
-- @column   what_stands_behind_it VARCHAR - in one or two sentences
-- @column   what_does_not VARCHAR - in one or two sentences
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where

from seed_claims
order by claim_id
