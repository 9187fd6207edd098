-- @name     program_goals
-- @title    The programs' own goals, as their profiles state them
-- @grain    one row per goal
-- @source   program
-- @column   program_id VARCHAR - as published
-- @column   metric_key VARCHAR - the figure that it is for
-- @column   direction VARCHAR at_least or at_most
-- @column   value DOUBLE in its unit; a share in percent
-- @column   unit VARCHAR percent, minutes, a_month or per_10k
-- @column   set_by VARCHAR who set it
-- @column   since_date DATE from this day on

with each_goal as (
    select
        program_id,
        unnest(goals) as said,
    from program
)

select
    program_id,
    said.metric_key as metric_key,
    said.direction as direction,
    said.value as value,
    said.unit as unit,
    said.set_by as set_by,
    said.since_date as since_date,
from each_goal
order by program_id, since_date, metric_key
