-- @name     programs_by_month
-- @title    Programs active and states with at least one, by month, with programs that ended
-- @grain    one row per month from the first to the last asked for
-- @source   programs
-- @param    program_types VARCHAR[] which kinds of program
-- @param    has_pilots BOOLEAN whether pilots are counted
-- @param    has_unverified BOOLEAN whether rows whose source was not read are counted
-- @param    first_month DATE first month shown
-- @param    last_month DATE last month shown
-- @column   month DATE - first day of the month
-- @column   program_count BIGINT programs surely active in the month
-- @column   possible_program_count BIGINT programs active in the month if every date known by year alone falls that way
-- @column   state_count BIGINT states with a program surely active, the District of Columbia counted as one
-- @column   has_district BOOLEAN - whether the District of Columbia is one of them
-- @column   possible_state_count BIGINT states with a program possibly active, the District of Columbia counted as one
-- @column   possible_has_district BOOLEAN - whether the District of Columbia is one of them
-- @column   ended_count BIGINT programs whose last month this is
-- @excludes programs whose first response is not known
-- @note     a program counts in the month in which it ends, and no longer in the next; an end known by its year alone is in January

with month_of_series as (
    select unnest(generate_series($first_month::timestamp, $last_month::timestamp, interval 1 month))::date as month,
),

counted as (
    select
        program_id,
        state,
        start_earliest,
        start_latest,
        end_earliest,
        end_latest,
    from programs
    where list_contains($program_types, program_type)
        and ($has_pilots or is_pilot <> 'yes')
        and ($has_unverified or confidence = 'sourced')
        and start_earliest is not null
)

select
    month_of_series.month,
    count(distinct program_id) filter (
        where start_latest <= month_of_series.month
            and (end_earliest is null or month_of_series.month <= end_earliest)
    )::bigint as program_count,
    count(distinct program_id) filter (
        where start_earliest <= month_of_series.month
            and (end_latest is null or month_of_series.month <= end_latest)
    )::bigint as possible_program_count,
    count(distinct state) filter (
        where start_latest <= month_of_series.month
            and (end_earliest is null or month_of_series.month <= end_earliest)
    )::bigint as state_count,
    coalesce(bool_or(state = 'DC') filter (
        where start_latest <= month_of_series.month
            and (end_earliest is null or month_of_series.month <= end_earliest)
    ), false) as has_district,
    count(distinct state) filter (
        where start_earliest <= month_of_series.month
            and (end_latest is null or month_of_series.month <= end_latest)
    )::bigint as possible_state_count,
    coalesce(bool_or(state = 'DC') filter (
        where start_earliest <= month_of_series.month
            and (end_latest is null or month_of_series.month <= end_latest)
    ), false) as possible_has_district,
    count(distinct program_id) filter (where end_earliest = month_of_series.month)::bigint as ended_count,
from month_of_series
cross join counted
group by month_of_series.month
order by month_of_series.month
