-- @name     police_sent_assumptions
-- @title    How likely police would have been sent, by call type, with sources
-- @grain    one row per call type
-- @source   police_sent_assumption
-- @column   call_type VARCHAR - as published
-- @column   low_share DOUBLE - as published
-- @column   base_share DOUBLE - as published
-- @column   high_share DOUBLE - as published
-- @column   source VARCHAR - as published

from police_sent_assumption
order by call_type
