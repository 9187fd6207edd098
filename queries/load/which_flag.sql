-- @name    which_flag
-- @title   Place of a row among those of one call, for a yes or no: the smallest speaks
-- @creates which_flag

create or replace temp macro which_flag(flag, place, rule) as
    case rule
        when 'any' then case when flag then 0 else 1 end
        when 'all' then case when flag then 1 else 0 end
        when 'last' then -place
        else place
    end
