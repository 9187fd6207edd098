-- @name  minutes_between
-- @title Minutes from one local wall time to another, across clock changes; null where either is missing

-- In the hour that a clock change repeats, a wall time is taken as its first occurrence, unless that would put the
-- later step before the earlier one. DuckDB's timezone() gives the second occurrence of a repeated hour, so a wall
-- time is in such an hour when it lies two hours after the wall time one hour earlier.
create or replace macro second_instant(zone, wall) as epoch(timezone(zone, wall));

-- Where the second instant is known already.
create or replace macro first_of_instants(second, zone, wall) as
    second - case when second - epoch(timezone(zone, wall - interval 1 hour)) > 3600 then 3600 else 0 end;

create or replace macro first_instant(zone, wall) as first_of_instants(second_instant(zone, wall), zone, wall);

-- From the instants themselves, where a wall time is the end of several intervals and is worked out once.
create or replace macro minutes_between_instants(started_first, ended_first, ended_second) as
    case
        when ended_first >= started_first then ended_first - started_first
        when ended_second >= started_first then ended_second - started_first
        else ended_first - started_first
    end / 60.0;

create or replace macro minutes_between(zone, started_at, ended_at) as
    minutes_between_instants(
        first_instant(zone, started_at),
        first_instant(zone, ended_at),
        second_instant(zone, ended_at)
    );
