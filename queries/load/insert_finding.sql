-- @name  insert_finding
-- @title Keep what was not understood: each value that a field could not take, and codes that no list has
-- @param program_id VARCHAR  whose log it is
-- @param load_id INTEGER     the load that read it

insert into warehouse.finding by name
with counted as (
    select
        rule,
        field,
        value,
        sum(row_count) as row_count,
    from complaint
    group by rule, field, value
),

-- "Not entered" has as many values as there are days, and unreadable ones may be many: the commonest are samples.
sampled as (
    select
        rule,
        field,
        case
            when rule = 'not entered' then null
            -- As many values as rows: that is free text, of which nothing is kept.
            when rule in ('unknown value', 'not in the look-up file')
                and count(*) over (partition by rule, field) > 50
                and 2 * count(*) over (partition by rule, field) > sum(row_count) over (partition by rule, field)
                then null
            when row_number() over (partition by rule, field order by row_count desc, value) <= 50 then value
        end as value,
        row_count,
    from counted
),

unmapped_code as (
    select
        coalesce(initial_call_type_code, final_call_type_code) as value,
        count(*) as row_count,
    from gathered
    where value is not null
        and value not in (select code from code_meaning)
    group by value

    union all

    -- Reasons after the first that no list has.
    select
        reason.code as value,
        count(*) as row_count,
    from (
        select
            coalesce(initial_call_type_code, final_call_type_code) as main_code,
            unnest(reason_codes) as code,
        from gathered
        where reason_codes is not null
    ) as reason
    left join code_meaning using (code)
    where reason.code is not null
        and code_meaning.code is null
        and reason.code is distinct from main_code
    group by value
),

found as (
    from sampled

    union all by name

    select
        'unmapped code' as rule,
        'call_type' as field,
        case when row_number() over (order by row_count desc, value) <= 50 then value end as value,
        row_count,
    from unmapped_code
)

select
    $load_id as load_id,
    $program_id as program_id,
    rule,
    field,
    value,
    sum(row_count)::bigint as row_count,
from found
group by rule, field, value
