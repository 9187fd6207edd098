"""Answers by month that are written by hand, with gaps, incomplete months and hidden ones."""

from datetime import date

import pandas

from outcomes.analyses.control_charts.chart import (
    ControlChartAnswer,
    PointKind,
)
from outcomes.answers.answer import Answer, Source
from outcomes.metrics.figure import FIGURE_COLUMNS, Counts, Figure, figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection, add_months
from outcomes.vocabulary.log import (
    Breakdown,
    Coverage,
    DataKind,
    RecordGrain,
    Status,
)

FIRST = date(2022, 1, 1)
SAFETY, REACHED, VOLUME = "safety_escalation_rate", "eligible_reached_share", "responses"
SOURCE = Source("query", "snap", FIRST, FIRST, None, (), ("A",), DataKind.MADE_UP, RecordGrain.CALL)


def by_month(
    key: str,
    counts: list[int | None],
    of: list[int] | None = None,
    coverage: dict[int, Coverage] | None = None,
    suppressed: tuple[int, ...] = (),
) -> Answer:
    """An answer by month written by hand: counts, gaps, incomplete months and hidden ones."""
    metric = find_metric(key)
    rows = []
    for place, count in enumerate(counts):
        whole = (coverage or {}).get(place, Coverage.WHOLE)
        cell = figure(metric, Counts(count, None if of is None else of[place]))
        if whole is Coverage.GAP:
            cell = hidden(Status.NOT_RECORDED)
        if place in suppressed:
            cell = hidden(Status.SUPPRESSED)
        rows.append(
            {
                "month": f"{add_months(FIRST, place):%Y-%m}",
                "coverage": whole.value,
                **vars(cell),
                "status": cell.status.value,
            }
        )
    table = pandas.DataFrame(rows)
    for name in FIGURE_COLUMNS[:-1]:
        table[name] = table[name].astype("float64")
    total = Figure(None, None, None, None, None, None, None, Status.SHOWN)
    return Answer(metric, Selection(), Breakdown.MONTH, table, total, None, ("A note.",), SOURCE)


EMERGENCY = ControlChartAnswer(
    find_metric("emergency_backup_rate"), PointKind.RESPONSES_BETWEEN, RecordGrain.CALL
)
