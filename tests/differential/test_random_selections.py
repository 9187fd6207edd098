"""A thousand random selections on the demonstration: what the page tables give is what the facts give.

The facts are counted by pandas, each count by its own words; no page table and no metric query is used for them.
Whether the facts themselves are right is asked in test_against_pandas.py, from the raw export.
"""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import pytest
from built_stores import demonstration_store
from places import PROJECT
from scipy.stats import triang

from outcomes.analyses.demand.analysis import demand
from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import period_name
from outcomes.answers.scope import resolve_scope
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection, SelectionError, add_months
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.store.warehouse import open_warehouse
from outcomes.vocabulary.log import Breakdown, CallType, DataKind, NotReachedReason, Status

pytestmark = pytest.mark.slow

SELECTIONS = 160
BATCHES = 8
PERIODS = {Breakdown.MONTH: 1, Breakdown.QUARTER: 3, Breakdown.YEAR: 12}
# What percentiles are made from is compared in test_against_pandas.py, bin by bin.
# Who came back is counted over persons, and a target is set beside the log: no single fact tells either.
NOT_OF_ONE_FACT = ("repeat_contacts", "response_targets")
PERCENTILES = (Statistic.MEDIAN, Statistic.PERCENTILE_90)

Rows = pd.DataFrame
Which = Callable[[Rows], "pd.Series[bool]"]


def yes(name: str) -> Which:
    return lambda rows: rows[name].astype("boolean").fillna(False).astype(bool)


def no(name: str) -> Which:
    return lambda rows: (~rows[name].astype("boolean")).fillna(False).astype(bool)


def known(name: str) -> Which:
    return lambda rows: rows[name].notna()


def both(*parts: Which) -> Which:
    def hold(rows: Rows) -> "pd.Series[bool]":
        held = parts[0](rows)
        for part in parts[1:]:
            held &= part(rows)
        return held

    return hold


def requested(*reasons: str) -> Which:
    return both(
        yes("is_police_requested"),
        lambda rows: rows.police_request_reason.isin(reasons),
    )


response, sent, eligible = yes("is_response"), yes("is_dispatched"), yes("is_eligible_call")

# What each count counts, over single facts.
INCIDENTS: dict[str, Which] = {
    "public_call_count": yes("is_public_call"),
    "eligible_count": eligible,
    "eligible_in_hours_count": both(
        eligible, lambda rows: response(rows) | (rows.not_reached_reason != "outside_hours")
    ),
    "eligible_response_count": both(eligible, response),
    "eligible_not_reached_count": both(eligible, no("is_response")),
    "dispatched_count": sent,
    "response_count": response,
    "contact_count": yes("is_contact"),
    "contact_recorded_count": known("is_contact"),
    "police_presence_recorded_count": both(response, known("is_police_present")),
    "without_police_count": both(response, no("is_police_present")),
    "diverted_strict_count": yes("is_diverted_strict"),
    "diverted_broad_count": yes("is_diverted_broad"),
    "police_recorded_count": yes("is_police_involvement_recorded"),
    "police_already_there_count": yes("is_police_already_there"),
    "police_request_count": yes("is_police_requested"),
    "safety_recorded_count": both(
        yes("is_police_involvement_recorded"), yes("log_has_request_reasons")
    ),
    "safety_request_count": requested("safety_emergency", "safety_routine"),
    "safety_emergency_count": requested("safety_emergency"),
    "disengagement_recorded_count": known("is_disengaged_for_safety"),
    "disengaged_for_safety_count": yes("is_disengaged_for_safety"),
    "arrest_recorded_count": both(response, known("has_arrest")),
    "arrest_count": yes("has_arrest"),
    "dispatch_arrest_recorded_count": both(sent, known("has_dispatch_arrest")),
    "dispatch_arrest_count": yes("has_dispatch_arrest"),
    "hold_recorded_count": both(response, known("has_involuntary_hold")),
    "hold_count": yes("has_involuntary_hold"),
    "force_recorded_count": both(response, known("has_force")),
    "force_count": yes("has_force"),
    "emergency_department_recorded_count": both(response, known("has_emergency_department")),
    "emergency_department_count": yes("has_emergency_department"),
    "dispatch_emergency_department_recorded_count": both(
        sent, known("has_dispatch_emergency_department")
    ),
    "dispatch_emergency_department_count": yes("has_dispatch_emergency_department"),
    "injury_recorded_count": yes("is_injury_recorded"),
    "served_count": yes("is_served"),
    "served_known_count": known("is_served"),
    "transport_recorded_count": both(response, known("has_transport")),
    "transport_count": yes("has_transport"),
    "referral_offered_recorded_count": both(yes("is_contact"), known("has_referral_offered")),
    "referral_offered_count": yes("has_referral_offered"),
    "referral_accepted_recorded_count": both(
        yes("has_referral_offered"), known("has_referral_accepted")
    ),
    "referral_accepted_count": yes("has_referral_accepted"),
    "service_connected_recorded_count": both(
        yes("has_referral_accepted"), known("has_service_connected")
    ),
    "service_connected_count": yes("has_service_connected"),
    "not_reached_count": both(eligible, no("is_response")),
    "request_count": yes("is_police_requested"),
}
# The same over injured people.
PEOPLE: dict[str, Which] = {
    "injured_count": lambda rows: rows.severity != "near_miss",
    "recordable_injury_count": lambda rows: rows.severity.isin(
        ["medical_treatment", "serious", "fatal"]
    ),
    "serious_injury_count": lambda rows: rows.severity.isin(["serious", "fatal"]),
    "responder_injury_count": lambda rows: (
        (rows.injured_role == "responder") & (rows.severity != "near_miss")
    ),
    "near_miss_count": lambda rows: rows.severity == "near_miss",
}
# Totals of a closed list, which no query returns: the sum of its words.
TOTALS = {
    "not_reached_total": "not_reached_count",
    "request_total": "request_count",
    "response_total": "response_count",
    "transport_total": "transport_count",
}
# Columns of the facts by which rows of an answer stand.
KEYS = {
    Breakdown.CALL_TYPE: ("call_type",),
    Breakdown.CALL_TYPE_AND_ACUITY: ("call_type", "acuity"),
    Breakdown.AREA: ("program_id", "area_id"),
    Breakdown.PROGRAM: ("program_id",),
    Breakdown.STATE: ("state",),
    Breakdown.DISPOSITION: ("disposition",),
    Breakdown.PLACE: ("transport_place",),
    Breakdown.AGE_BAND: ("age_band",),
    Breakdown.GENDER: ("gender",),
    Breakdown.RACE_ETHNICITY: ("race_ethnicity",),
    Breakdown.ROLE: ("injured_role",),
    Breakdown.SEVERITY: ("severity",),
    Breakdown.ROLE_AND_SEVERITY: ("injured_role", "severity"),
}
# People whose group is not recorded are a group of their own.
GROUPS = ("age_band", "gender", "race_ethnicity")
# Breakdowns by a closed list, whose words share one denominator.
CLOSED_LISTS = (
    Breakdown.REASON,
    Breakdown.DISPOSITION,
    Breakdown.PLACE,
    Breakdown.ROLE,
    Breakdown.SEVERITY,
    Breakdown.ROLE_AND_SEVERITY,
)
GROUPED = (
    "month",
    "exit_reason",
    "police_request_reason",
    *{name for names in KEYS.values() for name in names},
)


@dataclass(frozen=True)
class Facts:
    """The demonstration's facts with each count as a column of zeros and ones."""

    snapshot: Snapshot
    incidents: Rows
    people: Rows

    def of(self, column: str) -> Rows:
        return self.people if column in PEOPLE else self.incidents


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    store = demonstration_store(tmp_path_factory)
    copy = tmp_path_factory.mktemp("facts")
    # A warehouse is held by one process alone.
    shutil.copy(store / "warehouse.duckdb", copy / "warehouse.duckdb")
    with open_warehouse(copy) as warehouse:
        warehouse.see_facts()
        incidents = warehouse.connection.execute(
            "select incident_fact_now.* exclude (state), program.state from incident_fact_now "
            "inner join warehouse.program using (program_id)"
        ).df()
        people = warehouse.connection.execute("select * from warehouse.injury").df()
    incidents["month"] = pd.to_datetime(incidents.month)
    cancelled = (
        (incidents.not_reached_reason == "not_recorded")
        & sent(incidents)
        & (incidents.contact_result == "cancelled")
    )
    incidents["exit_reason"] = incidents.not_reached_reason.mask(
        cancelled, "cancelled_before_arrival"
    )
    for name in GROUPS:
        incidents[name] = incidents[name].fillna("not_recorded").str.lower()
    people = people.merge(
        incidents[["program_id", "incident_id", "month", "call_type", "area_id", "state"]],
        on=["program_id", "incident_id"],
    )
    for rows, counts in ((incidents, INCIDENTS), (people, PEOPLE)):
        for column, which in counts.items():
            rows[column] = which(rows).astype("int64")
    return Facts(live_snapshot(store), incidents, people)


def random_selection(chance: random.Random, snapshot: Snapshot) -> Selection:
    """Some programs, months and call types; each may be everything."""
    made_up = [p for p in snapshot.programs if p.data_kind is DataKind.MADE_UP]
    programs = chance.sample(made_up, chance.randint(1, len(made_up)))
    first_day = min(program.first_day for program in programs if program.first_day)
    last_day = max(program.last_day for program in programs if program.last_day)
    months = (last_day.year - first_day.year) * 12 + last_day.month - first_day.month
    first = add_months(first_day.replace(day=1), chance.randint(0, months))
    last = add_months(first, chance.randint(0, 30))
    return Selection(
        program_ids=tuple(program.program_id for program in programs),
        first_month=first if chance.random() < 0.7 else None,
        last_month=last if chance.random() < 0.7 else None,
        call_types=tuple(chance.sample(list(CallType), chance.randint(1, 6)))
        if chance.random() < 0.4
        else (),
    )


def selected(rows: Rows, column: str, selection: Selection, program_ids: tuple[str, ...]) -> Rows:
    """The rows asked about, with one count and the columns by which they can be grouped."""
    held = rows.program_id.isin(program_ids)
    if selection.call_types:
        held &= rows.call_type.isin([str(kind) for kind in selection.call_types])
    months = rows.month[rows.program_id.isin(program_ids)].dropna()
    first, last = (
        None if each is None else pd.Timestamp(each)
        for each in (selection.first_month, selection.last_month)
    )
    # Months that cover everything are everything: records without a date are in.
    if len(months) and (not first or first <= months.min()) and (not last or last >= months.max()):
        return rows.loc[held, [*(name for name in GROUPED if name in rows), column]]
    if selection.first_month:
        held &= rows.month >= pd.Timestamp(selection.first_month)
    if selection.last_month:
        held &= rows.month < pd.Timestamp(add_months(selection.last_month, 1))
    return rows.loc[held, [*(name for name in GROUPED if name in rows), column]]


def grains(rows: Rows, breakdown: Breakdown, metric: Metric) -> list[pd.Series]:
    """For each row the values of the answer's key columns."""
    if breakdown in PERIODS:
        size = PERIODS[breakdown]

        def named(month: pd.Timestamp) -> str | None:
            if pd.isna(month):
                return None
            start = date(month.year, (month.month - 1) // size * size + 1, 1)
            return period_name(breakdown, start)

        names = {month: named(month) for month in rows.month.unique()}
        return [rows.month.map(names)]
    if breakdown is Breakdown.REASON:
        if metric.query == "police_request_reasons":
            return [rows.police_request_reason]
        return [rows.exit_reason]
    return [rows[name] for name in KEYS[breakdown]]


def counted(
    facts: Facts,
    metric: Metric,
    column: str,
    selection: Selection,
    breakdown: Breakdown | None,
    group: Breakdown | None = None,
) -> dict[tuple, int]:
    """By grain, the count of a column over the facts; under () without a breakdown.

    Where people are grouped, the logs that record the group alone are counted, also in the whole.
    """
    ids = resolve_scope(metric, selection, facts.snapshot).program_ids
    group = group or breakdown
    if group is not None and group.value in GROUPS:
        by_id = {program.program_id: program for program in facts.snapshot.programs}
        ids = tuple(one for one in ids if group.value in by_id[one].recorded_fields)
    rows = selected(facts.of(column), column, selection, ids)
    if breakdown is None:
        return {(): int(rows[column].sum())}
    keys = grains(rows, breakdown, metric)
    sums = rows[column].groupby([key.to_numpy() for key in keys], dropna=False).sum()
    return {
        tuple(plain(part) for part in (key if isinstance(key, tuple) else (key,))): int(number)
        for key, number in sums.items()
    }


def plain(value: object) -> object:
    return None if value is None or value != value else value


def assert_same(facts: Facts, found: Answer, metric: Metric, selection: Selection) -> None:
    """Every number of an answer is what the facts give, and no row is there or absent for nothing."""
    breakdown = found.breakdown
    numerators = counted(facts, metric, metric.numerator.column, selection, breakdown)
    rows = found.table.to_dict("records")
    keys = [key for key in found.keys if key != "coverage"]
    seen = {}
    for row in rows:
        grain = tuple(plain(row[key]) for key in keys)
        # Words of groups that differ in case alone are one group.
        if breakdown is not None and breakdown.value in GROUPS:
            grain = tuple(str(part).lower() for part in grain)
        seen[grain] = row
        if row["status"] == Status.NOT_RECORDED or row["status"] == Status.NO_CASES:
            assert numerators.get(grain, 0) == 0, (metric.key, grain)
            continue
        assert row["numerator"] == numerators.get(grain, 0), (metric.key, grain)
    absent = {grain: number for grain, number in numerators.items() if grain not in seen}
    assert not any(absent.values()), (metric.key, absent)
    if metric.denominator is None or found.total.denominator is None:
        return
    denominator = TOTALS.get(metric.denominator.column, metric.denominator.column)
    whole = counted(facts, metric, denominator, selection, None, breakdown)[()]
    assert found.total.denominator == whole, metric.key
    if breakdown in CLOSED_LISTS:
        return
    wanted = counted(facts, metric, denominator, selection, breakdown)
    for grain, row in seen.items():
        if plain(row["denominator"]) is not None:
            assert row["denominator"] == wanted.get(grain, 0), (metric.key, grain)
        elif row["status"] in (Status.NO_CASES, Status.NOT_RECORDED):
            assert wanted.get(grain, 0) == 0, (metric.key, grain)


def assert_total(facts: Facts, found: Answer, metric: Metric, selection: Selection) -> None:
    column = metric.numerator.column
    number = counted(facts, metric, column, selection, None, found.breakdown)[()]
    if found.total.status in (Status.NO_CASES, Status.NOT_RECORDED):
        assert number == 0 or found.total.denominator in (None, 0), metric.key
        return
    assert found.total.numerator == number, metric.key


COUNTED = [
    metric
    for metric in METRICS.values()
    if metric.statistic not in (*PERCENTILES, Statistic.ASSUMPTION_RANGE)
    and metric.query not in NOT_OF_ONE_FACT
]


def test_every_count_of_every_metric_has_its_words_here():
    needed = {count.column for m in COUNTED for count in (m.numerator, m.denominator) if count}
    assert needed - {*INCIDENTS, *PEOPLE, *TOTALS} == set()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_page_tables_equal_facts(facts: Facts, batch: int):
    chance = random.Random(20261115 + batch)
    answered = 0
    while answered < SELECTIONS // BATCHES:
        selection = random_selection(chance, facts.snapshot)
        metric = COUNTED[(batch + answered * BATCHES) % len(COUNTED)]
        breakdown = chance.choice([None, *metric.breakdowns])
        try:
            found = answer(metric.key, selection, facts.snapshot, breakdown)
        except SelectionError:
            continue
        if found.source.query and found.total.status is not Status.NOT_RECORDED:
            if breakdown:
                assert_same(facts, found, metric, selection)
            assert_total(facts, found, metric, selection)
            answered += 1


@pytest.mark.parametrize("breakdown", [Breakdown.MONTH, Breakdown.CALL_TYPE, Breakdown.STATE])
def test_the_net_estimate_is_the_sum_over_call_types(facts: Facts, breakdown: Breakdown):
    published = pd.read_csv(PROJECT / "data" / "assumptions" / "police_sent.csv")
    assumed = {
        row.call_type: triang(
            (row.base - row.low) / (row.high - row.low), row.low, row.high - row.low
        )
        for row in published.itertuples()
    }
    metric = METRICS["net_diverted"]
    chance = random.Random(7)
    for _ in range(20):
        selection = random_selection(chance, facts.snapshot)
        try:
            found = answer(metric.key, selection, facts.snapshot, breakdown)
        except SelectionError:
            continue
        by_type = counted(facts, metric, "diverted_strict_count", selection, Breakdown.CALL_TYPE)
        for name, end in (("value", 0.5), ("low", 0.1), ("high", 0.9)):
            number = sum(count * assumed[str(kind)].ppf(end) for (kind,), count in by_type.items())
            shown = getattr(found.total, name)
            if shown is not None:
                assert shown == pytest.approx(number)
        if found.total.value is not None:
            assert found.table.value.sum() == pytest.approx(found.total.value)


@pytest.mark.parametrize("seed", range(40))
def test_hours_of_the_week_equal_facts(facts: Facts, seed: int):
    """Every hour and outcome of a random selection of programs and months, and the calls without a time of day."""
    selection = replace(random_selection(random.Random(seed), facts.snapshot), call_types=())
    try:
        found = demand(selection, facts.snapshot)
    except SelectionError:
        return
    metric = METRICS["not_reached_share"]
    ids = resolve_scope(metric, selection, facts.snapshot).program_ids
    rows = selected(facts.incidents, "eligible_count", selection, ids)
    rows = facts.incidents.loc[rows.index][rows.eligible_count == 1]
    outcome = rows.exit_reason.mask(response(rows), "reached").mask(
        rows.is_response.isna(), "reach_not_recorded"
    )
    hours = [rows.received_weekday.astype("Int64"), rows.received_hour.astype("Int64"), outcome]
    sizes = rows.groupby(hours).size().to_dict()
    if not len(rows):
        assert not found.places or not any(
            calls.eligible for calls in found.places.values() if calls
        )
        return
    seen = 0
    for (weekday, hour), calls in found.places.items():
        assert calls is not None
        assert calls.reached == sizes.get((weekday, hour, "reached"), 0)
        assert calls.unknown == sizes.get((weekday, hour, "reach_not_recorded"), 0)
        for reason in NotReachedReason:
            assert calls.of(reason) == sizes.get((weekday, hour, str(reason)), 0)
        seen += calls.eligible
    assert found.timeless is not None
    assert found.timeless.eligible == rows.received_hour.isna().sum()
    assert seen + found.timeless.eligible == len(rows)
