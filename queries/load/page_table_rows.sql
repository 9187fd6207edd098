-- @name    page_table_rows
-- @title   Rows of each page table of a snapshot
-- @column  page_table VARCHAR - its name
-- @column  row_count BIGINT - how many rows it has

select
    'area_spelling' as page_table,
    count(*) as row_count,
from area_spelling

union all

select
    'incident_count_month' as page_table,
    count(*) as row_count,
from incident_count_month

union all

select
    'incident_day' as page_table,
    count(*) as row_count,
from incident_day

union all

select
    'coverage_month' as page_table,
    count(*) as row_count,
from coverage_month

union all

select
    'funnel_month' as page_table,
    count(*) as row_count,
from funnel_month

union all

select
    'eligible_hour_month' as page_table,
    count(*) as row_count,
from eligible_hour_month

union all

select
    'police_request_month' as page_table,
    count(*) as row_count,
from police_request_month

union all

select
    'police_time_month' as page_table,
    count(*) as row_count,
from police_time_month

union all

select
    'disposition_month' as page_table,
    count(*) as row_count,
from disposition_month

union all

select
    'transport_month' as page_table,
    count(*) as row_count,
from transport_month

union all

select
    'contact_repeat_month' as page_table,
    count(*) as row_count,
from contact_repeat_month

union all

select
    'person_cluster' as page_table,
    count(*) as row_count,
from person_cluster

union all

select
    'injury_month' as page_table,
    count(*) as row_count,
from injury_month

union all

select
    'rare_event_day' as page_table,
    count(*) as row_count,
from rare_event_day

union all

select
    'duration_count_month' as page_table,
    count(*) as row_count,
from duration_count_month

union all

select
    'target_month' as page_table,
    count(*) as row_count,
from target_month

union all

select
    'log_month' as page_table,
    count(*) as row_count,
from log_month

union all

select
    'program' as page_table,
    count(*) as row_count,
from program

union all

select
    'program_change' as page_table,
    count(*) as row_count,
from program_change

union all

select
    'program_target' as page_table,
    count(*) as row_count,
from program_target

union all

select
    'program_hours' as page_table,
    count(*) as row_count,
from program_hours

union all

select
    'staffed_month' as page_table,
    count(*) as row_count,
from staffed_month

union all

select
    'load_log' as page_table,
    count(*) as row_count,
from load_log

union all

select
    'load_reason' as page_table,
    count(*) as row_count,
from load_reason

union all

select
    'quality_finding' as page_table,
    count(*) as row_count,
from quality_finding

union all

select
    'completeness_month' as page_table,
    count(*) as row_count,
from completeness_month

union all

select
    'interval_state' as page_table,
    count(*) as row_count,
from interval_state

union all

select
    'load_change' as page_table,
    count(*) as row_count,
from load_change

union all

select
    'exact_repeat' as page_table,
    count(*) as row_count,
from exact_repeat
