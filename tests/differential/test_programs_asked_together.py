"""An answer over several programs asks for all of them at once: the same as each asked by itself.

The slow way is kept here: every program's own scope, resolved alone, its own queries with every bin, its own suppression.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from built_stores import demonstration_store

from outcomes.answers import figures as figures_module
from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import PERIODS
from outcomes.answers.figures import Clusters, shown_counts
from outcomes.answers.scope import Scope, resolve_scope
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.metrics import figure as figure_module
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Counts, CountTable
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection, SelectionError
from outcomes.statistics.clusters import clustered_quantile_interval
from outcomes.store.programs import LogMonth
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, CallType, View

# One of each kind: exact and other shares, a rate, waits, closed lists, people hurt, persons met again, targets.
KEYS = (
    "arrest_rate",
    "served_share",
    "safety_escalation_rate",
    "recordable_injury_rate",
    "response_min",
    "on_scene_p90_min",
    "dispositions",
    "repeat_contact_30_share",
    "over_target_share",
    "diverted_strict_eligible_share",
    "responses",
)
ROUNDS = 77


def alone(metric: Metric, whole: Scope, program_id: str, breakdown: Breakdown | None, snapshot):
    """A program's own scope; what is no part of the whole, as a record without a date, is no part of it."""
    chosen = replace(whole.selection, program_ids=(program_id,), states=())
    own = resolve_scope(metric, chosen, snapshot, breakdown)
    return replace(own, first_day=whole.first_day, last_day=whole.last_day)


def slow_clusters(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
    counts: CountTable,
    ask: object,
) -> list[Clusters]:
    """Counts by program behind each row and the total, from one program after the other."""
    if len(scope.program_ids) < 2 or metric.statistic in figures_module.WITHOUT_INTERVAL:
        return [()] * (len(counts.rows) + 1)
    own = [
        shown_counts(
            metric, alone(metric, scope, each, breakdown, snapshot), snapshot, breakdown, rule
        )
        for each in scope.program_ids
    ]
    rows: list[Clusters] = [()] * len(counts.rows)
    if breakdown not in (None, Breakdown.PROGRAM):
        width = 1 if breakdown in PERIODS else None
        found: dict[tuple[object, ...], list[Counts]] = {}
        for table in own:
            for grain, row in zip(table.grains, table.rows, strict=True):
                found.setdefault(grain[:width], []).append(row)
        rows = [shown(found.get(grain[:width], [])) for grain in counts.grains]
    whole = [table.total for table in own]
    if Breakdown.PROGRAM in metric.breakdowns:
        whole = list(shown_counts(metric, scope, snapshot, Breakdown.PROGRAM, rule).rows)
    return [*rows, shown(whole)]


def shown(counts: list[Counts]) -> Clusters:
    if len(counts) > 1 and any(each.is_hidden for each in counts):
        return None
    return tuple(each for each in counts if each.denominator)


def told(found: Answer) -> tuple[object, ...]:
    """All that an answer tells, its numbers to the last digit."""
    return found.table.to_csv(), found.total, found.notes


def selections(snapshot: Snapshot, choose: random.Random) -> Iterator[Selection]:
    """Selections without end, of two programs or all, some of months that cut quarters, in both views."""
    ids = sorted(program.program_id for program in snapshot.programs)
    days = [day for each in snapshot.programs for day in (each.first_day, each.last_day) if day]
    first, last = min(days), max(days)
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first.replace(day=1) <= date(year, month, 1) <= last
    ]
    while True:
        begin, end = sorted(choose.choices(months, k=2))
        yield Selection(
            tuple(choose.sample(ids, 2)) if choose.random() < 0.3 else (),
            call_types=(CallType.MENTAL_HEALTH,) if choose.random() < 0.15 else (),
            first_month=choose.choice([None, begin]),
            last_month=choose.choice([None, end]),
            view=choose.choice(list(View)),
        )


def hold_together(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, seed: int) -> int:
    """Ask both ways, and count the intervals over several programs that were compared."""
    choose = random.Random(seed)
    compared = 0
    for round_, selection in zip(range(ROUNDS), selections(snapshot, choose), strict=False):
        metric = METRICS[KEYS[round_ % len(KEYS)]]
        breakdown = choose.choice([None, *metric.breakdowns])
        if breakdown in NOT_IN_PUBLIC:
            selection = replace(selection, view=View.PROGRAM)
        try:
            quick = answer(metric.key, selection, snapshot, breakdown)
        except SelectionError:
            continue
        with monkeypatch.context() as patched:
            patched.setattr(figures_module, "_clusters", slow_clusters)
            patched.setattr(
                figure_module,
                "clustered_quantile_interval",
                lambda bins, probability, together: clustered_quantile_interval(bins, probability),
            )
            slow = answer(metric.key, selection, snapshot, breakdown)
        assert told(quick) == told(slow), (metric.key, breakdown, selection)
        has_interval = slow.table["low"].notna().any() or slow.total.low is not None
        compared += len(slow.source.programs) > 1 and bool(has_interval)
    return compared


@pytest.fixture
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return live_snapshot(demonstration_store(tmp_path_factory))


@pytest.mark.slow
def test_programs_of_the_demonstration_together_are_each_by_itself(
    demonstration: Snapshot, monkeypatch: pytest.MonkeyPatch
):
    assert hold_together(demonstration, monkeypatch, 1) > ROUNDS / 3


@pytest.mark.slow
def test_months_that_one_program_did_not_record_stay_out_of_its_part(
    demonstration: Snapshot, monkeypatch: pytest.MonkeyPatch
):
    program = demonstration.programs[0]
    parts = tuple(
        LogMonth(
            each.month,
            program.log_holds,
            # Each third month was read by a profile that had nothing but the time of the call.
            program.recorded_fields if each.month.month % 3 else frozenset({"received_at"}),
            program.possible_answers,
            100,
        )
        for each in demonstration.coverage[program.program_id]
    )
    monkeypatch.setitem(demonstration.__dict__, "log_months", {program.program_id: parts})
    found = answer("arrest_rate", Selection(), demonstration, Breakdown.MONTH)
    assert any("in no sum" in note for note in found.notes)
    assert hold_together(demonstration, monkeypatch, 2) > ROUNDS / 3


def test_programs_of_small_logs_together_are_each_by_itself(
    small_snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
):
    assert hold_together(small_snapshot, monkeypatch, 3) > 0
