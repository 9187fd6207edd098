-- @name     published_conflicts
-- @title    Published figures that contradict each other, or seem to
-- @grain    one row per set of figures
-- @source   published_conflicts
-- @column   conflict VARCHAR - id of the set
-- @column   title VARCHAR - the question that they answer differently
-- @column   explanation VARCHAR - what each counts

from published_conflicts
order by conflict
