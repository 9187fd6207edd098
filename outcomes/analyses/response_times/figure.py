"""Figures of times: the intervals of a response side by side, and the week as a map of hours."""

from typing import Any

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.response_times.tables import hour_texts, interval_label
from outcomes.answers.answer import Answer
from outcomes.metrics.figure import Figure as Cell
from outcomes.presentation.charts.theme import (
    Palette,
    apply_layout,
    draw_line,
    error_bars,
    name_series,
    palette,
    set_number_ticks,
)
from outcomes.presentation.charts.week import Place, Square, draw_squares, lay_out_week
from outcomes.presentation.format import HIDDEN, count_text, decimal_text, number_range, value_text
from outcomes.vocabulary.labels import hour_label
from outcomes.vocabulary.log import Status

PART_HEIGHT = 52
HOUR_HEIGHT = 22


def parts_figure(pairs: list[tuple[Answer, Answer]], is_dark: bool) -> Figure:
    """One row per interval that has a figure: the median as a full point, the 90th percentile as a hollow one.

    The bar behind each point is its 95% interval. Minutes from zero; no row is a sum of others.
    """
    shown = [pair for pair in pairs if pair[0].total.value is not None]
    figure = Figure()
    _join_percentiles(figure, shown, palette(is_dark))
    medians = [median for median, _ in shown]
    highest = [p90 for _, p90 in shown if p90.total.value is not None]
    _draw_percentile(figure, medians, "median", palette(is_dark), is_hollow=False)
    _draw_percentile(figure, highest, "90th percentile", palette(is_dark), is_hollow=True)
    _lay_out_parts(figure, shown, is_dark)
    return figure


def _row(answer: Answer) -> str:
    return interval_label(answer.metric.interval)


def _join_percentiles(figure: Figure, shown: list[tuple[Answer, Answer]], colours: Palette) -> None:
    for median, p90 in shown:
        if p90.total.value is not None:
            ends = [median.total.value, p90.total.value]
            draw_line(figure, ends, [_row(median)] * 2, {"color": colours.quiet, "width": 2})


def _draw_percentile(
    figure: Figure, answers: list[Answer], name: str, colours: Palette, is_hollow: bool
) -> None:
    """The points of one percentile with their limits and minutes, and its name over the chart."""
    totals = [answer.total for answer in answers]
    color = colours.second if is_hollow else colours.accent
    figure.add_trace(
        Scatter(
            x=[total.value for total in totals],
            y=[_row(answer) for answer in answers],
            mode="markers+text",
            text=[decimal_text(total.value or 0.0, 1) for total in totals],
            textposition="top center" if is_hollow else "bottom center",
            textfont={"color": color},
            cliponaxis=False,
            marker={
                "size": 11,
                "color": colours.background if is_hollow else color,
                "line": {"color": color, "width": 2.5},
            },
            error_x=error_bars(
                [_reach(total, total.high) for total in totals],
                [_reach(total, total.low) for total in totals],
                color,
            ),
            hovertext=[_part_hover(answer, name) for answer in answers],
            hovertemplate="%{y}<br>%{hovertext}<extra></extra>",
        )
    )
    mark, shift = ("○", 0) if is_hollow else ("●", 20)
    name_series(figure, f"{mark}  {name}", color, "bottom", shift)


def _lay_out_parts(figure: Figure, shown: list[tuple[Answer, Answer]], is_dark: bool) -> None:
    rows = [_row(median) for median, _ in shown]
    apply_layout(figure, is_dark, 100 + PART_HEIGHT * max(1, len(rows)))
    figure.update_layout(margin={"t": 54})
    values = [p90.total.value or median.total.value or 0.0 for median, p90 in shown]
    highs = [p90.total.high or 0.0 for _, p90 in shown]
    top = max([*(value * 1.15 for value in values), *highs, 1.0])
    # Short waits have their number beside the name of the row, and not on it.
    set_number_ticks(figure, "x", -0.07 * top, top, unit="min")
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=rows[::-1],
        showgrid=False,
        ticklabelposition="outside",
        tickfont={"color": palette(is_dark).text},
        tickvals=rows,
        ticktext=[f"{row.replace(': ', ':<br>')}  " for row in rows],
        range=[-0.6, len(rows) - 0.3],
    )


def _reach(total: Cell, limit: float | None) -> float:
    """How far a limit lies from the value; 0 where there is none."""
    return abs(limit - total.value) if limit is not None and total.value is not None else 0.0


def _part_hover(answer: Answer, name: str) -> str:
    total = answer.total
    limits = (
        f"<br>95% interval {number_range(total.low, total.high, 1)}"
        if total.low is not None and total.high is not None
        else ""
    )
    value = value_text(answer.metric, total.value or 0.0)
    return f"{name}: {value}{limits}<br>{count_text(total.denominator)} responses"


def has_hours(answer: Answer) -> bool:
    """Whether hours_figure has anything to draw: an hour of the week with enough cases that may be shown."""
    if not len(answer.table):
        return False
    return bool(answer.table["weekday"][answer.table["status"] == Status.SHOWN].notna().any())


def hours_figure(answer: Answer, is_dark: bool) -> Figure:
    """The week as squares, hours down and weekdays across: the bluer, the longer, from zero.

    The minutes stand in each square. Few cases are grey and in brackets, hidden hours grey with a dash;
    an hour without a response has no square.
    """
    texts = hour_texts(answer)
    values = [row["value"] for row in answer.rows if row["status"] == Status.SHOWN]
    squares: dict[bool, dict[Place, Square]] = {False: {}, True: {}}
    for row in answer.rows:
        place = (row["weekday"], row["hour"])
        if place in texts:
            is_shown = row["status"] == Status.SHOWN
            text = texts[place].replace(HIDDEN, "–")
            height = row["value"] if is_shown else 0.0
            squares[is_shown][place] = Square(height, text, _hour_hover(row))
    rows = [(hour_label(hour), [(day, hour) for day in range(1, 8)]) for hour in range(24)]
    figure = Figure()
    for is_shown in (False, True):
        draw_squares(
            figure,
            rows,
            squares[is_shown],
            most=max(values, default=1.0),
            hover="%{customdata}",
            is_dark=is_dark,
            is_colored=is_shown,
        )
    return lay_out_week(figure, rows, HOUR_HEIGHT, 3, is_dark)


def _hour_hover(row: dict[str, Any]) -> str:
    if row["status"] == Status.SUPPRESSED:
        return "hidden to protect people"
    few = ", few cases" if row["status"] == Status.UNSTABLE else ""
    return f"{count_text(row['value'])} minutes, {count_text(row['denominator'])} responses{few}"
