"""A made-up agency whose log has a row for each unit, police among them, for tests of police time."""

import csv
from collections.abc import Iterable
from pathlib import Path

from made_city import CALL_TYPES, profile_text

UNIT_AGENCY = "unit-city"
COLUMNS = (
    "id",
    "unit",
    "received",
    "dispatched",
    "arrived",
    "cleared",
    "origin",
    "type",
    "result",
)
# What the call-row agency maps and this one has no columns for.
NOT_HERE = (
    *("priority_code", "acuity", "area_id", "gender", "race_ethnicity", "age_band"),
    *("queued_at", "en_route_at", "contact_at"),
    *("not_reached_reason", "disposition", "transport_to", "police_involvement"),
    *("police_request_reason", "is_community_dispatched", "has_arrest", "has_involuntary_hold"),
    *("has_force", "has_transport", "has_emergency_department", "has_referral_offered"),
    *("has_referral_accepted", "has_service_connected", "is_injury_recorded", "is_eligible"),
)
RESPONDERS = """
[words.responder_type]
[[words.responder_type.cases]]
when = { column = "unit", matches = "CR[0-9]" }
then = "community"
[[words.responder_type.cases]]
when = { column = "unit", matches = "PD[0-9]" }
then = "police"
"""


def write_unit_agency(agencies: Path, time_zone: str = "America/Phoenix") -> Path:
    """Write the agency's folder; returns the folder that holds every agency."""
    folder = agencies / UNIT_AGENCY
    folder.mkdir(parents=True, exist_ok=True)
    text = profile_text(
        UNIT_AGENCY,
        name="Unit City Team",
        rows_are="unit",
        time_zone=time_zone,
        log_keys="records_police_units = true",
        without=NOT_HERE,
        more=RESPONDERS,
    )
    text = text.replace("[text]", '[text]\nunit_id = "unit"')
    text = text.replace('ignored_columns = ["weapon", "hurt 1", "hurt 2", "age"]', "")
    text = text.replace('\nfinal_column = "final type"', "")
    (folder / "profile.toml").write_text(text, encoding="utf-8")
    (folder / "call_types.csv").write_text(CALL_TYPES, encoding="utf-8")
    return agencies


def write_units(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write the rows as the agency's export; a missing key is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
