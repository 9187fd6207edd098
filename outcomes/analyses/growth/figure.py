"""Growth as step lines: programs or states by month, closures marked, uncertain dates as a band; plain bars; the map for an image."""

from html import escape
from typing import Any

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.growth.analysis import Growth, MonthCount
from outcomes.analyses.growth.text import count_words
from outcomes.analyses.growth.tile_map import tile_of_state
from outcomes.presentation.charts.rows import bar_figure
from outcomes.presentation.charts.theme import (
    apply_layout,
    draw_line,
    palette,
    set_month_ticks,
    set_number_ticks,
)

HEIGHT = 300
BAR_HEIGHT = 34
# Pixels of a tile in an image, and the space between two in shares of one.
TILE, GAP = 62, 0.04


def growth_figure(growth: Growth, measure: str, is_dark: bool) -> Figure:
    """A step line of programs or states by month, from zero.

    A band shows what dates known by year alone leave open; triangles mark the months in which programs
    ended; a dotted line stands at the month that is shown, where it is not the last.
    """
    colours = palette(is_dark)
    months = [count.month for count in growth.series]
    values = [value_of(count, measure) for count in growth.series]
    possible = [_possible(count, measure) for count in growth.series]
    figure = Figure()
    if possible != values:
        line = {"width": 0, "shape": "hv"}
        draw_line(figure, months, values, line)
        draw_line(figure, months, possible, line, fill="tonexty", fillcolor=colours.band)
    figure.add_trace(
        Scatter(
            x=months,
            y=values,
            mode="lines",
            line={"color": colours.accent, "width": 2.5, "shape": "hv"},
            text=[count_words(count, measure) for count in growth.series],
            hovertemplate="%{x|%b %Y}: %{text}<extra></extra>",
        )
    )
    if measure == "programs":
        _mark_closures(figure, growth, is_dark)
    apply_layout(figure, is_dark, HEIGHT)
    set_number_ticks(figure, "y", 0, max([*possible, 1]) * 1.12, whole=True)
    set_month_ticks(figure, months[0], months[-1])
    _mark_ends(figure, growth, measure, is_dark)
    return figure


def value_of(count: MonthCount, measure: str) -> int:
    """Programs or states surely active in a month; the District of Columbia is no state."""
    if measure == "programs":
        return count.program_count
    return count.state_count - count.has_district


def _possible(count: MonthCount, measure: str) -> int:
    if measure == "programs":
        return count.possible_program_count
    return count.possible_state_count - count.possible_has_district


def _mark_closures(figure: Figure, growth: Growth, is_dark: bool) -> None:
    colours = palette(is_dark)
    ended = [count for count in growth.series if count.ended_count]
    figure.add_trace(
        Scatter(
            x=[count.month for count in ended],
            y=[count.program_count for count in ended],
            mode="markers",
            marker={"symbol": "triangle-down", "size": 11, "color": colours.second},
            text=[f"{count.ended_count} ended" for count in ended],
            hovertemplate="%{x|%b %Y}: %{text}<extra></extra>",
        )
    )


def _mark_ends(figure: Figure, growth: Growth, measure: str, is_dark: bool) -> None:
    """The base and the shown month, each with its count beside its point."""
    colours = palette(is_dark)
    for count in (growth.base, growth.at):
        value = value_of(count, measure)
        # Words stand above every earlier point, so that the line does not cross them.
        highest = max(
            value_of(each, measure) for each in growth.series if each.month <= count.month
        )
        figure.add_trace(
            Scatter(
                x=[count.month],
                y=[value],
                mode="markers",
                marker={"size": 9, "color": colours.accent},
                hoverinfo="skip",
            )
        )
        figure.add_annotation(
            x=count.month,
            y=highest,
            text=f"<b>{count_words(count, measure)}</b> {count.month:%b %Y}",
            showarrow=False,
            xanchor="right",
            xshift=-6,
            yanchor="bottom",
            yshift=9,
            font={"color": colours.text},
        )


def bars_figure(rows: list[tuple[str, int, bool]], is_dark: bool) -> Figure:
    """Horizontal bars in the order given, each with its count; those that are not counted are quiet."""
    colours = palette(is_dark)
    drawn = list(reversed(rows))
    return bar_figure(
        [escape(name) for name, _, _ in drawn],
        [count for _, count, _ in drawn],
        [f" {count:,}" if is_in else f" {count:,} (out)" for _, count, is_in in drawn],
        [colours.accent if is_in else colours.quiet for *_, is_in in drawn],
        is_dark,
        height=30 + BAR_HEIGHT * max(1, len(rows)),
        end=max([count for _, count, _ in rows], default=1) * 1.5,
        hover="%{y}: %{x:,}",
    )


def tile_map_figure(states: list[dict[str, Any]], measure: str, is_dark: bool) -> Figure:
    """The same grid as a figure, for an image and for paper."""
    figure = Figure()
    columns = max((state["grid_column"] for state in states), default=0) + 1
    rows = max((state["grid_row"] for state in states), default=0) + 1
    apply_layout(figure, is_dark, TILE * rows)
    figure.update_xaxes(visible=False, range=[0, columns])
    figure.update_yaxes(visible=False, range=[rows, 0])
    for state in states:
        number, ground, ink, _ = tile_of_state(state, measure, is_dark)
        left, top = state["grid_column"], state["grid_row"]
        figure.add_shape(
            type="rect",
            x0=left + GAP,
            x1=left + 1 - GAP,
            y0=top + GAP,
            y1=top + 1 - GAP,
            fillcolor=ground,
            line={"width": 0},
        )
        figure.add_annotation(
            x=left + 0.5,
            y=top + 0.5,
            text=f"<b>{escape(state['state'])}</b><br>{number}",
            showarrow=False,
            font={"color": ink, "size": 14},
        )
    return figure
