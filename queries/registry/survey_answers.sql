-- @name     survey_answers
-- @title    What chiefs and sheriffs answered, by question, so that no answer stands alone
-- @grain    one row per question and group asked
-- @source   survey_answers
-- @column   study_id VARCHAR - the survey
-- @column   question VARCHAR - what was asked
-- @column   asked VARCHAR - who was asked
-- @column   asked_count BIGINT people who answered the survey
-- @column   share_percent DOUBLE - share that agreed, in percent
-- @column   share_bound VARCHAR - exact, about, at_least or at_most
-- @column   reported_by VARCHAR - who reports it
-- @column   source_url VARCHAR - where

from survey_answers
order by study_id, question, asked
