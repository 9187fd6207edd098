"""A control chart as a table for people, and as a file: every point with what is usual and its signals."""

import pandas

from outcomes.analyses.control_charts.chart import ControlChartAnswer, ControlChartPoint, PointKind
from outcomes.analyses.control_charts.text import edge_words, is_volume, value_words, when_words
from outcomes.answers.answer import Source
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.format import count_text
from outcomes.presentation.tables import without_empty_columns
from outcomes.statistics.control_signals import Meaning, Side

CSV_COLUMNS = (
    "metric",
    "point_is",
    "day",
    "value",
    "numerator",
    "denominator",
    "days_since_last",
    "usual",
    "limit_low",
    "limit_high",
    "signals",
    "note",
)


def chart_table(chart: ControlChartAnswer) -> pandas.DataFrame:
    """Every point as texts: what, count, of, value, usual value, limits, signals, note."""
    named = _signals_of(chart)
    rows = []
    for point in chart.points:
        is_month = chart.kind is PointKind.MONTH
        said = (
            {"Month": f"{point.day:%b %Y}"} if is_month else {"Event": when_words(chart, point.day)}
        )
        count = count_text(point.count)
        if is_month:
            over = "Days" if is_volume(chart.metric) else "Of"
            said |= {"Count": count, over: count_text(point.of)}
            said["Value"] = "" if point.value is None else value_words(chart, point.value)
        else:
            said |= {"Responses since the one before": count, "Days": count_text(point.days)}
        limits = point.limits
        said |= {
            "Usual": value_words(chart, limits.centre) if limits else "",
            "Ordinary": f"{edge_words(chart, limits.low, Side.LOW)} to {edge_words(chart, limits.high, Side.HIGH)}"
            if limits
            else "no limits",
            "Signal": "; ".join(named.get(point, [])),
            "Note": point.note,
        }
        rows.append(said)
    return without_empty_columns(pandas.DataFrame(rows))


def chart_csv(chart: ControlChartAnswer, source: Source) -> str:
    """Every point as CSV with a header: the numbers as they are, empty where there is none."""
    named = _signals_of(chart)
    rows = []
    for point in chart.points:
        limits = point.limits
        rows.append(
            [
                chart.metric.key,
                chart.kind.value,
                point.day.isoformat(),
                point.value,
                point.count,
                point.of,
                point.days,
                limits.centre if limits else None,
                limits.low if limits else None,
                limits.high if limits else None,
                "; ".join(named.get(point, [])),
                point.note,
            ]
        )
    return csv_text(CSV_COLUMNS, rows, source_columns(source))


def _signals_of(chart: ControlChartAnswer) -> dict[ControlChartPoint, list[str]]:
    """Names of the signals that each point is part of."""
    named: dict[ControlChartPoint, list[str]] = {}
    for signal in chart.signals:
        meaning = "" if signal.meaning is Meaning.NEITHER else f" ({signal.meaning.value})"
        for point in signal.points:
            named.setdefault(point, []).append(f"{signal.kind.value}{meaning}")
    return named
