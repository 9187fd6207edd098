-- @name     dispositions_by_disposition
-- @title    How responses ended, one disposition each
-- @grain    one row per disposition that occurs
-- @source   disposition_month
-- @param    program_ids VARCHAR[] which programs; null for all
-- @param    call_types VARCHAR[] which call types of the common list; null for all
-- @param    first_month DATE from this month on; null for the first
-- @param    month_after DATE before this month; null for no end
-- @column   disposition VARCHAR - how the response ended
-- @column   response_count BIGINT incidents
-- @column   own_word_count BIGINT incidents for which the log has a word of its own
-- @column   worked_out_count BIGINT incidents for which it is worked out from contact and actions
-- @column   overruled_count BIGINT incidents whose contact result says that nobody was served, against the log's word
-- @column   contradicting_count BIGINT incidents with an action though the contact result says that nobody was met
-- @count    response_count
-- @count    own_word_count
-- @count    worked_out_count
-- @count    overruled_count
-- @count    contradicting_count

select
    disposition,
    sum(response_count)::bigint as response_count,
    sum(own_word_count)::bigint as own_word_count,
    sum(worked_out_count)::bigint as worked_out_count,
    sum(overruled_count)::bigint as overruled_count,
    sum(contradicting_count)::bigint as contradicting_count,
from disposition_month
where ($program_ids is null or list_contains($program_ids, disposition_month.program_id))
    and ($call_types is null or list_contains($call_types, disposition_month.call_type))
    and ($first_month is null or disposition_month.month >= $first_month)
    and ($month_after is null or disposition_month.month < $month_after)
group by disposition
order by disposition
