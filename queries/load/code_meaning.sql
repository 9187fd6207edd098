-- @name    code_meaning
-- @title   Every call-type code of the export, as written, with what the agency's list says of it, each once
-- @creates code_meaning

create or replace temp table code_meaning as
with written as (
    select initial_call_type_code as code,
    from staged_row

    union

    select final_call_type_code as code,
    from staged_row

    union

    select unnest(reason_codes) as code,
    from staged_row
    where reason_codes is not null
),

-- A code that stands in the list is meant by itself; else the first pattern that fits the whole of it.
fitting as (
    select
        written.code,
        listed.call_type,
        listed.is_eligible,
        row_number() over (
            partition by written.code
            order by listed.is_pattern, listed.place
        ) as choice,
    from written
    inner join call_type_list as listed
        on case
            when listed.is_pattern then regexp_full_match(written.code, listed.code, 'i')
            else listed.code = lower(written.code)
        end
    where written.code is not null
)

select
    code,
    call_type,
    is_eligible,
from fitting
where choice = 1
