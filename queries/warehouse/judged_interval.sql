-- @name  judged_interval
-- @title Whether a stretch of minutes can be used and if not why, and the bin that it falls into

create or replace macro judged_interval(minutes, longest, keeps_zero, is_no_call) as
    case
        when is_no_call then 'not_a_call'
        when minutes is null then 'missing'
        when minutes < 0 then 'negative'
        when minutes > longest then 'over_range'
        when minutes = 0 and not keeps_zero then 'zero'
        else 'usable'
    end;

-- 0.1 minute wide up to two hours and 2.5% wide above, so that percentiles add up over any selection.
create or replace macro duration_bin(minutes) as
    case
        when minutes <= 120 then round(minutes, 1)
        else round(120 * pow(1.025, round(ln(minutes / 120) / ln(1.025))), 1)
    end;

-- A whole minute up to 40 and 2.5% above, for tables that would be too large otherwise.
create or replace macro whole_minute_bin(minutes) as
    case
        when minutes <= 40 then round(minutes)
        else round(40 * pow(1.025, round(ln(minutes / 40) / ln(1.025))))
    end;
