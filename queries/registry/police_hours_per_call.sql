-- @name     police_hours_per_call
-- @title    Hours of police time that programs say they saved, with the calls that they go with
-- @grain    one row per published figure of police hours saved
-- @source   published_figures
-- @column   figure_id VARCHAR - id of the figure
-- @column   program VARCHAR - as the source calls it
-- @column   period_start VARCHAR - YYYY-MM or YYYY
-- @column   period_end VARCHAR - YYYY-MM or YYYY
-- @column   hours DOUBLE - as printed
-- @column   hours_bound VARCHAR - exact, about, more_than, at_least, at_most or not_recorded
-- @column   calls DOUBLE - calls or people that the hours go with; empty where none are published for the period
-- @column   calls_bound VARCHAR - exact, about, more_than, at_least, at_most or not_recorded
-- @column   calls_figure_id VARCHAR - figure that the calls come from; the same one where it prints both
-- @column   definition_note VARCHAR - what exactly was counted
-- @column   source_title VARCHAR - who says so
-- @column   source_url VARCHAR - where
-- @column   confidence VARCHAR - sourced or unverified
-- @note     where the figure names no calls, the program's only count of calls answered in the same period stands in

with calls_answered as (
    select
        program,
        period_start,
        period_end,
        min(value) as value,
        min(value_bound) as value_bound,
        min(figure_id) as figure_id,
    from published_figures
    where metric = 'calls_responded'
    group by all
    having count(*) = 1
)

select
    published_figures.figure_id,
    published_figures.program,
    published_figures.period_start,
    published_figures.period_end,
    published_figures.value as hours,
    published_figures.value_bound as hours_bound,
    coalesce(published_figures.denominator, calls_answered.value) as calls,
    coalesce(published_figures.denominator_bound, calls_answered.value_bound) as calls_bound,
    case
        when published_figures.denominator is null then calls_answered.figure_id
        else published_figures.figure_id
    end as calls_figure_id,
    published_figures.definition_note,
    published_figures.source_title,
    published_figures.source_url,
    published_figures.confidence,
from published_figures
left join calls_answered
    on calls_answered.program = published_figures.program
    and calls_answered.period_start = published_figures.period_start
    and calls_answered.period_end = published_figures.period_end
where published_figures.metric = 'officer_hours_saved'
order by published_figures.program, published_figures.figure_id
