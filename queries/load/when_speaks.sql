-- @name    when_speaks
-- @title   Place of a row among those of one call, for a time: the smallest speaks
-- @creates when_speaks

create or replace temp macro when_speaks(moment, place, rule) as
    case rule
        when 'earliest' then epoch(moment)
        when 'latest' then -epoch(moment)
        when 'last' then -place
        else place
    end
