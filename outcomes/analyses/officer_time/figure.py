"""Ranges of assumptions, one a row: a line from low to high, a point at the middle, the name over it."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.officer_time.analysis import Range
from outcomes.analyses.officer_time.text import estimate_range, estimate_text
from outcomes.presentation.charts.theme import (
    apply_layout,
    error_bars,
    name_over_row,
    palette,
    set_number_ticks,
)

ROW_HEIGHT = 72
# Letters in a line of what is said over a point, so that it has room on a phone.
HOVER_WIDTH = 36
LIFT = 27
TORNADO_BAR = 14


def range_figure(
    rows: list[tuple[str, Range]],
    is_dark: bool,
    decimals: int = 0,
    marked: str = "",
    hovers: Sequence[str] = (),
    is_tornado: bool = False,
) -> Figure:
    """Rows in the order given; the marked one has the second colour. A range without width is a point alone.

    A tornado has bars for lines, and a line where all rows have their middle. Names stand over the lines, so that the lines keep their room on a phone. Hovers, one a row, are said over points.
    """
    colours = palette(is_dark)
    places = list(range(len(rows)))
    figure = Figure(
        Scatter(
            x=[numbers.middle for _, numbers in rows],
            y=places,
            mode="markers",
            marker={
                "size": 11,
                "color": [colours.second if name == marked else colours.accent for name, _ in rows],
            },
            error_x=error_bars(
                [numbers.high - numbers.middle for _, numbers in rows],
                [numbers.middle - numbers.low for _, numbers in rows],
                colours.accent,
                thickness=TORNADO_BAR if is_tornado else 3,
            ),
            hovertext=["<br>".join(wrap(escape(each), HOVER_WIDTH)) for each in hovers] or None,
            hoverinfo="text" if hovers else "skip",
        )
    )
    apply_layout(figure, is_dark, 50 + ROW_HEIGHT * max(1, len(rows)))
    for place, (name, numbers) in zip(places, rows, strict=True):
        is_point = numbers.low == numbers.high
        said = (
            estimate_text(numbers.middle, decimals)
            if is_point
            else estimate_range(numbers, decimals)
        )
        name_over_row(figure, is_dark, place, name, said, LIFT)
    low = min([0.0, *(numbers.low for _, numbers in rows)])
    high = max([0.0, *(numbers.high for _, numbers in rows)]) or 1.0
    spare = (high - low) * 0.04
    set_number_ticks(figure, "x", low - spare, high + spare)
    figure.update_xaxes(zeroline=True, zerolinecolor=colours.muted)
    if is_tornado and rows:
        middle = rows[0][1].middle
        figure.add_shape(
            type="line",
            x0=middle,
            x1=middle,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": colours.muted, "width": 1, "dash": "dot"},
        )
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.7])
    return figure
