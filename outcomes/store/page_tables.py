"""The page tables: what a snapshot holds, in the order in which they are built."""

# Page tables in the order in which they are built; a later one may read an earlier one.
PAGE_TABLES = (
    "area_month",
    "incident_month",
    "incident_day",
    "coverage_month",
    "funnel_month",
    "police_request_month",
    "disposition_month",
    "transport_month",
    "outcome_group_month",
    "contact_repeat_month",
    "injury_month",
    "rare_event_day",
    "duration_month",
    "program",
    "program_change",
    "load_log",
    "load_reason",
    "quality_finding",
    "completeness_month",
    "interval_state",
    "load_change",
    "exact_repeat",
)
