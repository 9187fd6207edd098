"""Ranges of assumptions, one a row: a line from low to high, a point at the base, the name over it."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.officer_time.analysis import Range
from outcomes.analyses.officer_time.text import estimate_range, estimate_text
from outcomes.presentation.charts.theme import apply_layout, error_bars, name_over_row, palette

ROW_HEIGHT = 72
# Letters in a line of what is said over a point, so that it has room on a phone.
HOVER_WIDTH = 36
LIFT = 27


def range_figure(
    rows: list[tuple[str, Range]],
    is_dark: bool,
    decimals: int = 0,
    marked: str = "",
    hovers: Sequence[str] = (),
) -> Figure:
    """Rows in the order given; the marked one has the second colour. A range without width is a point alone.

    Names stand over the lines, so that the lines keep their room on a phone. Hovers, one a row, are said over points.
    """
    colours = palette(is_dark)
    places = list(range(len(rows)))
    figure = Figure(
        Scatter(
            x=[numbers.base for _, numbers in rows],
            y=places,
            mode="markers",
            marker={
                "size": 11,
                "color": [colours.second if name == marked else colours.accent for name, _ in rows],
            },
            error_x=error_bars(
                [numbers.high - numbers.base for _, numbers in rows],
                [numbers.base - numbers.low for _, numbers in rows],
                colours.accent,
                thickness=3,
            ),
            hovertext=["<br>".join(wrap(escape(each), HOVER_WIDTH)) for each in hovers] or None,
            hoverinfo="text" if hovers else "skip",
        )
    )
    apply_layout(figure, is_dark, 50 + ROW_HEIGHT * max(1, len(rows)))
    for place, (name, numbers) in zip(places, rows, strict=True):
        is_point = numbers.low == numbers.high
        said = (
            estimate_text(numbers.base, decimals) if is_point else estimate_range(numbers, decimals)
        )
        name_over_row(figure, is_dark, place, name, said, LIFT)
    low = min([0.0, *(numbers.low for _, numbers in rows)])
    high = max([0.0, *(numbers.high for _, numbers in rows)]) or 1.0
    spare = (high - low) * 0.04
    figure.update_xaxes(
        range=[low - spare, high + spare], zeroline=True, zerolinecolor=colours.muted
    )
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.7])
    return figure
