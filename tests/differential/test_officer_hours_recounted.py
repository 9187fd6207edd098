"""Officer hours on random logs, worked out twice: by the product, and call by call from the raw CSV.

Two logs are random: one with a row for each call, and one with a row for each unit, whose police units have times that
are now and then missing, unreadable, before their start, zero or days long. The second reading shares no code with the SQL.
"""

import csv
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy
import pandas as pd
import pytest
from made_city import AGENCY, write_agency, write_csv
from scipy.stats import triang
from slow_reading import (
    TYPES,
    VARIANTS,
    WRITTEN,
    moment,
    random_rows,
    random_time,
    reading,
)
from unit_city import UNIT_AGENCY, write_unit_agency, write_units

from outcomes.analyses.officer_time.analysis import DRAWN_SUBJECTS, Range, officer_time
from outcomes.analyses.officer_time.assumptions import (
    Assumptions,
    Subject,
    changes_of,
    published_assumptions,
    with_changes,
)
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, View

pytestmark = pytest.mark.slow

LONGEST_MINUTES = 1440
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-05", "2024-06")
ENDS = ("low", "base", "high")
# The same where they are shown.
SHOWN = ("low", "middle", "high")
SLOW_DRAWS = 20_000
SELECTIONS = 40


def random_units(seed: int, size: int = 500) -> list[dict[str, str]]:
    """Rows of units: the team on most calls, and none to three rows of police units."""
    chance = random.Random(seed)
    rows = []
    for number in range(size):
        received = datetime(2024, 1, 1, 9) + timedelta(minutes=chance.randint(0, 180 * 1440))
        if received.month == 4:
            received += timedelta(days=31)
        call = {
            "id": f"U{number}",
            "received": received.strftime(WRITTEN) if chance.random() > 0.03 else "",
            "origin": chance.choice(["911", "911", "non_emergency", "311", "officer_request", ""]),
            "type": chance.choice([*TYPES, "MH", "WELF"]),
            "result": chance.choice(["contacted", "contacted", "unable_to_locate", ""]),
        }
        police = chance.choice([0, 0, 1, 1, 2, 3])
        units = ["CR1"] * (chance.random() < 0.9)
        units += [chance.choice(["PD1", "PD2"]) for _ in range(police)]
        units += ["M12"] * (chance.random() < 0.2)
        for unit in units:
            spoils = chance.random() < 0.3
            sent = received + timedelta(seconds=chance.randint(0, 1200))
            there = sent + timedelta(seconds=chance.randint(1, 1200))
            times = {
                "dispatched": sent.strftime(WRITTEN),
                "arrived": there.strftime(WRITTEN),
                "cleared": (there + timedelta(seconds=chance.randint(60, 9000))).strftime(WRITTEN),
            }
            if spoils:
                column = chance.choice(list(times))
                times[column] = random_time(chance, sent, 300)
            if chance.random() < 0.15:
                times["dispatched"] = ""
            rows.append({**call, "unit": unit, **times})
    chance.shuffle(rows)
    return rows


def random_calls() -> list[dict[str, str]]:
    """Rows of calls, of which every second has all that a strict diverted call needs but for what chance took."""
    plain = {"origin": "911", "police": "none", "result": "contacted", "sent": "yes", "weapon": ""}
    return [row | plain if place % 2 else row for place, row in enumerate(random_rows(VARIANTS[0]))]


def read_units(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    """One reading for each call of the unit log, by the definitions in words."""
    calls: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        calls.setdefault(row["id"], []).append(row)
    return [read_call(parts) for parts in calls.values()]


def read_call(rows: list[dict[str, str]]) -> dict[str, object]:
    first = rows[0]
    call_type, eligible = TYPES[first["type"]]
    team = [row for row in rows if row["unit"].startswith("CR")]
    police = [row for row in rows if row["unit"].startswith("PD")]
    # Several services share a call here: the contact can be another's, and only the team's own times show that it was there.
    response = any(moment(row, "arrived") for row in team)
    present = any(moment(row, "arrived") for row in police)
    is_strict = (
        response
        and not present
        and eligible is True
        and first["origin"] in ("911", "non_emergency")
    )
    seconds = police_seconds(police)
    return {
        "program": UNIT_AGENCY,
        "month": first["received"][:7] or None,
        "call_type": call_type,
        "strict": is_strict,
        "known": response,
        "present": response and present,
        "seconds": seconds if response and present else None,
    }


def police_seconds(rows: list[dict[str, str]]) -> int | None:
    """Seconds of every police unit on one call, second by second; None where a row cannot be used."""
    busy: set[tuple[str, int]] = set()
    for row in rows:
        start = moment(row, "dispatched") or moment(row, "arrived")
        end = moment(row, "cleared")
        if start is None or end is None:
            return None
        if not 0 < (end - start).total_seconds() / 60 <= LONGEST_MINUTES:
            return None
        began, ended = int(start.timestamp()), int(end.timestamp())
        busy |= {(row["unit"], second) for second in range(began, ended)}
    return len(busy)


def read_calls(raw: list[dict[str, str]]) -> list[dict[str, object]]:
    by_id = {row["id"]: row for row in raw if row["type"] != "TEST" and row["id"]}
    read = [reading(row, VARIANTS[0]) for row in by_id.values()]
    return [
        {
            "program": AGENCY,
            "month": row["month"],
            "call_type": row["call_type"],
            "strict": row["strict"],
            "known": row["presence known"],
            "present": row["presence known"] and not row["alone"],
            "seconds": None,
        }
        for row in read
    ]


@dataclass(frozen=True)
class Logs:
    """The two random logs, loaded, and their second reading, a row for each call."""

    snapshot: Snapshot
    read: pd.DataFrame
    published: Assumptions


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Logs:
    folder: Path = tmp_path_factory.mktemp("officer-time")
    agencies = write_unit_agency(folder / "agencies")
    write_agency(agencies, time_zone="America/Phoenix", has_persons=True)
    units = write_units(folder / "units.csv", random_units(11))
    calls = write_csv(folder / "calls.csv", random_calls())
    load_log([units], UNIT_AGENCY, agencies, folder / "store")
    load_log([calls], AGENCY, agencies, folder / "store")
    read = []
    for path, reads in ((units, read_units), (calls, read_calls)):
        with path.open(encoding="utf-8", newline="") as stream:
            read += reads(list(csv.DictReader(stream)))
    snapshot = live_snapshot(folder / "store")
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    return Logs(snapshot, pd.DataFrame(read), published)


def random_selection(chance: random.Random) -> Selection:
    first, last = sorted(chance.choices(MONTHS, k=2))
    kinds = sorted({call_type for call_type, _ in TYPES.values()})
    return Selection(
        program_ids=chance.choice([(), (UNIT_AGENCY,), (AGENCY,), (UNIT_AGENCY, AGENCY)]),
        call_types=tuple(chance.sample(kinds, chance.randint(1, 4)))
        if chance.random() < 0.4
        else (),
        first_month=parse_month(first) if chance.random() < 0.6 else None,
        last_month=parse_month(last) if chance.random() < 0.6 else None,
    )


def random_assumptions(chance: random.Random, published: Assumptions) -> Assumptions:
    """Some changed through a link, the others as published."""
    parts = []
    for kind in sorted({call_type for call_type, _ in TYPES.values()}):
        low, base, high = sorted(chance.uniform(0, 1) for _ in range(3))
        parts.append(f"chance.{kind}:{low:.3f}-{base:.3f}-{high:.3f}")
        low, base, high = sorted(chance.randint(1, 200) for _ in range(3))
        parts.append(f"minutes.{kind}:{low}-{base}-{high}")
    parts.append(f"spent:{chance.randint(0, 9)}-{chance.randint(10, 20)}-{chance.randint(21, 90)}")
    parts.append("unit_officers:1-1.5-2")
    changes, complaints = changes_of(",".join(chance.sample(parts, chance.randint(0, len(parts)))))
    assert complaints == []
    return with_changes(published, changes)


def part_of(read: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    part = read[read.program.isin(selection.program_ids or (UNIT_AGENCY, AGENCY))]
    if selection.call_types:
        part = part[part.call_type.isin(selection.call_types)]
    return within(part, selection)


def within(read: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    months = read.month.dropna()
    first, last = (
        None if each is None else f"{each:%Y-%m}"
        for each in (selection.first_month, selection.last_month)
    )
    # Months that cover everything are everything: records without a date are in.
    covers = (not first or first <= months.min()) and (not last or last >= months.max())
    if first and not covers:
        read = read[read.month >= first]
    if last and not covers:
        read = read[read.month <= last]
    return read


def slow_hours(part: pd.DataFrame, assumptions: Assumptions) -> Range:
    """Hours of these calls, one after the other; police time still spent at its other end."""

    def value(subject: Subject, kind: str, end: str) -> float:
        return getattr(assumptions[(subject, kind)].assumed, end)

    found = []
    for end, other in zip(ENDS, reversed(ENDS), strict=True):
        minutes = 0.0
        for call in part.to_dict("records"):
            kind = str(call["call_type"])
            if call["strict"]:
                freed = value(Subject.CHANCE, kind, end) * value(Subject.OFFICERS, kind, end)
                minutes += freed * value(Subject.MINUTES, kind, end)
            if call["present"] and pd.isna(call["seconds"]):
                minutes -= value(Subject.SPENT, "", other)
            elif call["present"]:
                minutes -= call["seconds"] / 60 * value(Subject.UNIT_OFFICERS, "", other)
        found.append(minutes / 60)
    return Range(*found)


def slow_draws(part: pd.DataFrame, assumptions: Assumptions) -> Range:
    """The 80% range of the same hours in draws of another make, by SciPy's triangular distribution."""
    chance = numpy.random.default_rng(8)
    drawn = {subject: chance.random(SLOW_DRAWS) for subject in DRAWN_SUBJECTS}

    def value(subject: Subject, kind: str = "") -> numpy.ndarray:
        low, base, high = (getattr(assumptions[(subject, kind)].assumed, end) for end in ENDS)
        if low == high:
            return numpy.full(SLOW_DRAWS, base)
        return triang((base - low) / (high - low), low, high - low).ppf(drawn[subject])

    minutes = numpy.zeros(SLOW_DRAWS)
    for kind, count in part[part.strict].call_type.value_counts().items():
        freed = value(Subject.CHANCE, kind) * value(Subject.OFFICERS, kind)
        minutes += count * freed * value(Subject.MINUTES, kind)
    present = part[part.present]
    minutes -= present.seconds.isna().sum() * value(Subject.SPENT)
    minutes -= present.seconds.sum() / 60 * value(Subject.UNIT_OFFICERS)
    return Range(*numpy.quantile(minutes / 60, [0.1, 0.5, 0.9]))


def test_the_random_logs_hold_what_they_are_for(logs: Logs):
    read = logs.read
    units = read[(read.program == UNIT_AGENCY) & read.present]
    assert units.seconds.notna().sum() > 50
    assert units.seconds.isna().sum() > 20
    assert read.groupby("program").strict.sum().min() > 15
    assert read.groupby("program").present.sum().min() > 15


def test_hours_are_those_of_each_call_added_up(logs: Logs):
    chance = random.Random(5)
    answered = without = 0
    while answered < SELECTIONS:
        selection = random_selection(chance)
        assumptions = random_assumptions(chance, logs.published)
        try:
            time = officer_time(selection, logs.snapshot, assumptions, DisclosureRule())
        except SelectionError:
            continue
        answered += 1
        part = part_of(logs.read, selection)
        if not part.strict.any():
            assert time.hours is None
            without += 1
            continue
        assert time.count == part.strict.sum()
        assert {kind: count for kind, count, _ in time.by_type} == part[
            part.strict
        ].call_type.value_counts().to_dict()
        present = part[part.present]
        assert time.police.responses == len(present)
        assert time.police.timed == present.seconds.notna().sum()
        assert time.police.unit_minutes == pytest.approx(present.seconds.sum() / 60)
        slow = slow_hours(part, assumptions)
        assert time.hours is not None
        assert time.extremes is not None
        for end in SHOWN:
            assert getattr(time.extremes, end) == pytest.approx(getattr(slow, end)), selection
        drawn = slow_draws(part, assumptions)
        wide = time.extremes.high - time.extremes.low
        for end in SHOWN:
            near = pytest.approx(getattr(drawn, end), abs=0.01 * wide + 0.02)
            assert getattr(time.hours, end) == near, selection
        # Coverage is of all calls, whatever their type.
        same = Selection(selection.program_ids, (), selection.first_month, selection.last_month)
        months = part_of(logs.read, same).month.dropna()
        assert time.months == months.nunique()
        assert time.per_year is not None
        assert time.per_year.middle == pytest.approx(time.hours.middle / months.nunique() * 12)
    assert without < SELECTIONS / 3


def test_the_public_hours_come_from_shown_cells_alone(logs: Logs):
    chance, rule = random.Random(6), DisclosureRule()
    shown_hours = hidden_types = measured = 0
    for _ in range(SELECTIONS):
        selection = Selection(**{**random_selection(chance).__dict__, "view": View.PUBLIC})
        try:
            time = officer_time(selection, logs.snapshot, logs.published, rule)
        except SelectionError:
            continue
        cells = answer(
            "diverted_strict", selection, logs.snapshot, Breakdown.CALL_TYPE, None, rule
        ).table
        cells = cells[cells.numerator.fillna(0) > 0]
        hidden_types += time.hidden_types
        if cells.empty:
            assert time.hours is None
            continue
        alone = answer("without_police_share", selection, logs.snapshot, None, None, rule).total
        police = None if alone.numerator is None else alone.denominator - alone.numerator
        assert time.police.responses == police
        assert not rule.is_small(police)
        assert not rule.is_small(time.police.timed)
        if time.police.timed:
            measured += 1
            assert not rule.is_small(time.police.untimed)
            # A whole number of minutes for each, near the true one.
            each = time.police.unit_minutes / time.police.timed
            assert each == round(each)
            present = part_of(logs.read, selection)
            present = present[present.present & present.seconds.notna()]
            assert abs(each - present.seconds.mean() / 60) <= 0.5
        recount = [
            {"call_type": row.call_type, "strict": True, "present": False, "seconds": None}
            for row in cells.itertuples()
            for _ in range(int(row.numerator))
        ]
        recount += [
            {"call_type": "", "strict": False, "present": True, "seconds": seconds}
            for seconds in [
                *[time.police.unit_minutes / max(1, time.police.timed) * 60] * time.police.timed,
                *[None] * time.police.untimed,
            ]
        ]
        slow = slow_hours(pd.DataFrame(recount), logs.published)
        assert time.extremes is not None
        for end in SHOWN:
            assert getattr(time.extremes, end) == pytest.approx(getattr(slow, end))
        shown_hours += 1
    assert min(shown_hours, hidden_types, measured) >= 5
