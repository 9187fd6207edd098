"""answer(metric, selection, snapshot): the one door out. Scope, cells, suppress, rate and interval, notes."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pandas

from outcomes.answers.figures import Figures, make_figures
from outcomes.answers.notes import comparison_notes, notes_of
from outcomes.answers.period_change import CompareWith, Comparison, compare
from outcomes.answers.scope import Scope, resolve_scope
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import FIGURE_COLUMNS, Counts, CountTable, Figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.metrics.requirements import TIME_NEEDS, Requirement
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import GROUPS, Breakdown, DataKind, RecordGrain, Status, View


@dataclass(frozen=True)
class Source:
    """Where an answer comes from."""

    # query file that counted, without its ending
    query: str
    # snapshot that it ran on
    snapshot: str
    # first and last day that the logs cover; None where no log can answer
    first_day: date | None
    last_day: date | None
    # when the newest of these logs was loaded, UTC
    loaded_at: datetime | None
    # agencies whose data it is
    data_owners: tuple[str, ...]
    # names of the programs
    programs: tuple[str, ...]
    # real or made up
    data_kind: DataKind
    # what one incident is in these logs
    record_grain: RecordGrain


@dataclass(frozen=True)
class Answer:
    """What crosses from the core to the screen. Nothing in it holds a number that suppression hid."""

    metric: Metric
    selection: Selection
    breakdown: Breakdown | None
    # grain columns, then numerator, denominator, value, low, high, status; no rows without a breakdown
    table: pandas.DataFrame
    # the same six for everything together
    total: Figure
    # against an earlier period, where one was asked for
    comparison: Comparison | None
    # ordered sentences: who was left out, what is missing, what was hidden
    notes: tuple[str, ...]
    source: Source

    @property
    def keys(self) -> list[str]:
        """Names of the table's grain columns."""
        return [name for name in self.table.columns if name not in FIGURE_COLUMNS]

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """The table's rows, None where a cell has nothing: hidden, or not recorded."""
        columns = [
            [None if pandas.isna(cell) else cell for cell in self.table[name].tolist()]
            for name in self.table
        ]
        rows = zip(*columns, strict=True)
        return tuple(dict(zip(self.table.columns, row, strict=True)) for row in rows)


def answer(
    metric_key: str,
    selection: Selection,
    snapshot: Snapshot,
    breakdown: Breakdown | None = None,
    compare_with: CompareWith | None = None,
    rule: DisclosureRule | None = None,
) -> Answer:
    """The answer to one metric for a selection, by a breakdown where one is given.

    A log that does not record the metric gives an empty table, a total 'not recorded' and a note
    that says what would have to be recorded. Raises UnknownMetricError for a key that no metric has
    and SelectionError for a selection or breakdown that cannot be answered.
    """
    metric = find_metric(metric_key)
    rule = rule or DisclosureRule()
    _refuse_breakdown(metric, breakdown, selection)
    scope = resolve_scope(metric, selection, snapshot, breakdown)
    scope.refuse_outside()
    if scope.missing:
        return _not_recorded(metric, scope, snapshot, breakdown)
    figures = make_figures(metric, scope, snapshot, breakdown, rule)
    comparison = compare(metric, scope, snapshot, compare_with, rule) if compare_with else None
    notes = notes_of(metric, scope, figures, rule)
    return Answer(
        metric=metric,
        selection=selection,
        breakdown=breakdown,
        table=_table(figures),
        total=figures.total,
        comparison=comparison,
        notes=(*notes, *comparison_notes(comparison)) if comparison else notes,
        source=_source(figures.counts.query_name, scope, snapshot),
    )


def _refuse_breakdown(metric: Metric, breakdown: Breakdown | None, selection: Selection) -> None:
    """Raise SelectionError for a breakdown that the metric, or the public view, does not have."""
    if breakdown is not None and breakdown not in metric.breakdowns:
        raise SelectionError(
            f"Expected a breakdown that {metric.key} has, found [{breakdown.value}]; "
            f"choose from {', '.join(metric.breakdowns)}."
        )
    if breakdown in NOT_IN_PUBLIC and breakdown and selection.view is View.PUBLIC:
        raise SelectionError(
            f"Expected a breakdown that the public view has, found [{breakdown.value}]; choose a coarser one, such "
            "as call_type: beside that one it would give small counts away."
        )


def _table(figures: Figures) -> pandas.DataFrame:
    counts = figures.counts
    grains = {
        key: pandas.Series([grain[place] for grain in counts.grains], dtype=object)
        for place, key in enumerate(counts.keys)
    }
    numbers = {
        name: pandas.Series([getattr(row, name) for row in figures.rows], dtype="float64")
        for name in FIGURE_COLUMNS[:-1]
    }
    status = pandas.Series([row.status.value for row in figures.rows], dtype="str")
    # All at once: to add one column after the other takes twice as long.
    return pandas.DataFrame({**grains, **numbers, FIGURE_COLUMNS[-1]: status})


def _not_recorded(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> Answer:
    needs = ". Also ".join(requirement.words for requirement in scope.missing)
    names = ", ".join(scope.program_names)
    by = f" by {breakdown.value.replace('_', ' ')}" if breakdown else ""
    by_group, by_time = (by if breakdown in some else "" for some in (GROUPS, TIME_NEEDS))
    lack = f"the log of {names} does not hold what “{metric.label}{by_group}” needs"
    if scope.missing == (Requirement.RESPONSE_TARGET,):
        lack = f"no target is set for {names}"
    is_coarse = bool(scope.coarse) and all(need.is_of_dates for need in scope.missing)
    if is_coarse:
        lack = scope.coarse
    notes = (
        *scope.notes,
        f"Not recorded{by_time if is_coarse else ''}: {lack}. What would have to be recorded: {needs}.",
    )
    counts = CountTable((), (), (), Counts(None), {}, metric.query)
    figures = Figures(counts, (), hidden(Status.NOT_RECORDED))
    return Answer(
        metric=metric,
        selection=scope.selection,
        breakdown=breakdown,
        table=_table(figures),
        total=figures.total,
        comparison=None,
        notes=notes,
        source=_source(metric.query, scope, snapshot),
    )


def _source(query_name: str, scope: Scope, snapshot: Snapshot) -> Source:
    return Source(
        query=query_name,
        snapshot=snapshot.name,
        first_day=scope.first_day,
        last_day=scope.last_day,
        loaded_at=scope.loaded_at,
        data_owners=scope.data_owners,
        programs=scope.program_names,
        data_kind=scope.data_kind,
        record_grain=scope.record_grain,
    )
