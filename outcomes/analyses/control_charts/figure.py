"""A control chart: the line, what is usual, its limits, the shaded baseline, and each signal by shape and word."""

from datetime import date, timedelta

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.control_charts.chart import (
    IN_PART,
    NO_RECORDS,
    ControlChartAnswer,
    ControlChartPoint,
    NamedSignal,
    PointKind,
)
from outcomes.analyses.control_charts.tables import chart_table
from outcomes.analyses.control_charts.text import signal_words
from outcomes.metrics.definition import Statistic
from outcomes.presentation.charts.theme import (
    Palette,
    apply_layout,
    draw_line,
    palette,
    set_month_ticks,
    set_number_ticks,
)
from outcomes.presentation.charts.trend import HEIGHT, draw_bands, draw_changes, marked_changes
from outcomes.presentation.format import HIDDEN
from outcomes.selection import add_months
from outcomes.statistics.control_signals import Limits, Meaning, Side, SignalKind
from outcomes.store.programs import ProgramChange

HALF_MONTH = timedelta(days=15)
# The shape of each signal; a change of level points the way it goes.
SHAPES = {
    SignalKind.OUTSIDE: "diamond",
    SignalKind.LATEST: "square",
    SignalKind.LEVEL: "triangle-up",
    SignalKind.RUN: "square",
}
FALLING = "triangle-down"
ORDINARY_SIZE, SIGNAL_SIZE = 7, 11
# Words nearer to each other than this share of the chart's width would collide on a phone.
CLOSEST_WORDS = 0.2
# Share of the chart's width that is kept free at the right end.
LABEL_ROOM = 0.08


def chart_figure(chart: ControlChartAnswer, changes: list[ProgramChange], is_dark: bool) -> Figure:
    """The control chart as a figure; incomplete months are hollow, months without a point are bands.

    A point's colour says concern or improvement, its shape and the word beside it name the signal.
    """
    colours = palette(is_dark)
    figure = Figure()
    _draw_baselines(figure, chart, colours)
    _draw_limits(figure, chart, colours)
    _draw_line(figure, chart, colours)
    _draw_points(figure, chart, colours)
    if chart.kind is PointKind.MONTH:
        for words in (NO_RECORDS, HIDDEN):
            draw_bands(figure, [p.day for p in chart.points if p.note == words], words, colours)
    apply_layout(figure, is_dark, HEIGHT)
    first, after = span_of(chart)
    draw_changes(figure, marked_changes(changes, first, after), colours)
    _name_signals(figure, chart, colours)
    is_share = chart.kind is PointKind.MONTH and chart.metric.statistic is not Statistic.COUNT
    set_number_ticks(figure, "y", 0, _top(chart), is_share=is_share)
    set_month_ticks(figure, first, add_months(after, -1))
    # Room at the right end for the words "usual" and "limit".
    figure.update_xaxes(range=[add_months(first, -1), after + (after - first) * LABEL_ROOM])
    return figure


def span_of(chart: ControlChartAnswer) -> tuple[date, date]:
    """First day of the first point's month, and of the month after the last point."""
    return chart.points[0].day.replace(day=1), add_months(chart.points[-1].day.replace(day=1), 1)


def shape_of(signal: NamedSignal) -> str:
    """The shape that marks a signal's points."""
    is_falling = signal.kind is SignalKind.LEVEL and signal.side is Side.LOW
    return FALLING if is_falling else SHAPES[signal.kind]


def _draw_limits(figure: Figure, chart: ControlChartAnswer, colours: Palette) -> None:
    """Usual value and limits of each phase, as steps; nothing where there are none."""
    days: list[date] = []
    limits: list[Limits | None] = []
    for phase in chart.phases:
        inside = [p for p in chart.points if phase.first <= p.day <= phase.last]
        # Nothing at the end of a phase, so that no line runs on into the next.
        days += [point.day for point in inside] + [phase.last]
        limits += [point.limits for point in inside] + [None]
    shape = "hvh" if chart.kind is PointKind.MONTH else "hv"
    for name, dash in (("centre", "solid"), ("low", "dash"), ("high", "dash")):
        heights = [getattr(limit, name, None) for limit in limits]
        if not any(height is not None for height in heights):
            continue
        line = {"color": colours.muted, "width": 1.5, "dash": dash, "shape": shape}
        draw_line(figure, days, heights, line, name=name)
    _name_limits(figure, [limit for limit in limits if limit], colours)


def _name_limits(figure: Figure, limits: list[Limits], colours: Palette) -> None:
    """The last usual value and upper limit by name at the right end; nothing where there are none."""
    for words, name in (("usual", "centre"), ("limit", "high")) if limits else ():
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="right",
            y=getattr(limits[-1], name),
            yanchor="bottom",
            text=words,
            showarrow=False,
            font={"size": 12, "color": colours.muted},
        )


def _draw_line(figure: Figure, chart: ControlChartAnswer, colours: Palette) -> None:
    """The line through the judged points; it ends at the last full month."""
    line = {"color": colours.quiet, "width": 2}
    days = [point.day for point in chart.points]
    values = [None if point.note else point.value for point in chart.points]
    draw_line(figure, days, values, line, name="line")


def _draw_points(figure: Figure, chart: ControlChartAnswer, colours: Palette) -> None:
    drawn = [point for point in chart.points if point.value is not None]
    signals = [_signal_of(chart, point) for point in drawn]
    edges = [colours.quiet if s is None else _colour(s.meaning, colours) for s in signals]
    figure.add_trace(
        Scatter(
            x=[point.day for point in drawn],
            y=[point.value for point in drawn],
            mode="markers",
            name="points",
            marker={
                "size": [ORDINARY_SIZE if s is None else SIGNAL_SIZE for s in signals],
                # Markers of differing sizes would otherwise be drawn half transparent.
                "opacity": 1,
                "symbol": ["circle" if s is None else shape_of(s) for s in signals],
                "color": [
                    colours.background if point.note == IN_PART else edge
                    for point, edge in zip(drawn, edges, strict=True)
                ],
                "line": {"color": edges, "width": 2},
            },
            text=_hovers(chart),
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _signal_of(chart: ControlChartAnswer, point: ControlChartPoint) -> NamedSignal | None:
    """The signal that marks a point: the one whose kind comes first; None on an ordinary point."""
    of_point = [signal for signal in chart.signals if point in signal.points]
    return min(of_point, key=lambda signal: list(SignalKind).index(signal.kind), default=None)


def _colour(meaning: Meaning, colours: Palette) -> str:
    return {
        Meaning.CONCERN: colours.second,
        Meaning.IMPROVEMENT: colours.accent,
        Meaning.NEITHER: colours.text,
    }[meaning]


def _hovers(chart: ControlChartAnswer) -> list[str]:
    """What the table says of each drawn point, line by line."""
    rows = chart_table(chart).to_dict("records")
    return [
        "<br>".join(f"{name}: {text}" for name, text in row.items() if text)
        for row, point in zip(rows, chart.points, strict=True)
        if point.value is not None
    ]


def _draw_baselines(figure: Figure, chart: ControlChartAnswer, colours: Palette) -> None:
    """The points that limits were set over, shaded; drawn first and all at once, which is quicker."""
    first, after = span_of(chart)
    aside = HALF_MONTH if chart.kind is PointKind.MONTH else timedelta()
    shaded = {
        "type": "rect",
        "yref": "y domain",
        "y0": 0,
        "y1": 1,
        "fillcolor": colours.band,
        "opacity": 0.5,
        "line": {"width": 0},
        "layer": "below",
    }
    figure.update_layout(
        shapes=[
            {
                **shaded,
                "x0": max(phase.first, first) - aside,
                "x1": min(phase.baseline_last, after) + aside,
            }
            for phase in chart.phases
            if phase.method is not None and phase.baseline_last >= first
        ]
    )


def _name_signals(figure: Figure, chart: ControlChartAnswer, colours: Palette) -> None:
    """The signals' names at their middle points, newest first, as many as do not collide."""
    first, after = span_of(chart)
    closest = (after - first).days * CLOSEST_WORDS
    taken: list[date] = []
    shown = set(chart.points)
    for signal in sorted(chart.signals, key=lambda one: one.recency, reverse=True):
        inside = [point for point in signal.points if point in shown]
        point = inside[len(inside) // 2]
        if any(abs((point.day - other).days) < closest for other in taken):
            continue
        taken.append(point.day)
        is_high = signal.side is Side.HIGH
        figure.add_annotation(
            x=point.day,
            # Beyond the run's furthest point, so that no mark lies under the word.
            y=(max if is_high else min)(p.value for p in inside if p.value is not None),
            xanchor="right" if (after - point.day).days < closest else "center",
            yanchor="bottom" if is_high else "top",
            yshift=8 if is_high else -8,
            text=f"<b>{signal_words(signal)}</b>",
            showarrow=False,
            font={"size": 13, "color": _colour(signal.meaning, colours)},
        )


def _top(chart: ControlChartAnswer) -> float:
    """Upper end of the axis: above every point and every limit."""
    heights = [point.value for point in chart.points if point.value is not None]
    heights += [point.limits.high for point in chart.points if point.limits]
    return max([*heights, 0.0]) * 1.12 or 1.0
