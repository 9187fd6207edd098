-- @name    time_mark
-- @title   Marks of times that were read in a wrong way, counted on the calls of the batch
-- @param   time_zone VARCHAR  the program's zone
-- @column  call_count BIGINT  calls with a time
-- @column  night_count BIGINT calls from one to five o'clock
-- @column  day_count BIGINT   calls from eight to twelve o'clock
-- @column  late_count BIGINT  calls from one in the afternoon to one at night, which a clock of twelve hours does not show
-- @column  utc_midnight_count BIGINT  calls at exactly midnight in UTC
-- @column  local_midnight_count BIGINT  calls at exactly midnight
-- @column  day_before_count BIGINT  calls with a time of the team more than twelve hours before the call

with moment as (
    select
        received_at,
        hour(received_at) as hour_of_day,
        timezone('UTC', timezone($time_zone, received_at)) as in_utc,
        coalesce(least(dispatched_at, en_route_at, arrived_at, cleared_at) < received_at - interval 12 hours, false)
            as is_day_before,
    from gathered
    where received_at is not null
)

select
    count(*) as call_count,
    count(*) filter (where hour_of_day between 1 and 5) as night_count,
    count(*) filter (where hour_of_day between 8 and 12) as day_count,
    count(*) filter (where hour_of_day = 0 or hour_of_day > 12) as late_count,
    count(*) filter (where in_utc = date_trunc('day', in_utc)) as utc_midnight_count,
    count(*) filter (where received_at = date_trunc('day', received_at)) as local_midnight_count,
    count(*) filter (where is_day_before) as day_before_count,
from moment
