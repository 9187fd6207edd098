"""The page tables: what a snapshot holds, in the order in which they are built."""

# Page tables in the order in which they are built; a later one may read an earlier one.
PAGE_TABLES = (
    "area_month",
    "incident_month",
    "incident_day",
    "coverage_month",
    "funnel_month",
    "police_request_month",
    "injury_month",
    "rare_event_day",
    "duration_month",
    "duration_priority_month",
    "duration_area_month",
    "duration_hour_of_week_month",
    "target_month",
    "program",
    "program_change",
    "program_target",
    "load_log",
    "load_reason",
    "quality_finding",
    "completeness_month",
    "interval_state",
    "load_change",
    "exact_repeat",
)
