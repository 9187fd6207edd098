-- @name     dispositions
-- @title    How responses ended, one disposition each
-- @grain    one row per disposition that occurs
-- @source   disposition_month
-- @params   program_ids, call_types, first_month, month_after, silent_months: the selection; null where it leaves one open
-- @param    by_program BOOLEAN whether each program has rows of its own; else, or null, all stand together
-- @column   of_program VARCHAR - program whose row it is; null where programs stand together
-- @column   key VARCHAR - how the response ended
-- @column   response_count BIGINT responses that ended that way
-- @column   own_word_count BIGINT responses whose ending is a word of the log
-- @column   worked_out_count BIGINT responses whose ending is worked out from contact and actions
-- @column   overruled_count BIGINT responses whose contact result says that nobody was served, against the log's word
-- @column   contradicting_count BIGINT responses with an action though the contact result says that nobody was met

select
    case when $by_program then program_id end as of_program,
    disposition as key,
    sum(response_count)::bigint as response_count,
    sum(own_word_count)::bigint as own_word_count,
    sum(worked_out_count)::bigint as worked_out_count,
    sum(overruled_count)::bigint as overruled_count,
    sum(contradicting_count)::bigint as contradicting_count,
from disposition_month
where ($program_ids is null or list_contains($program_ids, program_id))
    and ($call_types is null or list_contains($call_types, call_type))
    and ($first_month is null or month >= $first_month)
    and ($month_after is null or month < $month_after)
    and ($silent_months is null or not list_contains($silent_months, concat_ws(' ', program_id, month)))
group by all
order by key, of_program
