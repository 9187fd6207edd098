-- @name     published_figures
-- @title    What programs have published of their work, with counts, bounds, definitions and sources
-- @grain    one row per published figure
-- @source   published_figures
-- @source   metric_words
-- @column   figure_id VARCHAR - id of the figure
-- @column   program VARCHAR - as the source calls it
-- @column   program_id VARCHAR - id in the registry; empty where there is none
-- @column   scope VARCHAR - program, or sector for figures about several
-- @column   period_start VARCHAR - YYYY-MM or YYYY
-- @column   period_end VARCHAR - YYYY-MM or YYYY
-- @column   metric VARCHAR - what it measures
-- @column   metric_label VARCHAR - the same in plain words
-- @column   metric_group VARCHAR - responses, police, injuries, diversion ...
-- @column   value DOUBLE - as printed
-- @column   unit VARCHAR - of the value
-- @column   value_bound VARCHAR - exact, about, more_than, at_least, at_most or not_recorded
-- @column   numerator DOUBLE - as printed, or derived
-- @column   numerator_bound VARCHAR - exact, about, more_than, at_least, at_most or not_recorded
-- @column   denominator DOUBLE - as printed, or derived
-- @column   denominator_bound VARCHAR - exact, about, more_than, at_least, at_most or not_recorded
-- @column   counts_origin VARCHAR - published, derived or none
-- @column   definition VARCHAR - figures of one definition may be added up
-- @column   conflict VARCHAR - figures of one conflict contradict each other, or seem to
-- @column   definition_note VARCHAR - what exactly was counted
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where
-- @column   confidence VARCHAR - sourced or unverified

select
    figure_id,
    program,
    program_id,
    scope,
    period_start,
    period_end,
    published_figures.metric,
    label as metric_label,
    "group" as metric_group,
    value,
    unit,
    value_bound,
    numerator,
    numerator_bound,
    denominator,
    denominator_bound,
    counts_origin,
    definition,
    conflict,
    definition_note,
    source_title,
    source_url,
    confidence,
from published_figures
inner join metric_words
    on metric_words.metric = published_figures.metric
order by program, period_start, period_end, figure_id
