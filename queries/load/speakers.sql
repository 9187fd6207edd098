-- @name    speakers
-- @title   Which of the rows of one call speaks for it, by a rule of the profile; rows that say nothing do not
-- @creates when_speaks
-- @creates time_of_call
-- @creates text_of_call
-- @creates word_of_call
-- @creates flag_of_call

-- Of several rows of one call the one with the smallest speaks.
create or replace temp macro when_speaks(moment, place, rule) as
    case rule
        when 'earliest' then epoch(moment)
        when 'latest' then -epoch(moment)
        when 'last' then -place
        else place
    end;

create or replace temp macro time_of_call(moment, is_told, place, rule) as
    arg_min(moment, when_speaks(moment, place, rule)) filter (where is_told);

create or replace temp macro text_of_call(text, place, team_place, rule) as
    arg_min(
        text,
        case rule
            when 'last' then -place
            when 'team' then team_place
            else place
        end
    );

create or replace temp macro word_of_call(word, place, team_place, rule) as
    text_of_call(nullif(word, 'not_recorded'), place, team_place, rule);

create or replace temp macro flag_of_call(flag, place, rule) as
    arg_min(
        flag,
        case rule
            when 'any' then case when flag then 0 else 1 end
            when 'all' then case when flag then 1 else 0 end
            when 'last' then -place
            else place
        end
    );
