"""Figures with one row per category: bars for counts, points with intervals for shares and rates."""

from html import escape
from typing import Any

import pandas
from plotly.graph_objects import Bar, Figure, Scatter

from outcomes.answers.answer import Answer
from outcomes.presentation.charts.theme import (
    apply_layout,
    error_bars,
    name_rows,
    palette,
    set_number_ticks,
)
from outcomes.presentation.format import count_text, part_of, percent, value_text
from outcomes.presentation.sentences import grain_label
from outcomes.vocabulary.log import SAFETY_REASONS, Status

ROW_HEIGHT = 34
MOST_ROWS = 20


def has_bars(answer: Answer) -> bool:
    """Whether count_figure has anything to draw: a count above zero that may be shown."""
    return bool((answer.table["numerator"].fillna(0) > 0).any())


def has_points(answer: Answer) -> bool:
    """Whether interval_figure has anything to draw: a row with a stable value that may be shown."""
    return bool((answer.table["status"] == Status.SHOWN).any())


def drawn_rows(answer: Answer, names: dict[str, str], shows_count: bool) -> list[tuple[str, str]]:
    """Name and text of each row that a chart of the answer would draw: its count where asked, else its value."""
    table = answer.table
    if shows_count:
        table = table[table["numerator"].fillna(0) > 0]
    else:
        table = table[(table["status"] == Status.SHOWN) & table["value"].notna()]
    key = answer.keys[-1]
    return [
        (
            grain_label(key, row[key], answer.metric, names),
            count_text(row["numerator"])
            if shows_count
            else value_text(answer.metric, row["value"]),
        )
        for row in table.to_dict("records")
    ]


def counted_rows(answer: Answer) -> pandas.DataFrame:
    """The rows that count_figure draws, the largest count last."""
    table = answer.table[answer.table["numerator"].fillna(0) > 0]
    return table.sort_values("numerator").tail(MOST_ROWS)


def stable_rows(answer: Answer) -> pandas.DataFrame:
    """The rows that interval_figure draws, the one with most cases last."""
    table = answer.table[answer.table["status"] == Status.SHOWN]
    return table.sort_values("denominator").tail(MOST_ROWS)


def count_figure(answer: Answer, names: dict[str, str], is_dark: bool) -> Figure:
    """Horizontal bars of the counts, largest first, each with its count and share written at its end.

    Rows that are hidden or not recorded are left to the table. Safety reasons have the second colour.
    """
    colours = palette(is_dark)
    key = answer.keys[-1]
    table = counted_rows(answer)
    labels = [escape(grain_label(key, value, answer.metric, names)) for value in table[key]]
    has_share = answer.metric.unit == "share"
    texts = [
        bar_text(row.numerator, row.value if has_share else None) for row in table.itertuples()
    ]
    return bar_figure(
        labels,
        table["numerator"],
        texts,
        [colours.second if value in SAFETY_REASONS else colours.quiet for value in table[key]],
        is_dark,
        height=40 + ROW_HEIGHT * max(1, len(table)),
        # Room for the longest bar's count and share, also on a phone.
        end=2.0 * (float(table["numerator"].max()) if len(table) else 1.0),
        # Areas named by numbers are names, not amounts.
        type="category",
    )


def bar_figure(
    names: list[str],
    counts: Any,
    texts: list[str],
    colors: list[str],
    is_dark: bool,
    *,
    height: int,
    end: float,
    hover: str = "%{y}: %{text}",
    **axis: str,
) -> Figure:
    """Horizontal bars up to an end of the axis, each named at its left and with a text at its end."""
    figure = Figure(
        Bar(
            x=counts,
            y=names,
            orientation="h",
            marker={"color": colors},
            text=texts,
            textposition="outside",
            # Two lines at a bar's end keep their size, and fit its row.
            constraintext="none",
            textfont={"size": 13},
            cliponaxis=False,
            hovertemplate=f"{hover}<extra></extra>",
        )
    )
    apply_layout(figure, is_dark, height)
    figure.update_xaxes(visible=False, range=[0, end])
    name_rows(figure, is_dark, **axis)
    return figure


def bar_text(count: float, share: float | None = None, more: str = "") -> str:
    """A bar's label: the count, and its share where there is one, with what more is said of it."""
    return f" {count_text(count)}" + (
        "" if share is None or pandas.isna(share) else f"  ({percent(share)}){more}"
    )


def interval_figure(answer: Answer, names: dict[str, str], is_dark: bool) -> Figure:
    """One point per row with its interval as a line, most cases first; a line marks the whole.

    Rows that are hidden, not recorded or of few cases are left to the table: an interval that spans
    the chart would squeeze all others.
    """
    colours = palette(is_dark)
    key = answer.keys[-1]
    table = stable_rows(answer)
    labels = [escape(grain_label(key, value, answer.metric, names)) for value in table[key]]
    value, low, high = table["value"], table["low"], table["high"]
    figure = Figure(
        Scatter(
            x=value,
            y=labels,
            mode="markers",
            marker={"size": 10, "color": colours.accent},
            error_x=error_bars((high - value).fillna(0), (value - low).fillna(0), colours.accent),
            text=[_row_text(answer, row) for row in table.to_dict("records")],
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    )
    # Parts of a rate, such as roles, are not to be held against their sum.
    if answer.total.value is not None and key not in ("role", "severity"):
        figure.add_vline(
            x=answer.total.value,
            line={"color": colours.muted, "width": 1, "dash": "dot"},
            annotation={
                "text": _total_text(answer),
                "font": {"size": 12, "color": colours.muted},
                "yanchor": "bottom",
                # Towards the middle of the chart, where there is room for it.
                "xanchor": "right" if answer.total.value * 2 > high.max() else "left",
            },
        )
    apply_layout(figure, is_dark, 70 + ROW_HEIGHT * max(1, len(table)))
    figure.update_layout(margin={"t": 28})
    if len(table):
        # Wide intervals of small rows run out of the chart rather than squeeze the others.
        farthest = max(float(value.max()) * 2.5, float(high.fillna(0).median()) * 1.5)
        end = min(farthest, float(high.max()) * 1.05) or 1
        is_share = answer.metric.unit == "share"
        set_number_ticks(figure, "x", 0, end, is_share=is_share, unit=_axis_unit(answer))
    # Areas named by numbers are names, not amounts.
    name_rows(figure, is_dark, type="category")
    return figure


def _axis_unit(answer: Answer) -> str:
    """What stands behind the last number of the axis; a share has its sign at each."""
    return {"minutes": "min", "per 10,000": "<br>per 10,000"}.get(answer.metric.unit, "")


def _total_text(answer: Answer) -> str:
    """What the dotted line is; a rate of zero is said in words, for its digits look like a measurement."""
    if answer.total.numerator == 0:
        return "all: none"
    return f"all {value_text(answer.metric, answer.total.value or 0.0)}"


def _row_text(answer: Answer, row: dict[str, Any]) -> str:
    value = value_text(answer.metric, row["value"])
    if pandas.isna(row["numerator"]):
        return f"{value}, {count_text(row['denominator'])} cases"
    return f"{value}, {part_of(row['numerator'], row['denominator'])}"
