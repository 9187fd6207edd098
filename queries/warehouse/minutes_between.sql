-- @name  minutes_between
-- @title Minutes from one local wall time to another, across clock changes; null where either is missing

-- In the hour that a clock change repeats, a wall time is taken as its first occurrence, unless that would put the
-- later step before the earlier one. DuckDB's timezone() gives the second occurrence of a repeated hour, so a wall
-- time is in such an hour when it lies two hours after the wall time one hour earlier.
create or replace macro first_instant(zone, wall) as
    epoch(timezone(zone, wall))
    - case
        when epoch(timezone(zone, wall)) - epoch(timezone(zone, wall - interval 1 hour)) > 3600 then 3600
        else 0
      end;

create or replace macro minutes_between(zone, started_at, ended_at) as
    case
        when first_instant(zone, ended_at) >= first_instant(zone, started_at)
            then first_instant(zone, ended_at) - first_instant(zone, started_at)
        when epoch(timezone(zone, ended_at)) >= first_instant(zone, started_at)
            then epoch(timezone(zone, ended_at)) - first_instant(zone, started_at)
        else first_instant(zone, ended_at) - first_instant(zone, started_at)
    end / 60.0;
