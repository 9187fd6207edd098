"""Random logs, counted twice: by the product, and from the raw CSV by slow and obvious Python.

The second reading is written from docs and the metrics' own words, row by row, and shares no code with the SQL.
"""

import csv
import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_city import AGENCY, FLAGS, ROLES, SEVERITIES, WORDS, write_agency, write_csv

from outcomes.analyses.control_charts.rare_events import rare_event_chart
from outcomes.analyses.response_times.exclusions import REASONS, exclusions
from outcomes.analyses.response_times.target import reader_target
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.ingest.run import LoadReport, load_log
from outcomes.metrics.definition import Statistic
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

TYPES = {
    "MH": ("mental_health", True),
    "WELF": ("welfare_check", True),
    "SUIC": ("suicide_risk", True),
    "VIOL": ("violence", False),
    "TRAF": ("traffic", None),
    "ZZZ": ("not_mapped", None),
    "": ("not_recorded", None),
}
PUBLIC = ("911", "non_emergency", "311", "988", "program_line")
# From what to what each interval goes.
ENDS = {
    "call_processing": ("received", "dispatched"),
    "turnout": ("dispatched", "en route"),
    "travel": ("en route", "arrived"),
    "response": ("received", "arrived"),
    "on_scene": ("arrived", "cleared"),
    "committed": ("dispatched", "cleared"),
}
WRITTEN = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Variant:
    """One kind of log: how much it holds, what it lacks, and its seed."""

    name: str
    seed: int
    holds: str = "all_calls"
    without: tuple[str, ...] = ()
    log_keys: str = ""
    rows_are: str = "call"

    def records(self, field: str) -> bool:
        return field not in self.without


VARIANTS = (
    Variant("everything recorded", 1),
    Variant("only eligible calls", 2, holds="eligible_calls", without=("is_community_dispatched",)),
    Variant(
        "dispatches, zero kept",
        3,
        holds="program_work",
        rows_are="dispatch",
        log_keys='zero_intervals = "keep"\nlongest_interval_hours = 2',
    ),
    Variant("no arrival times", 4, without=("arrived_at", "police_request_reason", "acuity")),
    Variant(
        "all reached",
        5,
        log_keys="all_rows_reached = true",
        without=("contact_result", "is_community_dispatched"),
    ),
)


# A random log


def random_time(chance: random.Random, start: datetime, furthest: float) -> str:
    """A time after (now and then before) another one, missing, unreadable or a placeholder."""
    kind = chance.random()
    if kind < 0.12:
        return ""
    if kind < 0.14:
        return "yesterday"
    if kind < 0.16:
        return start.strftime("%Y-%m-%d 00:00:00")
    if kind < 0.18:
        return (start - timedelta(minutes=chance.randint(1, 90))).strftime(WRITTEN)
    if kind < 0.21:
        return start.strftime(WRITTEN)
    if kind < 0.23:
        return (start + timedelta(minutes=chance.randint(1500, 4000))).strftime(WRITTEN)
    return (start + timedelta(seconds=chance.randint(0, int(furthest * 60)))).strftime(WRITTEN)


def random_rows(variant: Variant, size: int = 400) -> list[dict[str, str]]:
    """Rows of a log with missing values, repeated ids, test entries and rows without an id."""
    chance = random.Random(variant.seed)
    rows = []
    for number in range(size):
        received = datetime(2024, 1, 1, 0, 1) + timedelta(minutes=chance.randint(0, 181 * 1440))
        if received.month == 4:
            # A month that the log does not cover.
            received += timedelta(days=31)
        row = {
            "id": f"A{number}" if chance.random() > 0.02 else "",
            "received": received.strftime(WRITTEN) if chance.random() > 0.03 else "",
            "dispatched": random_time(chance, received, 10),
            "arrived": random_time(chance, received, 60),
            "contact": random_time(chance, received, 80),
            "en route": random_time(chance, received, 20),
            "cleared": random_time(chance, received, 200),
            "priority": chance.choice(["1", "2", "P3", ""]),
            "acuity": ("high", "low", "")[number % 3],
            "person": f"P{chance.randint(0, 30)}" if chance.random() > 0.3 else "",
            "type": chance.choice([*TYPES, "MH", "WELF", "SUIC"]),
            "area": chance.choice(["north", "south", "007", ""]),
            "weapon": chance.choice(["yes", "", "", "", ""]),
        }
        if chance.random() < 0.02:
            row["received"] = received.strftime("%Y-%m-%d 00:00:00")
        if chance.random() < 0.02:
            row["type"] = "TEST"
        for column, words in WORDS.values():
            row[column] = chance.choice([*words.split(), "", "", "strange"])
        for column in FLAGS.values():
            row[column] = chance.choice(["yes", "no", "no", "", " NO "])
        for column in ("hurt 1", "hurt 2"):
            if chance.random() < 0.1:
                role, severity = chance.choice(ROLES.split()), chance.choice(SEVERITIES.split())
                row[column] = chance.choice([f"{role}:{severity}", f"{role}:", "somebody"])
        rows.append(row)
        if chance.random() < 0.04:
            rows.append({**row, "result": "contacted"})
        if chance.random() < 0.08 and row["received"]:
            # The same person calls again soon: within the same visit, after it, or just so many days later.
            later = chance.choice(
                [{"minutes": 15}, {"hours": 5}, {"days": 7}, {"days": 8}, {"days": 30}]
            )
            again = received + timedelta(**later)
            if again.month in (1, 2, 3, 5, 6):
                more = {"received": again.strftime(WRITTEN), "result": "contacted"}
                rows.append({**row, "id": f"A{number}again", **more})
    chance.shuffle(rows)
    return rows


# The second reading


def word(row: dict[str, str], field: str, variant: Variant) -> str:
    column, words = WORDS[field]
    value = row[column].strip().lower()
    return value if variant.records(field) and value in words.split() else "not_recorded"


def flag(row: dict[str, str], field: str, variant: Variant) -> bool | None:
    value = row[FLAGS[field]].strip().lower()
    return {"yes": True, "no": False}.get(value) if variant.records(field) else None


def moment(row: dict[str, str], column: str) -> datetime | None:
    """A time of a row; None where missing, unreadable, or midnight standing for "not entered"."""
    try:
        read = datetime.strptime(row[column], WRITTEN)
    except ValueError:
        return None
    return None if row[column].endswith("00:00:00") else read


def reading(row: dict[str, str], variant: Variant) -> dict[str, object]:  # noqa: C901 - to be read down beside the definitions
    """What one row says, by the definitions in words."""
    call_type, listed = TYPES[row["type"]]
    origin = word(row, "call_origin", variant)
    result = word(row, "contact_result", variant)
    police = word(row, "police_involvement", variant)
    reason = word(row, "police_request_reason", variant)
    arrived = moment(row, "arrived") if variant.records("arrived_at") else None
    dispatched = moment(row, "dispatched")
    received = moment(row, "received")
    all_reached = "all_rows_reached" in variant.log_keys

    # The list says which types are eligible; a weapon disqualifies.
    eligible = False if row["weapon"] == "yes" else listed
    public = None if origin == "not_recorded" else origin in PUBLIC
    in_funnel = variant.holds != "program_work" and eligible is True and public is not False
    counts_as_public = variant.holds == "all_calls" and public is True

    sent = flag(row, "is_community_dispatched", variant)
    if variant.rows_are == "dispatch" or all_reached:
        sent = True
    elif sent is None:
        if dispatched or arrived:
            sent = True
        elif variant.records("arrived_at"):
            sent = False

    met = result == "contacted" or (result == "not_recorded" and moment(row, "contact") is not None)
    said = {name: flag(row, name, variant) for name in FLAGS}
    destination = word(row, "transport_to", variant)
    if said["has_transport"] is None and destination != "not_recorded":
        said["has_transport"] = destination != "none"
    if said["has_emergency_department"] is None and destination != "not_recorded":
        said["has_emergency_department"] = destination == "emergency_department"
    on_scene = met or any(
        said[name]
        for name in (
            "has_arrest",
            "has_involuntary_hold",
            "has_transport",
            "has_emergency_department",
        )
    )
    if all_reached:
        response = True
    elif sent is None:
        response = None
    elif not sent:
        response = False
    elif arrived or on_scene:
        response = True
    else:
        response = False if variant.records("arrived_at") else None

    contact = None
    if response:
        if result == "contacted" or all_reached:
            contact = True
        elif result != "not_recorded":
            contact = False
        elif moment(row, "contact"):
            contact = True
    present = None if police == "not_recorded" else police != "none"
    offered, accepted, connected = (
        flag(row, name, variant)
        for name in ("has_referral_offered", "has_referral_accepted", "has_service_connected")
    )
    # Who was connected had accepted, and who accepted had been offered something.
    accepted = True if connected else accepted
    offered = True if accepted else offered
    ended = ending(row, variant, said, accepted, contact) if response else None

    alone = response is True and present is False
    not_reached = in_funnel and response is not True
    exit_reason = word(row, "not_reached_reason", variant)
    hurt = []
    for column in ("hurt 1", "hurt 2"):
        if row.get(column):
            role, _, severity = row[column].partition(":")
            known = role in ROLES.split() and ":" in row[column]
            hurt.append((role if known else "not_recorded", severity or "not_recorded"))
    times = {
        "received": received,
        "dispatched": dispatched,
        "en route": moment(row, "en route"),
        "arrived": arrived,
        "cleared": moment(row, "cleared"),
    }
    return {
        "priority": row["priority"] or "not_recorded",
        # Without an acuity the agency's priority says how urgent a call is.
        "acuity": row["acuity" if variant.records("acuity") else "priority"] or "not_recorded",
        "weekday": received.isoweekday() if received else None,
        "hour": received.hour if received else None,
        "no call": origin in ("responder_initiated", "follow_up"),
        **{
            f"{name} minutes": (times[last] - times[first]).total_seconds() / 60
            if response and times[first] and times[last]
            else None
            for name, (first, last) in ENDS.items()
        },
        "month": row["received"][:7] or None,
        "day": row["received"][:10] or None,
        "call_type": call_type,
        "area": row["area"] or "not_recorded",
        "public": counts_as_public,
        "eligible": in_funnel,
        "in hours": in_funnel and (response is True or exit_reason != "outside_hours"),
        "sent": sent is True,
        "response": response is True,
        "reached": in_funnel and response is True,
        "not reached": not_reached and response is False,
        "contact": contact is True,
        "contact known": contact is not None,
        "presence known": response is True and present is not None,
        "alone": alone,
        "strict": alone and eligible is True and origin in ("911", "non_emergency"),
        "police known": response is True and police != "not_recorded",
        "requested": response is True and police == "requested_by_team",
        "for safety": response is True
        and police == "requested_by_team"
        and reason in ("safety_emergency", "safety_routine"),
        "emergency": response is True
        and police == "requested_by_team"
        and reason == "safety_emergency",
        "already": response is True and police in ("already_on_scene", "sent_by_dispatch"),
        "disengaged": sent is True and result == "disengaged_for_safety",
        "asked about injuries": response is True
        and flag(row, "is_injury_recorded", variant) is True,
        "hurt": sum(severity != "near_miss" for _, severity in hurt),
        "recordable": sum(s in ("medical_treatment", "serious", "fatal") for _, s in hurt),
        "serious": sum(severity in ("serious", "fatal") for _, severity in hurt),
        "responders": sum(r == "responder" and s != "near_miss" for r, s in hurt),
        "near miss": sum(severity == "near_miss" for _, severity in hurt),
        "ended": ended,
        "place": destination
        if destination not in ("none", "not_recorded")
        else "emergency_department"
        if said["has_emergency_department"]
        else "not_recorded",
        "served": ended is not None and ended not in (*EXITS.values(), "other", "not_recorded"),
        "served known": ended is not None and ended not in ("other", "not_recorded"),
        "offered": contact is True and offered is True,
        "offered known": contact is True and offered is not None,
        "accepted": contact is True and accepted is True,
        "accepted known": contact is True and offered is True and accepted is not None,
        "connected": contact is True and connected is True,
        "connected known": contact is True and accepted is True and connected is not None,
        "id": row["id"],
        "person": row["person"] or None,
        "received": received,
        "cleared": moment(row, "cleared"),
        **{
            f"{name} {of}": base and (value is True if what == "yes" else value is not None)
            for name in ("arrest", "involuntary_hold", "force", "emergency_department", "transport")
            for value in [said[f"has_{name}"]]
            for of, base, what in (
                ("yes", response is True, "yes"),
                ("known", response is True, "known"),
                ("yes of sent", sent is True, "yes"),
                ("known of sent", sent is True, "known"),
            )
        },
    }


EXITS = {
    "unable_to_locate": "unable_to_locate",
    "refused": "refused",
    "cancelled": "cancelled",
    "disengaged_for_safety": "left_for_safety",
}
PLACES = {
    "emergency_department": "transported_emergency_department",
    "crisis_center": "transported_crisis_center",
    "shelter": "transported_shelter",
}


def ending(
    row: dict[str, str],
    variant: Variant,
    said: dict[str, bool | None],
    accepted: bool | None,
    contact: bool | None,
) -> str:
    """The primary disposition of a response, by docs/adding_an_agency.md."""
    own = word(row, "disposition", variant)
    result = word(row, "contact_result", variant)
    if own.startswith(("transported", "handed")) or own in ("arrested", "involuntary_hold"):
        return own
    if own == "not_recorded":
        if said["has_arrest"]:
            return "arrested"
        if said["has_involuntary_hold"]:
            return "involuntary_hold"
        if said["has_emergency_department"]:
            return PLACES["emergency_department"]
        if said["has_transport"]:
            return PLACES.get(word(row, "transport_to", variant), "transported_other")
    if result in EXITS:
        return EXITS[result]
    if own != "not_recorded":
        return own
    if accepted:
        return "referred"
    return "met" if contact else "not_recorded"


def followed_up(read: pd.DataFrame, days: int) -> pd.DataFrame:  # noqa: C901 - to be read down beside the definitions
    """Every contact, with whether its next so many days are seen, and whether the person was met in them."""
    contacts = read[read.contact].sort_values("id").copy()
    contacts["date"] = pd.to_datetime(contacts.day)
    seen = sorted({pd.Timestamp(day) for day in read.day.dropna()})
    months = {day.strftime("%Y-%m") for day in seen}
    results = []
    for row in contacts.to_dict("records"):
        row["followed"], row["again"], row["counted"] = False, False, False
        results.append(row)
    by_person: dict[str, list[dict]] = {}
    for row in results:
        if pd.isna(row["person"]):
            continue
        row["counted"] = True
        if row["date"] is not pd.NaT:
            by_person.setdefault(row["person"], []).append(row)
    for visits in by_person.values():
        for row in visits:
            timed = row["received"] is not None and row["received"] is not pd.NaT
            row["began"] = pd.Timestamp(row["received"]) if timed else row["date"]
            row["until"] = row["began"] if timed else row["date"] + pd.Timedelta(hours=23.9999)
            if timed and row["cleared"] is not pd.NaT and row["cleared"] is not None:
                stay = (pd.Timestamp(row["cleared"]) - row["began"]).total_seconds() / 60
                if 0 <= stay <= row["longest"]:
                    row["until"] = pd.Timestamp(row["cleared"])
        visits.sort(key=lambda row: (row["began"], row["id"]))
        until = pd.Timestamp.min
        kept: list[dict] = []
        for row in visits:
            if row["began"] <= until:
                row["counted"] = False
            else:
                kept.append(row)
            until = max(until, row["until"])
        for row, after in zip(kept, [*kept[1:], None], strict=True):
            if after is not None:
                row["again"] = (after["date"] - row["date"]).days <= days
    for row in results:
        if row["counted"] and row["date"] is not pd.NaT:
            window = pd.date_range(row["date"], row["date"] + pd.Timedelta(days=days))
            whole = all(day.strftime("%Y-%m") in months for day in window)
            # Where a month without records follows, what was seen ends with the last record before it.
            after = [day for day in seen if day > row["date"]]
            last = row["date"]
            for day in after:
                between = pd.date_range(last.replace(day=1), day.replace(day=1), freq="MS")
                if any(month.strftime("%Y-%m") not in months for month in between):
                    break
                last = day
            row["followed"] = whole and window[-1] <= last
    return pd.DataFrame(results)


# Numerator and denominator of each metric, as columns of the second reading.
READ = {
    "calls_for_service": ("public", None),
    "eligible_calls": ("eligible", None),
    "dispatches": ("sent", None),
    "responses": ("response", None),
    "eligible_reached_share": ("reached", "eligible"),
    "eligible_reached_in_hours_share": ("reached", "in hours"),
    "not_reached_share": ("not reached", "eligible"),
    "contact_share": ("contact", "contact known"),
    "diverted_strict": ("strict", "public"),
    "diverted_broad": ("alone", "public"),
    "diverted_strict_eligible_share": ("strict", "eligible"),
    "diverted_strict_public_share": ("strict", "public"),
    "diverted_broad_public_share": ("alone", "public"),
    "without_police_share": ("alone", "presence known"),
    "safety_escalation_rate": ("for safety", "police known"),
    "emergency_backup_rate": ("emergency", "police known"),
    "police_request_rate": ("requested", "police known"),
    "police_already_there_share": ("already", "police known"),
    "safety_disengagement_rate": ("disengaged", "sent"),
    "arrest_rate": ("arrest yes", "arrest known"),
    "arrest_dispatch_share": ("arrest yes of sent", "arrest known of sent"),
    "involuntary_hold_rate": ("involuntary_hold yes", "involuntary_hold known"),
    "force_rate": ("force yes", "force known"),
    "emergency_department_share": ("emergency_department yes", "emergency_department known"),
    "emergency_department_dispatch_share": (
        "emergency_department yes of sent",
        "emergency_department known of sent",
    ),
    "served_share": ("served", "served known"),
    "contacts": ("contact", None),
    "transport_share": ("transport yes", "transport known"),
    "referral_offered_share": ("offered", "offered known"),
    "referral_accepted_share": ("accepted", "accepted known"),
    "service_connected_share": ("connected", "connected known"),
    "injury_recorded_share": ("asked about injuries", "response"),
    "injury_rate": ("hurt", "asked about injuries"),
    "recordable_injury_rate": ("recordable", "asked about injuries"),
    "serious_injury_rate": ("serious", "asked about injuries"),
    "responder_injury_rate": ("responders", "asked about injuries"),
    "near_miss_rate": ("near miss", "asked about injuries"),
}
COUNTED_BY_REASON = {"not_reached_reasons": "not reached", "police_request_reasons": "requested"}
REPEATS = {f"repeat_contact_{days}_share": days for days in (7, 30, 90)}
ELSEWHERE = (
    "net_diverted",
    "over_target_share",
    *(f"{name}_{end}" for name in ENDS for end in ("min", "p90_min")),
    "dispositions",
    "transport_places",
    *REPEATS,
)


@dataclass(frozen=True)
class Case:
    """A random log, loaded, and its second reading."""

    variant: Variant
    report: LoadReport
    snapshot: Snapshot
    read: pd.DataFrame


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda v: v.name)
def case(request, tmp_path_factory: pytest.TempPathFactory) -> Case:
    variant: Variant = request.param
    folder: Path = tmp_path_factory.mktemp("random")
    agencies = write_agency(
        folder / "agencies",
        rows_are=variant.rows_are,
        holds=variant.holds,
        log_keys=variant.log_keys,
        without=variant.without,
        time_zone="America/Phoenix",
        has_persons=True,
    )
    path = write_csv(folder / "calls.csv", random_rows(variant))
    report = load_log([path], AGENCY, agencies, folder / "store")
    with path.open(encoding="utf-8", newline="") as stream:
        raw = list(csv.DictReader(stream))
    by_id = {row["id"]: row for row in raw if row["type"] != "TEST" and row["id"]}
    read = pd.DataFrame([reading(row, variant) for row in by_id.values()])
    read["longest"] = 120 if "longest_interval_hours = 2" in variant.log_keys else 1440
    return Case(variant, report, live_snapshot(folder / "store"), read)


def expected(case: Case, key: str, rows: pd.DataFrame) -> tuple[int | None, int | None]:
    """Numerator and denominator of some rows; none where there is nothing to count over."""
    counted, over = READ[key]
    numerator = int(rows[counted].sum())
    if over is None:
        return numerator, None
    if METRICS[key].denominator_requires and case.variant.holds != "all_calls":
        return numerator, None
    denominator = int(rows[over].sum())
    return (numerator, denominator) if denominator else (None, None)


def plain(value: object) -> object:
    return None if value is None or value != value else value


def numbers(row: dict) -> tuple[int | None, int | None]:
    numerator, denominator = plain(row["numerator"]), plain(row["denominator"])
    return (
        None if numerator is None else int(numerator),
        None if denominator is None else int(denominator),
    )


def test_the_two_readings_cover_every_metric():
    assert {*READ, *COUNTED_BY_REASON, *ELSEWHERE} == set(METRICS)


def test_rows_are_all_accounted_for(case: Case):
    report = case.report
    rows = random_rows(case.variant)
    tests = sum(row["type"] == "TEST" for row in rows)
    assert report.rows_read == len(rows)
    assert report.reasons["filtered: test call"] == tests
    assert report.rejected == sum(row["id"] == "" and row["type"] != "TEST" for row in rows)
    assert report.loaded == len(case.read)
    assert report.rows_read == sum(
        (report.loaded, report.filtered, report.rejected, report.unchanged)
    )


def answers(variant: Variant, key: str) -> bool:
    """Whether the log records the metric, by what its profile leaves out."""
    needs = {
        "safety_escalation_rate": "police_request_reason",
        "emergency_backup_rate": "police_request_reason",
        "safety_disengagement_rate": "contact_result",
    }
    if needs.get(key) in variant.without:
        return False
    if key in ("calls_for_service", "diverted_strict_public_share", "diverted_broad_public_share"):
        return variant.holds == "all_calls"
    if key.startswith("eligible_") or key in (
        "not_reached_share",
        "diverted_strict_eligible_share",
    ):
        return variant.holds != "program_work"
    return True


@pytest.mark.parametrize("key", READ)
def test_counts_by_call_type_and_acuity_are_the_same(case: Case, key: str):
    by = Breakdown.CALL_TYPE_AND_ACUITY
    if by not in METRICS[key].breakdowns or not answers(case.variant, key):
        return
    found = answer(key, Selection(), case.snapshot, by)
    rows = {
        (row["call_type"], row["acuity"]): numbers(row) for row in found.table.to_dict("records")
    }
    wanted = {
        grain: expected(case, key, part)
        for grain, part in case.read.groupby(["call_type", "acuity"], dropna=False)
    }
    assert rows == wanted


@pytest.mark.parametrize("key", READ)
def test_counts_are_the_same(case: Case, key: str):
    for column in ("month", "call_type", "area"):
        found = answer(key, Selection(), case.snapshot, Breakdown(column))
        if not answers(case.variant, key):
            assert found.total.status is Status.NOT_RECORDED
            assert any(note.startswith("Not recorded: ") for note in found.notes)
            return
        total = (found.total.numerator, found.total.denominator)
        assert total == expected(case, key, case.read)
        name = "area_id" if column == "area" else column
        rows = {plain(row[name]): numbers(row) for row in found.table.to_dict("records")}
        wanted: dict[object, object] = {
            plain(value): expected(case, key, part)
            for value, part in case.read.groupby(column, dropna=False)
        }
        if column == "month":
            wanted["2024-04"] = (None, None)
            status = found.table.set_index("month").loc["2024-04", "status"]
            assert status == Status.NOT_RECORDED
        assert rows == wanted, column


@pytest.mark.parametrize("key", COUNTED_BY_REASON)
def test_counted_by_reason(case: Case, key: str):
    found = answer(key, Selection(), case.snapshot, Breakdown.REASON)
    lacks_reasons = key == "police_request_reasons" and not case.variant.records(
        "police_request_reason"
    )
    if lacks_reasons or (key == "not_reached_reasons" and case.variant.holds == "program_work"):
        assert found.total.status is Status.NOT_RECORDED
        return
    number = int(case.read[COUNTED_BY_REASON[key]].sum())
    assert plain(found.total.numerator) == (number or None)
    if number:
        assert found.table.numerator.sum() == number


def test_dispositions_are_the_same_and_add_up(case: Case):
    found = answer("dispositions", Selection(), case.snapshot, Breakdown.DISPOSITION)
    wanted = case.read.ended.value_counts().to_dict()
    counted = {row["disposition"]: row["numerator"] for row in found.table.to_dict("records")}
    assert {word: count for word, count in counted.items() if count > 0} == wanted
    if wanted:
        assert found.total.numerator == case.read.response.sum() == sum(wanted.values())
    for kinds in (("mental_health", "violence"),):
        part = case.read[case.read.call_type.isin(kinds)]
        asked = Selection(call_types=kinds)
        total = answer("dispositions", asked, case.snapshot).total
        assert (total.numerator or 0) == part.response.sum()


def test_places_are_the_same(case: Case):
    found = answer("transport_places", Selection(), case.snapshot, Breakdown.PLACE)
    wanted = case.read[case.read["transport yes"]].place.value_counts().to_dict()
    counted = {row["place"]: row["numerator"] for row in found.table.to_dict("records")}
    assert {word: count for word, count in counted.items() if count > 0} == wanted


@pytest.mark.parametrize("key", REPEATS)
def test_who_was_met_again_is_the_same(case: Case, key: str):
    contacts = followed_up(case.read, REPEATS[key])

    def wanted(rows: pd.DataFrame) -> tuple[int | None, int | None]:
        seen = rows[rows.counted & rows.followed]
        return (int(seen.again.sum()), len(seen)) if len(seen) else (None, None)

    assert contacts.person.isna().any()
    for column in ("month", "call_type"):
        found = answer(key, Selection(), case.snapshot, Breakdown(column))
        total = (found.total.numerator, found.total.denominator)
        assert total == wanted(contacts)
        rows = {plain(row[column]): numbers(row) for row in found.table.to_dict("records")}
        expected_rows = {
            plain(value): wanted(part) for value, part in contacts.groupby(column, dropna=False)
        }
        for value, counts in rows.items():
            assert counts == expected_rows.get(value, (None, None)), (column, value)
    if REPEATS[key] == 7 and case.variant.seed == 1:
        # The comparison is of something: people did come back, and some contacts could not be followed.
        assert found.total.numerator >= 5
        assert (contacts.counted & ~contacts.followed).any()
        assert (contacts.person.notna() & ~contacts.counted).any()


def slow_waits(days: dict[str, list[bool]]) -> list[tuple[str, int]]:
    """Day of each event, and the responses without one before it: a day's events spread evenly."""
    waits, waited = [], 0
    for day in sorted(days):
        events, others = sum(days[day]), len(days[day]) - sum(days[day])
        before = 0
        for number in range(1, events + 1):
            until = round(number * others / (events + 1))
            waits.append((day, waited + until - before))
            waited, before = 0, until
        waited += others - before
    return [*waits, ("since", waited)]


@pytest.mark.parametrize(
    ("key", "event", "known"),
    [
        ("emergency_backup_rate", "emergency", "police known"),
        ("injury_rate", "hurt", "asked about injuries"),
    ],
)
@pytest.mark.parametrize("kinds", [(), ("mental_health", "violence")])
def test_what_lies_between_rare_events(
    case: Case, key: str, event: str, known: str, kinds: tuple[str, ...]
):
    if not answers(case.variant, key):
        assert rare_event_chart(key, Selection(), case.snapshot).why_empty.startswith("Not rec")
        return
    days: dict[str, list[bool]] = {}
    for row in case.read.to_dict("records"):
        is_counted = row[known] or row[event]
        if plain(row["day"]) and is_counted and (not kinds or row["call_type"] in kinds):
            days.setdefault(row["day"], []).append(bool(row[event]))
    *wanted, (_, since) = slow_waits(days)
    chart = rare_event_chart(key, Selection(call_types=kinds), case.snapshot)
    assert chart.event_count == len(wanted)
    if not wanted:
        assert chart.points == ()
        return
    # Before the first event the log began: no wait is known.
    assert [(str(point.day), point.count) for point in chart.points] == wanted[1:]
    assert chart.wait is not None
    assert (str(chart.wait.since), chart.wait.responses) == (wanted[-1][0], since)


def state_of(row: dict, interval: str, variant: Variant) -> str:
    """Whether a response's interval is usable, and if not why, in the order in which reasons are given."""
    minutes = row[f"{interval} minutes"]
    longest = 120 if "longest_interval_hours = 2" in variant.log_keys else 1440
    if interval in ("call_processing", "response") and row["no call"]:
        return "not_a_call"
    if plain(minutes) is None:
        return "missing"
    if minutes < 0:
        return "negative"
    if minutes > longest:
        return "over_range"
    return "zero" if minutes == 0 and "keep" not in variant.log_keys else "usable"


def usable_minutes(rows: list[dict], interval: str, variant: Variant) -> np.ndarray:
    kept = [
        row[f"{interval} minutes"] for row in rows if state_of(row, interval, variant) == "usable"
    ]
    return np.sort(np.array(kept, dtype=float))


def near(value: float, minutes: np.ndarray, share: float, is_coarse: bool) -> None:
    """Between the neighbours of the rank, give or take half a bin."""
    place = share * len(minutes)
    low = minutes[max(0, int(np.floor(place)) - 1)]
    high = minutes[min(len(minutes) - 1, int(np.ceil(place)))]
    if is_coarse:
        half_bin = 0.5 if high <= 40 else high * 0.0125 + 0.5
    else:
        half_bin = 0.05 if high <= 120 else high * 0.0125 + 0.05
    assert low - half_bin - 1e-9 <= value <= high + half_bin + 1e-9


GRAINS = {
    None: (),
    Breakdown.MONTH: ("month",),
    Breakdown.CALL_TYPE: ("call_type",),
    Breakdown.PRIORITY: ("priority",),
    Breakdown.AREA: ("area",),
    Breakdown.HOUR_OF_WEEK: ("weekday", "hour"),
}


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("interval", ENDS)
def test_percentiles_within_a_bin(case: Case, interval: str, share: float):
    key = f"{interval}_{'min' if share == 0.5 else 'p90_min'}"
    metric = METRICS[key]
    for breakdown, columns in GRAINS.items():
        if breakdown is not None and breakdown not in metric.breakdowns:
            continue
        found = answer(key, Selection(), case.snapshot, breakdown)
        if not case.variant.records("arrived_at") and "arrived" in ENDS[interval]:
            assert found.total.status is Status.NOT_RECORDED
            return
        rows = [row for row in case.read.to_dict("records") if row["response"]]
        whole = usable_minutes(rows, interval, case.variant)
        assert plain(found.total.denominator) == (len(whole) or None)
        if len(whole):
            near(found.total.value, whole, share, False)
        parts: dict[tuple, list[dict]] = {}
        for row in rows:
            parts.setdefault(tuple(plain(row[column]) for column in columns), []).append(row)
        seen = 0
        for shown in found.table.to_dict("records"):
            keys = [name for name in found.keys if name != "coverage"]
            grain = tuple(plain(shown[name]) for name in keys)
            minutes = usable_minutes(parts.get(grain, []), interval, case.variant)
            assert plain(shown["denominator"]) == (len(minutes) or None), grain
            seen += len(minutes)
            if len(minutes):
                near(shown["value"], minutes, share, breakdown is Breakdown.HOUR_OF_WEEK)
        assert breakdown is None or seen == len(whole)


def test_what_is_left_out_is_counted_by_reason(case: Case):
    found = exclusions(Selection(), case.snapshot, DisclosureRule())
    rows = [row for row in case.read.to_dict("records") if row["response"]]
    assert [one.interval.removesuffix("_min") for one in found] == list(ENDS)
    for one in found:
        interval = one.interval.removesuffix("_min")
        if not case.variant.records("arrived_at") and "arrived" in ENDS[interval]:
            assert not one.is_recorded
            continue
        states = [state_of(row, interval, case.variant) for row in rows]
        assert one.reasons == {reason: states.count(reason) for reason in REASONS}
        assert one.usable_count == states.count("usable")
        assert one.usable_count + sum(one.reasons.values()) == len(rows)


@pytest.mark.parametrize("target", [0.1, 12.0, 30.0, 200.0])
def test_a_readers_target_is_counted_within_a_bin(case: Case, target: float):
    found = reader_target(target, Selection(), case.snapshot, DisclosureRule()).over
    if not case.variant.records("arrived_at"):
        assert found.status is Status.NOT_RECORDED
        return
    rows = [row for row in case.read.to_dict("records") if row["response"]]
    minutes = usable_minutes(rows, "response", case.variant)
    half_bin = 0.05 if target <= 120 else target * 0.0125 + 0.05
    assert found.denominator == len(minutes)
    assert (minutes > target + half_bin).sum() <= found.numerator
    assert found.numerator <= (minutes > target - half_bin).sum()


@pytest.mark.parametrize("key", ["responses", "arrest_rate", "diverted_broad", "injury_rate"])
def test_selections_leave_out_what_was_not_asked(case: Case, key: str):
    asked = Selection(
        first_month=parse_month("2024-02"),
        last_month=parse_month("2024-05"),
        call_types=("mental_health", "violence"),
    )
    months = case.read.month.between("2024-02", "2024-05")
    part = case.read[months & case.read.call_type.isin(asked.call_types)]
    total = answer(key, asked, case.snapshot).total
    assert (total.numerator, total.denominator) == expected(case, key, part)


@pytest.mark.parametrize("key", METRICS)
def test_public_answers_give_no_small_count_away(case: Case, key: str):
    metric, rule = METRICS[key], DisclosureRule()
    asked = Selection(view=View.PUBLIC)
    for breakdown in (None, *metric.breakdowns):
        if breakdown in NOT_IN_PUBLIC:
            with pytest.raises(SelectionError, match="would give small counts away"):
                answer(key, asked, case.snapshot, breakdown)
            continue
        found = answer(key, asked, case.snapshot, breakdown)
        for note in found.notes:
            told = re.match(r"(?:For |Recorded on )?([\d,]+) (?:of ([\d,]+))?", note)
            for number in told.groups() if told else ():
                assert not rule.is_small(int(number.replace(",", "")) if number else None), note
        if not rule.applies(metric, asked, breakdown):
            continue
        total = {"numerator": found.total.numerator, "denominator": found.total.denominator}
        for row in [*found.table.to_dict("records"), total]:
            numerator, denominator = plain(row["numerator"]), plain(row["denominator"])
            assert not rule.is_small(numerator)
            assert not rule.is_small(denominator)
            if numerator is not None and denominator is not None:
                assert not rule.is_small(denominator - numerator)
        hidden = found.table.status == Status.SUPPRESSED
        if found.total.status is Status.SUPPRESSED or not hidden.any():
            continue
        assert hidden.sum() >= 2
        if metric.statistic not in (Statistic.MEDIAN, Statistic.PERCENTILE_90):
            left = found.total.numerator - found.table.numerator.sum()
            # Rows that are hidden with all their parts may have none of one, which may be told.
            assert left >= rule.smallest_shown or (metric.parts and left == 0)


def test_page_tables_add_up(case: Case):
    with case.snapshot._connection.cursor() as cursor:
        incidents = cursor.table("incident_count_month").df()
        funnel = cursor.table("funnel_month").df()
        days = cursor.table("incident_day").df()
        durations = cursor.table("duration_month").df()
        requests = cursor.table("police_request_month").df()
    counts = [name for name in incidents.columns if name.endswith("_count")]
    keys = ["program_id", "month", "call_type"]
    by_acuity, by_area = (
        incidents[incidents.split_by == way].groupby(keys, dropna=False)[counts].sum()
        for way in ("acuity", "area")
    )
    pd.testing.assert_frame_equal(by_acuity.sort_index(), by_area.sort_index())
    by_area = incidents[incidents.split_by == "area"]
    assert by_area.call_count.sum() == len(case.read)
    assert funnel.call_count.sum() == by_area.eligible_count.sum()
    assert days.call_count.sum() == case.read.month.notna().sum()
    # Every response stands once under each interval, usable or left out, and once in each finer table.
    finer = [durations[durations.split_by == way] for way in ("priority", "area", "hour_of_week")]
    durations = durations[durations.split_by == "none"]
    by_interval = durations.groupby("interval_name").response_count.sum()
    assert len(by_interval) == len(ENDS)
    assert (by_interval == by_area.response_count.sum()).all()
    waits = durations[durations.interval_name == "response_min"]
    usable = waits[waits.interval_state == "usable"].response_count.sum()
    for finer_table in finer:
        assert finer_table.response_count.sum() == by_area.response_count.sum()
        assert finer_table[finer_table.interval_state == "usable"].response_count.sum() == usable
    assert requests.request_count.sum() == by_area.police_request_count.sum()
    with case.snapshot._connection.cursor() as cursor:
        endings = cursor.table("disposition_month").df()
        repeats = cursor.table("contact_repeat_month").df()
    assert endings.response_count.sum() == by_area.response_count.sum()
    groups = incidents[~incidents.split_by.isin(["acuity", "area"])]
    if by_area.response_count.sum():
        assert set(groups.split_by) == {"age_band", "gender", "race_ethnicity"}
    for _, kind in groups.groupby("split_by"):
        assert kind.response_count.sum() == by_area.response_count.sum()
        assert kind.arrest_count.sum() == by_area.arrest_count.sum()
    assert repeats.contact_count.sum() == by_area.contact_count.sum()
    assert (
        repeats.contact_count.sum()
        == (
            repeats.known_contact_count + repeats.person_unknown_count + repeats.same_event_count
        ).sum()
    )
    for days in (7, 30, 90):
        followed = repeats[f"followed_{days}_count"] + repeats[f"not_followed_{days}_count"]
        assert (followed == repeats.known_contact_count).all()
        assert (repeats[f"repeat_{days}_count"] <= repeats[f"followed_{days}_count"]).all()
    for part, whole in (
        ("served_count", "served_known_count"),
        ("transport_count", "transport_recorded_count"),
        ("referral_accepted_count", "referral_offered_count"),
        ("service_connected_count", "referral_accepted_count"),
        ("eligible_response_count", "eligible_dispatched_count"),
        ("eligible_dispatched_count", "eligible_count"),
        ("response_count", "dispatched_count"),
        ("diverted_strict_count", "diverted_broad_count"),
        ("safety_request_count", "police_request_count"),
        ("safety_emergency_count", "safety_request_count"),
        ("contact_count", "contact_recorded_count"),
        ("arrest_count", "arrest_recorded_count"),
    ):
        assert (by_area[part] <= by_area[whole]).all(), f"{part} is a part of {whole}"
