"""Random logs, counted twice: by the product, and from the raw CSV by slow and obvious Python.

The second reading is written from docs and the metrics' own words, row by row, and shares no code with the SQL.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_city import AGENCY, write_agency, write_csv
from slow_reading import (
    COUNTED_BY_REASON,
    ELSEWHERE,
    ENDS,
    LEFT_OPEN,
    READ,
    REPEATS,
    VARIANTS,
    Variant,
    followed_up,
    random_rows,
    reading,
)

from outcomes.analyses.control_charts.rare_events import rare_event_chart
from outcomes.analyses.response_times.exclusions import REASONS, exclusions
from outcomes.analyses.response_times.target import reader_target
from outcomes.answers.answer import answer
from outcomes.answers.coverage import are_whole_quarters
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.ingest.run import LoadReport, load_log
from outcomes.metrics.definition import Statistic
from outcomes.metrics.registry import METRICS
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.statistics.clusters import PersonSums
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

pytestmark = pytest.mark.slow

# A random log


# The second reading


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
    needs = METRICS[key].denominator_requires
    if Requirement.PUBLIC_CALLS in needs and case.variant.holds != "all_calls":
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
        # Where all rows were reached and met, a share of contacts would be 100% of itself.
        "contact_share": "contact_result",
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


def slow_bounds(key: str, rows: pd.DataFrame) -> tuple[float, float] | None:
    """Lowest and highest share of some rows; None where no more than one in 200 is missing."""
    (counted, over), (open_column, base_column, joining) = READ[key], LEFT_OPEN[key]
    numerator, denominator = rows[counted].sum(), rows[over].sum()
    base = rows[base_column or over].sum()
    missing = base - denominator + (rows[open_column].sum() if open_column else 0)
    if denominator == 0 or missing / base <= 0.005:
        return None
    per = 10_000 if METRICS[key].statistic is Statistic.RATE_PER_10K else 1
    highest = (numerator + missing) / (base + (rows[joining].sum() if joining else 0))
    return numerator / base * per, highest * per


@pytest.mark.parametrize("key", LEFT_OPEN)
def test_what_the_missing_could_make_of_it_is_the_same(case: Case, key: str):
    if not answers(case.variant, key):
        return
    found = answer(key, Selection(), case.snapshot, Breakdown.CALL_TYPE)
    parts = dict(iter(case.read.groupby("call_type", dropna=False)))
    rows = [(row, parts[row["call_type"]]) for row in found.rows]
    for row, part in [*rows, (vars(found.total), case.read)]:
        wanted = slow_bounds(key, part) if row["value"] is not None else None
        told = None if row["lowest"] is None else (row["lowest"], row["highest"])
        assert told == (None if wanted is None else pytest.approx(wanted))


def left_open(key: str, rows: pd.DataFrame) -> np.ndarray:
    """How many could be a yes, and how many are left out of the denominator."""
    (_, over), (open_column, base_column, _) = READ[key], LEFT_OPEN[key]
    could_be = rows[open_column].sum() if open_column else 0
    return np.array([could_be, rows[base_column or over].sum() - rows[over].sum()])


@pytest.mark.parametrize("key", LEFT_OPEN)
def test_bounds_in_public_give_no_small_count_away(case: Case, key: str):
    rule, asked = DisclosureRule(), Selection(view=View.PUBLIC)
    if not answers(case.variant, key):
        return
    for column in ("call_type", "area", "month"):
        if Breakdown(column) not in METRICS[key].breakdowns:
            continue
        found = answer(key, asked, case.snapshot, Breakdown(column))
        name = "area_id" if column == "area" else column
        parts = dict(iter(case.read.groupby(column, dropna=False)))
        hidden = left_open(key, case.read)
        told_rows = [row for row in found.rows if row["lowest"] is not None]
        for row in told_rows:
            value = row[name]
            part = parts[value] if value is not None else case.read[case.read[column].isna()]
            told = left_open(key, part)
            assert not any(map(rule.is_small, (*told, told.sum()))), (column, value)
            hidden = hidden - told
        if found.total.lowest is not None:
            whole = left_open(key, case.read)
            assert not any(map(rule.is_small, (*whole, whole.sum())))
            # What the rows that do not tell have together is the whole less the rest.
            assert not (told_rows and any(map(rule.is_small, (*hidden, hidden.sum()))))


def test_bounds_are_told_in_public_too(case: Case):
    asked = Selection(view=View.PUBLIC)
    keys = [key for key in LEFT_OPEN if answers(case.variant, key)]
    told = [key for key in keys if answer(key, asked, case.snapshot).total.lowest is not None]
    assert len(told) >= 5


def test_left_open_are_all_that_have_a_share():
    shares = {key for key, (_, over) in READ.items() if over is not None}
    assert shares - set(LEFT_OPEN) == {"injury_recorded_share"}


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


# Shares whose cases are calls, and one that says what the log records: their intervals know no persons.
NOT_OF_PERSONS = {
    "eligible_reached_share",
    "eligible_reached_in_hours_share",
    "not_reached_share",
    "diverted_strict",
    "diverted_broad",
    "diverted_strict_eligible_share",
    "diverted_strict_public_share",
    "diverted_broad_public_share",
    "injury_recorded_share",
}
OF_PERSONS = [
    key
    for key, metric in METRICS.items()
    if metric.statistic in (Statistic.SHARE, Statistic.SHARE_EXACT)
    and metric.query in ("incidents", "repeat_contacts")
    and key not in NOT_OF_PERSONS
]


def slow_persons(persons: pd.Series, events: pd.Series) -> PersonSums | None:
    """Sums over persons, one row a case: a row without a person is a cluster of its own; None without rows."""
    clusters: dict[object, list[bool]] = {}
    for place, (person, event) in enumerate(zip(persons, events, strict=True)):
        clusters.setdefault(place if pd.isna(person) else person, []).append(bool(event))
    pairs = [(sum(cases), len(cases)) for cases in clusters.values()]
    if not pairs:
        return None
    return PersonSums(
        persons=len(pairs),
        met_again=sum(cases > 1 for _, cases in pairs),
        cases=sum(cases for _, cases in pairs),
        events=sum(events for events, _ in pairs),
        event_squares=sum(events * events for events, _ in pairs),
        event_cases=sum(events * cases for events, cases in pairs),
        case_squares=sum(cases * cases for _, cases in pairs),
    )


@pytest.mark.parametrize("key", OF_PERSONS)
def test_sums_over_persons_are_the_same(case: Case, key: str):
    [program] = case.snapshot.programs
    found = case.snapshot.persons.get((program.program_id, key))
    if not answers(case.variant, key):
        # Not recorded: nothing asks for it.
        assert found is None or answer(key, Selection(), case.snapshot).total.value is None
        return
    if key in REPEATS:
        contacts = followed_up(case.read, REPEATS[key])
        rows = contacts[contacts.counted & contacts.followed]
        wanted = slow_persons(rows.person, rows.again)
    else:
        counted, over = READ[key]
        rows = case.read[case.read[over].astype(bool)]
        wanted = slow_persons(rows.person, rows[counted])
    assert found == wanted


def test_persons_are_clusters_of_these_metrics_alone(case: Case):
    assert {key for _, key in case.snapshot.persons} <= set(OF_PERSONS)
    assert max(sums.met_again for sums in case.snapshot.persons.values()) >= 10


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
    found = reader_target(target, Selection(), case.snapshot).over
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
        scope = resolve_scope(metric, asked, case.snapshot)
        whole = are_whole_quarters(scope, case.snapshot, breakdown)
        if not rule.applies(metric, asked, breakdown, whole):
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
        durations = cursor.table("duration_count_month").df()
        requests = cursor.table("police_request_month").df()
    durations["response_count"] = durations.response_counts.map(sum)
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
