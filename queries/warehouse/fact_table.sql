-- @name  fact_table
-- @title Every flag of the metrics, worked out once for the page tables that follow

create or replace temp table incident_fact as
from incident_fact_now;
