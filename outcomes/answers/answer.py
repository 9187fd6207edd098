"""answer(metric, selection, snapshot): the one door out. Bind, query, suppress, rate and interval, notes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas

from outcomes.answers.counts import CountTable, run_counts
from outcomes.answers.notes import notes_of
from outcomes.answers.percentiles import count_durations, duration_figures
from outcomes.answers.period_change import CompareWith, Comparison, compare
from outcomes.answers.scope import Scope, resolve_scope
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.disclosure.suppress import (
    rounded,
    suppress,
    suppress_in_parts,
    suppress_together,
)
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import FIGURE_COLUMNS, Counts, Figure, figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.metrics.requirements import GROUP_NEEDS, Requirement
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import (
    GROUPS,
    NOT_SERVED,
    NOT_TOLD,
    Breakdown,
    DataKind,
    RecordGrain,
    Status,
    View,
)


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
    scope = resolve_scope(_with_needs(metric, breakdown), selection, snapshot)
    _refuse_outside(scope)
    if scope.missing:
        return _silent(metric, scope, snapshot, breakdown)
    counted, figures, total = _figures(metric, scope, snapshot, breakdown, rule)
    comparison = None
    if compare_with is not None:

        def total_of(earlier: Selection) -> Figure:
            return _figures(metric, resolve_scope(metric, earlier, snapshot), snapshot, None, rule)[
                2
            ]

        comparison = compare(metric, scope, snapshot, compare_with, total_of)
    return Answer(
        metric=metric,
        selection=selection,
        breakdown=breakdown,
        table=_table(counted, figures, breakdown is not None),
        total=total,
        comparison=comparison,
        notes=notes_of(metric, scope, counted, figures, total, rule),
        source=_source(counted.query_name, scope, snapshot),
    )


def _with_needs(metric: Metric, breakdown: Breakdown | None) -> Metric:
    """The metric with what a log must record for the breakdown too: a group is not known of every log."""
    need = GROUP_NEEDS.get(breakdown) if breakdown else None
    return replace(metric, requires=(*metric.requires, need)) if need else metric


def _figures(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
) -> tuple[CountTable, list[Figure], Figure]:
    """Counts, and the figures made from them after suppression; no rows without a breakdown."""
    if metric.statistic in (Statistic.MEDIAN, Statistic.PERCENTILE_90):
        durations = count_durations(metric, scope, snapshot, breakdown)
        counted = durations.counted
        rows, total = _protected(metric, scope, breakdown, rule, counted)
        return counted, *duration_figures(metric, durations, rows, total)
    counted = run_counts(metric, scope, snapshot, breakdown)
    rows, total = _protected(metric, scope, breakdown, rule, counted)
    if rule.applies(metric, scope.closed_selection(), breakdown) and _is_disclosive(
        metric, scope, snapshot, rule
    ):
        rows, total = [Counts(None, is_hidden=True) for _ in rows], Counts(None, is_hidden=True)
    return counted, [figure(metric, row) for row in rows], figure(metric, total)


def _is_disclosive(metric: Metric, scope: Scope, snapshot: Snapshot, rule: DisclosureRule) -> bool:
    """Whether another answer hides what could be worked out from this one."""
    if metric.sums_to:
        total = _figures(find_metric(metric.sums_to), scope, snapshot, None, rule)[2]
        return total.status is Status.SUPPRESSED
    if metric.discloses is None:
        return False
    key, word = metric.discloses
    other = find_metric(key)
    counted, figures, _ = _figures(other, scope, snapshot, other.breakdowns[0], rule)
    of_word = [one for grain, one in zip(counted.grains, figures, strict=True) if word in grain]
    return any(one.status is Status.SUPPRESSED for one in of_word)


def _protected(
    metric: Metric,
    scope: Scope,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
    counted: CountTable,
) -> tuple[list[Counts], Counts]:
    cells = list(counted.rows) if breakdown is not None else []
    if not rule.applies(metric, scope.closed_selection(), breakdown):
        return cells, counted.total
    total = counted.total
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        cells, total = [rounded(cell, rule) for cell in cells], rounded(total, rule)
    if metric.parts:
        return suppress_together(cells, total, rule)
    if breakdown is Breakdown.DISPOSITION:
        return suppress_in_parts(cells, total, _parts_of_dispositions(counted), rule)
    return suppress(cells, total, rule)


def _parts_of_dispositions(counted: CountTable) -> list[list[int]]:
    """Places of the endings with someone served and of those without: their sums are a share of their own."""
    words = [grain[0] for grain in counted.grains]
    not_served = [place for place, word in enumerate(words) if word in NOT_SERVED]
    not_told = [place for place, word in enumerate(words) if word in NOT_TOLD]
    served = [place for place in range(len(words)) if place not in (*not_served, *not_told)]
    return [served, not_served, not_told]


def _table(counted: CountTable, figures: list[Figure], is_broken_down: bool) -> pandas.DataFrame:
    grains, keys = (counted.grains, counted.keys) if is_broken_down else ((), ())
    table = pandas.DataFrame(list(grains), columns=list(keys), dtype=object)
    for name in FIGURE_COLUMNS[:-1]:
        table[name] = pandas.Series([getattr(item, name) for item in figures], dtype="float64")
    table["status"] = [item.status.value for item in figures]
    return table


def _refuse_outside(scope: Scope) -> None:
    """Raise SelectionError where the months asked about lie wholly outside what the logs cover."""
    if scope.first_day is None or scope.last_day is None:
        return
    first, after = scope.selection.first_month, scope.selection.month_after()
    if (first and first > scope.last_day) or (after and after <= scope.first_day):
        found = f"{first or after:%Y-%m}" if first or after else ""
        raise SelectionError(
            f"Expected months between {scope.first_day:%Y-%m} and {scope.last_day:%Y-%m}, which the log "
            f"covers, found [{found}]; choose others."
        )


def _silent(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> Answer:
    needs = "; ".join(requirement.words for requirement in scope.missing)
    names = ", ".join(scope.program_names)
    by_group = f" by {breakdown.value.replace('_', ' ')}" if breakdown in GROUPS else ""
    lack = f"the log of {names} does not hold what “{metric.label}{by_group}” needs"
    if scope.missing == (Requirement.RESPONSE_TARGET,):
        lack = f"no target is set for {names}"
    notes = (*scope.notes, f"Not recorded: {lack}. What would have to be recorded: {needs}.")
    empty = CountTable((), (), (), Counts(None), {}, metric.query)
    return Answer(
        metric=metric,
        selection=scope.selection,
        breakdown=breakdown,
        table=_table(empty, [], False),
        total=hidden(Status.NOT_RECORDED),
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
