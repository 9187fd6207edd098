-- @name     person_clusters
-- @title    How alike the cases of one person are, as sums over the persons of a log
-- @grain    one row per program whose log tells persons, and metric
-- @source   person_cluster
-- @column   program_id VARCHAR - as published
-- @column   metric_key VARCHAR - key of the metric
-- @column   person_count BIGINT persons with cases; a case without a person counts as one more
-- @column   met_again_count BIGINT persons with more than one case
-- @column   case_count BIGINT cases
-- @column   event_count BIGINT cases that are counted
-- @column   event_square_sum BIGINT sum over persons of the square of their counted cases
-- @column   event_case_sum BIGINT sum over persons of their counted cases times their cases
-- @column   case_square_sum BIGINT sum over persons of the square of their cases

from person_cluster
order by program_id, metric_key
