-- @name     studies
-- @title    Studies, evaluations, audits, surveys and their critics, with effects as published
-- @grain    one row per study
-- @source   studies
-- @column   study_id VARCHAR - id of the study
-- @column   kind VARCHAR - study, evaluation, audit, survey, critique, count or journalism
-- @column   program VARCHAR - what it is about
-- @column   title VARCHAR - as published
-- @column   source_title VARCHAR - authors and place
-- @column   year BIGINT - of publication
-- @column   source_url VARCHAR - where
-- @column   design VARCHAR - how it was done
-- @column   design_in_short VARCHAR - the same in a few words
-- @column   outcome VARCHAR - what was looked at
-- @column   effect_as_published VARCHAR - in the words of the source
-- @column   direction VARCHAR - which way the effect went: fewer, more, mixed, or none where none was measured
-- @column   direction_in_short VARCHAR - the same with what there was fewer or more of; empty where none was measured
-- @column   size VARCHAR - the effect in a few words, with its size where one could be read
-- @column   criticism_or_limit VARCHAR - what critics or the authors say against it
-- @column   confidence VARCHAR - sourced or unverified
-- @column   note VARCHAR - more

from studies
order by year desc, study_id
