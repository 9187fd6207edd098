"""A made-up agency for tests: a profile that maps every contract field, and what writes its CSV."""

import csv
from collections.abc import Iterable
from pathlib import Path

AGENCY = "test-city"
# What person tokens of tests are made with.
SECRET = "a secret of the tests alone"

COLUMNS = (
    "id",
    "received",
    "queued",
    "dispatched",
    "en route",
    "arrived",
    "contact",
    "cleared",
    "origin",
    "type",
    "final type",
    "priority",
    "acuity",
    "area",
    "sent",
    "exit",
    "result",
    "police",
    "request",
    "arrest",
    "hold",
    "force",
    "transport",
    "ed",
    "offered",
    "accepted",
    "connected",
    "hurt asked",
    "hurt 1",
    "hurt 2",
    "age",
    "gender",
    "race",
    "weapon",
    "ended",
    "destination",
    "person",
)

CALL_TYPES = """code,description,call_type,eligible,note
MH,,mental_health,yes,
WELF,,welfare_check,yes,
SUIC,,suicide_risk,yes,
VIOL,,violence,no,
TRAF,,traffic,,the list is silent about eligibility
"""

WORDS = {
    "call_origin": (
        "origin",
        "911 non_emergency 311 988 program_line officer_request responder_initiated follow_up",
    ),
    "not_reached_reason": (
        "exit",
        "outside_hours outside_area no_unit_available not_triaged "
        "declined_by_dispatch cancelled_before_dispatch cancelled_before_arrival",
    ),
    "contact_result": (
        "result",
        "contacted unable_to_locate refused cancelled disengaged_for_safety",
    ),
    "disposition": (
        "ended",
        "resolved_on_scene referred transported_crisis_center transported_shelter transported_other "
        "transported_emergency_department handed_to_ambulance handed_to_police involuntary_hold "
        "arrested met unable_to_locate refused cancelled left_for_safety other",
    ),
    "transport_to": (
        "destination",
        "none emergency_department crisis_center shelter home other",
    ),
    "police_involvement": (
        "police",
        "none planned_co_response already_on_scene sent_by_dispatch requested_by_team",
    ),
    "police_request_reason": (
        "request",
        "safety_emergency safety_routine legal_hold crime transport_or_entry asked_by_person other",
    ),
}
FLAGS = {
    "is_community_dispatched": "sent",
    "has_arrest": "arrest",
    "has_involuntary_hold": "hold",
    "has_force": "force",
    "has_transport": "transport",
    "has_emergency_department": "ed",
    "has_referral_offered": "offered",
    "has_referral_accepted": "accepted",
    "has_service_connected": "connected",
    "is_injury_recorded": "hurt asked",
}
TIMES = {
    "received_at": "received",
    "queued_at": "queued",
    "dispatched_at": "dispatched",
    "en_route_at": "en route",
    "arrived_at": "arrived",
    "contact_at": "contact",
    "cleared_at": "cleared",
}
TEXTS = {
    "incident_id": "id",
    "priority_code": "priority",
    "acuity": "acuity",
    "area_id": "area",
    "gender": "gender",
    "race_ethnicity": "race",
}
ROLES = "responder person_served bystander officer"
SEVERITIES = "near_miss first_aid medical_treatment serious fatal"


def profile_text(
    agency: str = AGENCY,
    name: str = "Test City Responders",
    state: str = "OR",
    rows_are: str = "call",
    holds: str = "all_calls",
    time_zone: str = "America/Los_Angeles",
    log_keys: str = "",
    has_ids: bool = True,
    without: Iterable[str] = (),
    more: str = "",
    has_persons: bool = False,
) -> str:
    """A profile in TOML that maps every contract field, less the fields named in without."""
    excluded = set(without)
    lines = [
        'ignored_columns = ["weapon", "hurt 1", "hurt 2", "age"]'
        if "age_band" in excluded
        else 'age_column = "age"',
        'person_id_column = "person"' if has_persons else "",
        f'[program]\nid = "{agency}"\nname = "{name}"\ncity = "Test City"\nstate = "{state}"',
        f'time_zone = "{time_zone}"\ndata_owner = "The tests"',
        f'[log]\nrows_are = "{rows_are}"\nholds = "{holds}"\n{log_keys}',
        '[file]\nformat = "csv"\nnull_words = ["NULL", "n/a"]',
        "[text]",
    ]
    for field, column in TEXTS.items():
        if (has_ids or field != "incident_id") and field not in excluded:
            lines.append(f'{field} = "{column}"')
    for field, column in TIMES.items():
        if field not in excluded:
            lines.append(f'[times.{field}]\ncolumn = "{column}"')
            lines.append('formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]')
            lines.append('placeholders = ["00:00:00"]')
    lines.append('[call_type]\ncolumn = "type"\nfinal_column = "final type"')
    for field, (column, words) in WORDS.items():
        if field not in excluded:
            lines.append(f'[words.{field}]\ncolumn = "{column}"\n[words.{field}.values]')
            lines += [f'"{word}" = "{word}"' for word in words.split()]
    for field, column in FLAGS.items():
        if field not in excluded:
            lines.append(f"[flags.{field}]")
            lines.append(f'yes = {{ column = "{column}", is = ["yes"] }}')
            lines.append(f'no = {{ column = "{column}", is = ["no"] }}')
    if "is_eligible" not in excluded:
        # A weapon disqualifies whatever the type; without one the list of types decides.
        lines.append('[flags.is_eligible]\nno = { column = "weapon", is = ["yes"] }')
    lines.append('[[filters]]\nreason = "test call"\nwhen = { column = "type", is = ["TEST"] }')
    if "is_injury_recorded" not in excluded:
        for column in ("hurt 1", "hurt 2"):
            lines.append(f'[[injuries]]\nwhen = {{ column = "{column}", recorded = true }}')
            for part, words, pattern in (
                ("role", ROLES, "{word}:.*"),
                ("severity", SEVERITIES, ".*:{word}"),
            ):
                for word in words.split():
                    lines.append(f"[[injuries.{part}.cases]]")
                    test = pattern.format(word=word)
                    lines.append(f'when = {{ column = "{column}", matches = "{test}" }}')
                    lines.append(f'then = "{word}"')
    return "\n".join([*lines, more]) + "\n"


def write_agency(
    agencies: Path, agency: str = AGENCY, call_types: str = CALL_TYPES, **profile: object
) -> Path:
    """Write the agency's folder; returns the folder that holds every agency."""
    folder = agencies / agency
    folder.mkdir(parents=True, exist_ok=True)
    text = profile_text(agency, **profile)  # type: ignore[arg-type]
    (folder / "profile.toml").write_text(text, encoding="utf-8")
    (folder / "call_types.csv").write_text(call_types, encoding="utf-8")
    return agencies


def write_csv(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write the rows as the agency's export; a missing key is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
