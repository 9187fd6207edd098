-- @name    who_speaks
-- @title   Place of a row among those of one call, for a text: the smallest speaks
-- @creates who_speaks

create or replace temp macro who_speaks(place, team_place, rule) as
    case rule
        when 'last' then -place
        when 'team' then team_place
        else place
    end
