"""A share or a count by month on a control chart: gaps, hidden and incomplete months are not judged."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from outcomes.analyses.control_charts.chart import (
    IN_PART,
    NO_RECORDS,
    NOT_RECORDED,
    ControlChartAnswer,
    ControlChartPoint,
    PointKind,
    filled,
)
from outcomes.answers.answer import Answer, answer
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import whole_count
from outcomes.metrics.registry import find_metric
from outcomes.presentation.format import HIDDEN
from outcomes.selection import Selection, add_months, parse_month
from outcomes.statistics.control_chart import p_chart, rate_chart
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, Status, View

SHARES = (Statistic.SHARE, Statistic.SHARE_EXACT)


def monthly_chart(
    metric_key: str,
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule | None = None,
) -> ControlChartAnswer:
    """The control chart of a share or a count by month, for the chosen months.

    In the program view limits rest on all months of the log, whatever months are chosen, so that
    nobody can choose the limits with them. In the public view they rest on the chosen months alone:
    two sets of months with differing hidden cells beside each other could give a hidden one away.

    Raises ValueError for a metric that is neither a share nor a count, and SelectionError for a
    selection that cannot be answered.
    """
    is_public = selection.view is View.PUBLIC
    asked_for = selection if is_public else replace(selection, first_month=None, last_month=None)
    found = answer(metric_key, asked_for, snapshot, Breakdown.MONTH, rule=rule)
    chart = phase_limits_of(found, fresh_starts(metric_key, selection, snapshot))
    return chart if is_public else chart.within(selection)


def phase_limits_of(found: Answer, starts: Sequence[date] = ()) -> ControlChartAnswer:
    """The control chart of an answer by month. Gaps, hidden months and incomplete ones are not judged.

    `starts` are the months in which limits start anew. A volume is charted as so many a day.

    Raises ValueError for an answer that is not by month, or whose metric is no share and no count.
    """
    metric = found.metric
    if found.breakdown is not Breakdown.MONTH or metric.statistic not in (*SHARES, Statistic.COUNT):
        raise ValueError(
            f"Expected a share or a count by month, found [{metric.key} by {found.breakdown}]; "
            "ask for one with the breakdown month."
        )
    empty = ControlChartAnswer(
        metric, PointKind.MONTH, found.source.record_grain, query=found.source.query
    )
    points = [_point(row, metric) for row in found.rows if row["month"] is not None]
    if not any(point.value is not None for point in points):
        return replace(empty, why_empty=_why_empty(found, points))
    days = [point.day for point in points]
    judged = [point.value is not None and not point.note for point in points]
    counts = [whole_count(p.count) if ok else None for p, ok in zip(points, judged, strict=True)]
    changes = [days.index(start) for start in sorted(set(starts)) if start in days[1:]]
    if metric.statistic is Statistic.COUNT:
        chart = rate_chart(counts, [float(_days(day)) for day in days], changes)
    else:
        of = [whole_count(p.of) if ok else None for p, ok in zip(points, judged, strict=True)]
        chart = p_chart(counts, of, changes)
    return filled(empty, points, chart)


def fresh_starts(metric_key: str, selection: Selection, snapshot: Snapshot) -> list[date]:
    """Months from which limits start anew: the first whole month of each recorded change.

    Where several programs are added up, what changes is which of them there are: limits start anew
    with the month in which a log begins and after the one in which it ends.
    """
    scope = resolve_scope(find_metric(metric_key), selection, snapshot, Breakdown.MONTH)
    if len(scope.program_ids) == 1:
        return [
            first_whole_month(change.change_date)
            for change in snapshot.changes
            if change.program_id == scope.program_ids[0]
        ]
    starts: set[date] = set()
    for program_id in scope.program_ids:
        months = [month.month for month in snapshot.coverage.get(program_id, ())]
        if months:
            starts |= {months[0], add_months(months[-1], 1)}
    return sorted(starts)


def first_whole_month(day: date) -> date:
    """First day of the first month that lies wholly on or after a day."""
    month = day.replace(day=1)
    return month if month == day else add_months(month, 1)


def _days(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def _point(row: dict[str, Any], metric: Metric) -> ControlChartPoint:
    """The month's point: a share, or a volume as so many a day."""
    count, of, value = row["numerator"], row["denominator"], row["value"]
    month = parse_month(row["month"])
    if metric.statistic is Statistic.COUNT and value is not None:
        of = float(_days(month))
        value = value / of
    if row["status"] == Status.SUPPRESSED:
        note = HIDDEN
    elif row["coverage"] == Coverage.GAP:
        note = NO_RECORDS
    elif value is None:
        note = NOT_RECORDED
    else:
        note = IN_PART if row["coverage"] == Coverage.PARTIAL else ""
    return ControlChartPoint(month, value, count, of, None, None, note)


def _why_empty(found: Answer, points: list[ControlChartPoint]) -> str:
    if any(point.note == HIDDEN for point in points):
        return (
            "Every month is hidden to protect people, so nothing can be said about what is usual."
        )
    if found.notes:
        return found.notes[-1]
    return "There is nothing to show in this selection."
