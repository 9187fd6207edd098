"""A chart's numbers as series, for charts that a reader can edit: on a slide and in a workbook.

They are those that the figure draws, from the same answer; what is hidden or not recorded has no number here either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from outcomes.answers.answer import Answer
from outcomes.metrics.definition import Metric
from outcomes.presentation.charts.rows import counted_rows, stable_rows
from outcomes.presentation.sentences import grain_label, worded
from outcomes.vocabulary.log import Breakdown, Coverage

COUNT_FORMAT = "#,##0"
# Behind the name of a period that the log covers in part: a native chart has no hollow points.
IN_PART = " (in part)"


@dataclass(frozen=True)
class Series:
    """One line, or one bar for each row, with intervals where the figure draws them."""

    name: str
    # None where a row has no number that may be shown
    values: tuple[float | None, ...]
    # both ends of the interval, as many as values; empty where none is drawn
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()

    @property
    def has_intervals(self) -> bool:
        """Whether any value has an interval that is drawn."""
        return any(low is not None for low in self.lows)


@dataclass(frozen=True)
class ChartSeries:
    """The numbers of one chart."""

    # periods from left to right as a line or as columns, or rows from the bottom up as bars
    kind: Literal["line", "columns", "bars"]
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    # how office programs write a number, with as many decimals as the table has
    number_format: str
    # what the numbers are of, at the axis; empty where their format says it
    unit: str = ""


def number_format(metric: Metric, shows_count: bool = False) -> str:
    """How office programs write the metric's value: '0.0%', '#,##0.0', '#,##0'."""
    if shows_count or metric.unit == "count":
        return COUNT_FORMAT
    decimals = f".{'0' * metric.decimals}" if metric.decimals else ""
    return f"0{decimals}%" if metric.unit == "share" else f"{COUNT_FORMAT}{decimals}"


def period_series(
    answers: Sequence[Answer], shows_count: bool = False, with_limits: bool = False
) -> ChartSeries:
    """One or two answers by month or quarter, as period_figure draws them; rows without a date are left to the table."""
    first = answers[0]
    key, metric = first.keys[0], first.metric
    periods = sorted({row[key] for found in answers for row in found.rows if row[key]})
    partial = {row[key] for row in first.rows if row["coverage"] == Coverage.PARTIAL}
    has_limits = with_limits or (len(answers) == 1 and not shows_count)
    series = []
    for found in answers:
        rows = {row[key]: row for row in found.rows}
        series.append(
            _series(found, [rows.get(period, {}) for period in periods], shows_count, has_limits)
        )
    has_bars = shows_count and len(answers) == 1 and first.breakdown is Breakdown.QUARTER
    return ChartSeries(
        "columns" if has_bars else "line",
        tuple(
            f"{grain_label(key, period, metric, {})}{IN_PART if period in partial else ''}"
            for period in periods
        ),
        tuple(series),
        number_format(metric, shows_count),
        _unit(metric, shows_count),
    )


def row_series(answer: Answer, names: dict[str, str], shows_count: bool = False) -> ChartSeries:
    """An answer by a breakdown, as count_figure or interval_figure draws it: bars, the largest last."""
    key = answer.keys[-1]
    rows = counted_rows(answer) if shows_count else stable_rows(answer)
    cells = rows.astype(object).where(rows.notna(), None).to_dict("records")
    metric = answer.metric
    return ChartSeries(
        "bars",
        tuple(grain_label(key, row[key], metric, names) for row in cells),
        (_series(answer, cells, shows_count, not shows_count),),
        number_format(metric, shows_count),
        _unit(metric, shows_count),
    )


def _series(
    answer: Answer, rows: list[dict[str, Any]], shows_count: bool, has_limits: bool
) -> Series:
    name = "numerator" if shows_count else "value"
    return Series(
        worded(answer.metric.label, answer.source.record_grain),
        tuple(row.get(name) for row in rows),
        tuple(row.get("low") for row in rows) if has_limits else (),
        tuple(row.get("high") for row in rows) if has_limits else (),
    )


def _unit(metric: Metric, shows_count: bool) -> str:
    return "" if shows_count or metric.unit in ("share", "count") else metric.unit
