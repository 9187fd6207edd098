"""Did a change matter? What each recorded change of a program was followed by, never what it brought about."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace

from outcomes.analyses.control_charts.chart import (
    ControlChartAnswer,
    ControlChartPoint,
    PointKind,
)
from outcomes.analyses.control_charts.monthly import first_whole_month, monthly_chart
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.figure import whole_count
from outcomes.presentation.format import HIDDEN
from outcomes.selection import Selection
from outcomes.statistics.segmented import segmented_regression
from outcomes.store.programs import ProgramChange
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import View


@dataclass(frozen=True)
class ChangeFinding:
    """One recorded change, and what it was followed by in a monthly series."""

    change: ProgramChange
    # what it was followed by, or why that cannot be said
    sentence: str
    # what a reader must hold against it, as sentences
    warnings: tuple[str, ...]


def changes_judged_by_month(
    metric_key: str,
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule | None = None,
) -> tuple[ChangeFinding, ...]:
    """What each recorded change of one program was followed by; none where several are chosen.

    A change is judged on every month up to its neighbours; the public view has the chosen months alone.
    """
    if selection.view is View.PROGRAM:
        selection = replace(selection, first_month=None, last_month=None)
    chart = monthly_chart(metric_key, selection, snapshot, rule)
    return changes_judged(chart, snapshot.changes_of(selection.program_ids))


def changes_judged(
    chart: ControlChartAnswer, changes: Sequence[ProgramChange]
) -> tuple[ChangeFinding, ...]:
    """What each change was followed by in a series of months, in order of time.

    Around each change only the months up to its neighbours are looked at. The month in which a
    change came, where it came after the first day, and months that are not judged are left out.
    Volumes are counted over the days of the month, shares over their denominators.

    Raises ValueError for a chart that is not of months.
    """
    if chart.kind is not PointKind.MONTH:
        raise ValueError(
            f"Expected a chart of months, found [{chart.kind.value}]; ask for a share or a count."
        )
    months = [point.day for point in chart.points]
    placed = sorted(
        (first_whole_month(change.change_date), change.change_label, change) for change in changes
    )
    inside = [(start, change) for start, _, change in placed if start in months[1:]]
    starts = sorted({start for start, _ in inside})
    found = []
    for start, change in inside:
        place = starts.index(start)
        first = months.index(starts[place - 1]) if place else 0
        last = months.index(starts[place + 1]) if place + 1 < len(starts) else len(months)
        mixed = {c.change_date.replace(day=1) for _, c in inside if c.change_date.day > 1}
        points = chart.points[first:last]
        if any(point.note == HIDDEN for point in points):
            found.append(ChangeFinding(change, "Not looked at: some of the months are hidden.", ()))
            continue
        counts = [
            None if point.day in mixed or point.note else whole_count(point.count)
            for point in points
        ]
        judged = segmented_regression(
            counts, [_exposure(point) for point in points], months.index(start) - first
        )
        found.append(ChangeFinding(change, judged.finding or judged.refusal or "", judged.warnings))
    return tuple(found)


def _exposure(point: ControlChartPoint) -> float:
    """What the month's count is over: its denominator, or its days where it is a volume."""
    if point.note:
        return 0.0
    return float(monthrange(point.day.year, point.day.month)[1]) if point.of is None else point.of
