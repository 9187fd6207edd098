"""The page tables: what a snapshot holds, in the order in which they are built, and by which rules."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from outcomes.store.query_file import QUERIES

# Page tables in the order in which they are built; a later one may read an earlier one.
PAGE_TABLES = (
    "area_spelling",
    "incident_count_month",
    "incident_day",
    "coverage_month",
    "funnel_month",
    "eligible_hour_month",
    "police_request_month",
    "police_time_month",
    "disposition_month",
    "transport_month",
    "contact_repeat_month",
    "person_cluster",
    "injury_month",
    "rare_event_day",
    "duration_count_month",
    "target_month",
    "log_month",
    "program",
    "program_change",
    "program_target",
    "program_hours",
    "staffed_month",
    "load_log",
    "load_reason",
    "quality_finding",
    "completeness_month",
    "interval_state",
    "load_change",
    "exact_repeat",
)


@dataclass(frozen=True)
class Publishing:
    """What a publication may take."""

    # megabytes that page tables are counted within, beside what the program itself takes
    memory_mb: int = 500
    # snapshots that stay, the live one among them
    kept_snapshots: int = 3


# Where nothing else is said.
AS_USUAL = Publishing()


# The table of a snapshot that says by which rules it was built.
RULES_TABLE = "built_by"


@cache
def rules_digest() -> str:
    """Digest of the queries that build a snapshot: another digest, and its counts may mean something else."""
    texts = [path.read_bytes() for path in sorted((QUERIES / "build").glob("*.sql"))]
    return sha256(b"\0".join(text.replace(b"\r\n", b"\n") for text in texts)).hexdigest()
