"""Figures of times: the intervals of a response side by side, and the week as a map of hours."""

from typing import Any

import pandas
from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.response_times.tables import hour_texts, interval_label
from outcomes.answers.answer import Answer
from outcomes.metrics.figure import Figure as Cell
from outcomes.presentation.charts.theme import apply_layout, palette
from outcomes.presentation.charts.week import draw_squares, lay_out_week
from outcomes.presentation.format import HIDDEN, count_text, decimal_text, number_range, value_text
from outcomes.vocabulary.labels import hour_label
from outcomes.vocabulary.log import Status

PART_HEIGHT = 52
HOUR_HEIGHT = 22


def parts_figure(pairs: list[tuple[Answer, Answer]], is_dark: bool) -> Figure:
    """One row per interval that has a figure: the median as a full point, the 90th percentile as a hollow one.

    The bar behind each point is its 95 % interval. Minutes from zero; no row is a sum of others.
    """
    colours = palette(is_dark)
    shown = [pair for pair in pairs if pair[0].total.value is not None]
    figure = Figure()
    rows = [interval_label(median.metric.interval) for median, _ in shown if median.metric.interval]
    for median, p90 in shown:
        row = interval_label(median.metric.interval) if median.metric.interval else ""
        if p90.total.value is not None:
            figure.add_trace(
                Scatter(
                    x=[median.total.value, p90.total.value],
                    y=[row, row],
                    mode="lines",
                    line={"color": colours.quiet, "width": 2},
                    hoverinfo="skip",
                )
            )
    for place, name in enumerate(("median", "90th percentile")):
        answers = [pair[place] for pair in shown if pair[place].total.value is not None]
        totals = [answer.total for answer in answers]
        colour = colours.second if place else colours.accent
        figure.add_trace(
            Scatter(
                x=[total.value for total in totals],
                y=[interval_label(one.metric.interval) for one in answers if one.metric.interval],
                mode="markers+text",
                text=[decimal_text(total.value or 0.0, 1) for total in totals],
                textposition="top center" if place else "bottom center",
                textfont={"color": colour},
                cliponaxis=False,
                marker={
                    "size": 11,
                    "color": colours.background if place else colour,
                    "line": {"color": colour, "width": 2.5},
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [_reach(total, total.high) for total in totals],
                    "arrayminus": [_reach(total, total.low) for total in totals],
                    "color": colour,
                    "thickness": 2,
                    "width": 0,
                },
                hovertext=[_part_hover(answer, name) for answer in answers],
                hovertemplate="%{y}<br>%{hovertext}<extra></extra>",
            )
        )
        figure.add_annotation(
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=0 if place else 20,
            text=f"<b>{'○' if place else '●'}  {name}</b>",
            showarrow=False,
            font={"color": colour},
        )
    apply_layout(figure, is_dark, 100 + PART_HEIGHT * max(1, len(rows)))
    figure.update_layout(margin={"t": 54})
    values = [pair[1].total.value or pair[0].total.value or 0.0 for pair in shown]
    highs = [pair[1].total.high or 0.0 for pair in shown]
    top = max([*(value * 1.15 for value in values), *highs, 1.0])
    figure.update_xaxes(range=[0, top], tickformat=",~r", nticks=6, ticksuffix=" min")
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=rows[::-1],
        showgrid=False,
        ticklabelposition="outside",
        tickfont={"color": colours.text},
        tickvals=rows,
        ticktext=[f"{row.replace(': ', ':<br>')}  " for row in rows],
        range=[-0.6, len(rows) - 0.3],
    )
    return figure


def _reach(total: Cell, limit: float | None) -> float:
    """How far a limit lies from the value; 0 where there is none."""
    return abs(limit - total.value) if limit is not None and total.value is not None else 0.0


def _part_hover(answer: Answer, name: str) -> str:
    total = answer.total
    limits = (
        f"<br>95 % interval {number_range(total.low, total.high, 1)}"
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
    hours = [hour_label(hour) for hour in range(24)]
    values = {
        (int(row["weekday"]), int(row["hour"])): row
        for row in answer.table.to_dict("records")
        if row["weekday"] is not None and not pandas.isna(row["weekday"])
    }

    def grid(is_full: bool) -> tuple[list[list[float | None]], list[list[str]], list[list[str]]]:
        heights, labels, hovers = [], [], []
        for hour in range(24):
            places = [(day, hour) for day in range(1, 8)]
            drawn = [
                place in texts and (values[place]["status"] == Status.SHOWN) is is_full
                for place in places
            ]
            heights.append(
                [
                    (float(values[place]["value"]) if is_full else 0.0) if here else None
                    for place, here in zip(places, drawn, strict=True)
                ]
            )
            words = [
                texts[place] if here else "" for place, here in zip(places, drawn, strict=True)
            ]
            labels.append(["–" if text == HIDDEN else text for text in words])
            hovers.append(
                [
                    _hour_hover(answer, values[place]) if here else ""
                    for place, here in zip(places, drawn, strict=True)
                ]
            )
        return heights, labels, hovers

    figure = Figure()
    full = answer.table["value"][answer.table["status"] == Status.SHOWN]
    longest = float(full.max()) if len(full) else 1.0
    for is_full in (False, True):
        heights, labels, hovers = grid(is_full)
        draw_squares(
            figure,
            hours,
            heights,
            labels,
            most=longest,
            hover="%{customdata}",
            is_dark=is_dark,
            is_colored=is_full,
            hovers=hovers,
        )
    return lay_out_week(figure, hours, HOUR_HEIGHT, 3, is_dark)


def _hour_hover(answer: Answer, row: dict[str, Any]) -> str:
    if row["status"] == Status.SUPPRESSED:
        return "hidden to protect people"
    few = ", few cases" if row["status"] == Status.UNSTABLE else ""
    return f"{count_text(row['value'])} minutes, {count_text(row['denominator'])} responses{few}"
