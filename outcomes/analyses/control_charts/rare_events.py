"""Rare events on a control chart: how many responses, or days, lie between one event and the next."""

from dataclasses import replace
from datetime import date
from typing import Any

from outcomes.analyses.control_charts.chart import (
    BASELINE_POINTS,
    ControlChartAnswer,
    ControlChartPoint,
    PointKind,
    Wait,
    filled,
)
from outcomes.answers.answer import answer
from outcomes.answers.counts import run_metric_query
from outcomes.answers.scope import resolve_scope
from outcomes.metrics.registry import find_metric
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection
from outcomes.statistics.rare_event_chart import g_chart, t_chart
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import View

QUERY = "rare_events"
# Which events stand behind a metric that is too rare for months, as the query names them.
EVENT_KINDS = {"emergency_backup_rate": "emergency", "injury_rate": "hurt"}
HIDDEN_DATES = "The public view does not show the dates of single events, so the time between them is not shown."


def rare_event_chart(
    metric_key: str, selection: Selection, snapshot: Snapshot, baseline: int = BASELINE_POINTS
) -> ControlChartAnswer:
    """The control chart of what lies between the events of a metric, for the chosen months.

    Responses between events where the log records responses without one, else days. Limits rest on
    the whole log and start anew after each recorded change of a single program. The public view has
    no such chart: it says so, and holds nothing else.

    Raises ValueError for a metric that has no such events.
    """
    if metric_key not in EVENT_KINDS:
        raise ValueError(
            f"Expected a metric of rare events, found [{metric_key}]; "
            f"choose from {', '.join(EVENT_KINDS)}."
        )
    metric = find_metric(metric_key)
    whole = replace(selection, first_month=None, last_month=None)
    scope = resolve_scope(metric, whole, snapshot, also=(Requirement.RECEIVED_DAY,))
    empty = ControlChartAnswer(metric, PointKind.RESPONSES_BETWEEN, scope.record_grain, query=QUERY)
    if selection.view is View.PUBLIC:
        return replace(empty, why_empty=HIDDEN_DATES)
    if scope.missing:
        if scope.coarse:
            why = f"Not recorded by day: {scope.coarse}, so the time between events is not known."
            return replace(empty, why_empty=why)
        return replace(empty, why_empty=answer(metric_key, whole, snapshot).notes[-1])
    rows = [
        row
        for row in run_metric_query(QUERY, scope, snapshot)
        if row["event_kind"] == EVENT_KINDS[metric_key]
    ]
    changes = [
        change.change_date
        for change in snapshot.changes
        if scope.program_ids == (change.program_id,)
    ]
    chart = chart_of_waits(empty, rows, scope.last_day, changes, baseline)
    log_ends = scope.closed_selection().last_month
    is_to_the_end = not (selection.last_month and log_ends) or selection.last_month >= log_ends
    return replace(chart.within(selection), wait=chart.wait if is_to_the_end else None)


def chart_of_waits(
    empty: ControlChartAnswer,
    rows: list[dict[str, Any]],
    last_day: date | None,
    changes: list[date],
    baseline: int = BASELINE_POINTS,
) -> ControlChartAnswer:
    """The chart from the rows of the query: event days in order, and the time since the last one.

    A point for each event after the first, for what lies before that began before the log. The log's
    order within a day is not used: a day's events are spread evenly over its responses.
    """
    points: list[ControlChartPoint] = []
    last_event: date | None = None
    first_event: date | None = None
    waited = 0
    for row in rows:
        waited += row["before_count"]
        day, placed = row["day"], 0
        for number in range(1, row["event_count"] + 1):
            here = round(number * row["same_day_count"] / (row["event_count"] + 1))
            waited, placed = waited + here - placed, here
            if last_event is not None:
                gone = (day - last_event).days
                points.append(ControlChartPoint(day, waited, waited, None, gone, None))
            first_event, last_event, waited = first_event or day, day, 0
        waited += row["same_day_count"] - placed
    empty = replace(empty, event_count=sum(row["event_count"] for row in rows))
    if first_event is None or last_event is None or last_day is None:
        return empty
    wait = Wait(last_event, waited, (last_day - last_event).days, None)
    if not points:
        return replace(empty, wait=wait)
    starts = _starts(points, first_event, changes)
    if any(point.count for point in points):
        waits = [round(point.count or 0) for point in points]
        judged = g_chart(waits, wait.responses, starts, baseline)
    else:
        # Events on calls that are no responses with a record: only days can be counted.
        empty = replace(empty, kind=PointKind.DAYS_BETWEEN)
        points = [replace(point, value=point.days) for point in points]
        judged = t_chart([point.days or 0 for point in points], wait.days, starts, baseline)
    chart = filled(empty, points, judged.chart)
    return replace(chart, wait=replace(wait, is_long=judged.is_long_without))


def _starts(points: list[ControlChartPoint], first_event: date, changes: list[date]) -> list[int]:
    """Positions of the first wait that began on or after each change; none at the very first point."""
    begins = [first_event, *(point.day for point in points[:-1])]
    found = {
        next((place for place, began in enumerate(begins) if began >= change), 0)
        for change in changes
    }
    return sorted(found - {0})
