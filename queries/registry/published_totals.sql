-- @name     published_totals
-- @title    Published counts added up over programs, only where they count the same over the same
-- @grain    one row per definition
-- @source   published_figures
-- @source   published_definitions
-- @column   definition VARCHAR - id of the definition
-- @column   label VARCHAR - in plain words
-- @column   numerator_words VARCHAR - what is counted
-- @column   denominator_words VARCHAR - over what
-- @column   rule VARCHAR - what belongs in and what stays out
-- @column   numerator DOUBLE - sum of the printed counts
-- @column   denominator DOUBLE - sum of the printed counts
-- @column   program_count BIGINT programs in the sum
-- @column   figure_count BIGINT figures in the sum
-- @column   bounded_count BIGINT figures of which a count is a bound or about
-- @column   numerator_bounds VARCHAR[] - the bounds of the counts in the sum
-- @column   denominator_bounds VARCHAR[] - the bounds of the counts in the sum
-- @column   program_names VARCHAR[] - the programs
-- @excludes figures about several programs at once, unverified ones, and counts that were not printed

select
    published_definitions.definition,
    label,
    numerator_words,
    denominator_words,
    rule,
    sum(numerator)::double as numerator,
    sum(denominator)::double as denominator,
    count(distinct program)::bigint as program_count,
    count(*)::bigint as figure_count,
    count(*) filter (where numerator_bound <> 'exact' or denominator_bound <> 'exact')::bigint as bounded_count,
    list_sort(list(distinct numerator_bound)) as numerator_bounds,
    list_sort(list(distinct denominator_bound)) as denominator_bounds,
    list_sort(list(distinct program)) as program_names,
from published_definitions
inner join published_figures
    on published_figures.definition = published_definitions.definition
where scope = 'program'
    and confidence = 'sourced'
    and counts_origin = 'published'
group by all
order by published_definitions.definition
