"""Exhibits of control charts: the sentence, the chart with what its marks mean, every point as a table and a file."""

from functools import partial

from outcomes.analyses.control_charts.chart import ControlChartAnswer
from outcomes.analyses.control_charts.figure import chart_figure, shape_of, span_of
from outcomes.analyses.control_charts.tables import chart_csv, chart_table
from outcomes.analyses.control_charts.text import (
    baseline_caption,
    chart_finding,
    chart_sentence,
    name_of,
)
from outcomes.answers.answer import Source
from outcomes.presentation.charts.trend import marked_changes
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit, Table, dated_changes
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.bold import by_bold

# A shape of the chart as a character for the line that explains it.
DRAWN = {
    "diamond": "◆",
    "square": "■",
    "triangle-up": "▲",
    "triangle-down": "▼",
}


def chart_exhibit(
    chart: ControlChartAnswer, title: str, changes: list[ProgramChange], source: Source | None
) -> Exhibit:
    """Whether a series is as usual, with the limits' origin and each signal by its shape; source is of its log."""
    name = chart.metric.key.replace("_", " ")
    key = f"usual-{chart.metric.key}"
    sentence = chart_sentence(chart)
    if chart.why_empty or not chart.points:
        return Exhibit(key, title, empty=sentence, source=source)
    shapes = {DRAWN[shape_of(signal)]: signal.kind.value for signal in chart.signals}
    marks = " · ".join(f"{shape} {words}" for shape, words in shapes.items())
    drawn = Chart(
        partial(chart_figure, chart, changes),
        chart_finding(chart),
        finding=f"{name_of(chart)}: {_lead(sentence)}",
        remarks=(
            *dated_changes(marked_changes(changes, *span_of(chart))),
            *([marks] if marks else []),
        ),
    )
    return Exhibit(
        key,
        title,
        answer=sentence,
        caption=(baseline_caption(chart),),
        charts=(drawn,),
        tables=(Table(chart_table(chart)),),
        csv=CsvFile(f"usual {name}", chart_csv(chart, source)) if source else None,
        queries=(chart.query,),
        source=source,
    )


def _lead(sentence: str) -> str:
    """What the sentence says first, in bold; all of it where nothing is."""
    parts = by_bold(sentence)
    return (parts[1] if len(parts) > 1 else parts[0]).rstrip(".")
