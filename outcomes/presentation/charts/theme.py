"""Colours and the common layout of every figure, in light and dark."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from plotly.graph_objects import Figure, Scatter

from outcomes.presentation.format import tick_texts
from outcomes.selection import add_months


@dataclass(frozen=True)
class Palette:
    """Colours of one theme; text has a contrast of at least 4.5:1 and marks 3:1 on the background."""

    text: str
    muted: str
    grid: str
    # the one accent, and what a second series gets (Okabe and Ito's vermillion)
    accent: str
    second: str
    # bars that are not the point, and the band of a gap
    quiet: str
    gap: str
    # the interval around a line
    band: str
    # the interval around a second line
    second_band: str
    background: str


LIGHT = Palette(
    text="#1F2937",
    muted="#5B6472",
    grid="#E3E7EC",
    accent="#1B4F8F",
    second="#B84A00",
    quiet="#7C93AE",
    gap="rgba(120,128,138,0.16)",
    band="rgba(27,79,143,0.14)",
    second_band="rgba(184,74,0,0.14)",
    background="#FFFFFF",
)
DARK = Palette(
    text="#E6EAF0",
    muted="#A9B3C1",
    grid="#333C49",
    accent="#7FB0EE",
    second="#F0995A",
    quiet="#7389A3",
    gap="rgba(160,170,182,0.18)",
    band="rgba(127,176,238,0.20)",
    second_band="rgba(240,153,90,0.20)",
    background="#10151C",
)
# The font of the pages, which Streamlit brings along.
FONT = '"Source Sans", sans-serif'
# No toolbar: an image is offered under the chart, and nothing is zoomed by accident.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
# Months between two ticks; all but the first few begin at January.
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


def palette(is_dark: bool) -> Palette:
    """The colours of the theme that is on."""
    return DARK if is_dark else LIGHT


def apply_layout(figure: Figure, is_dark: bool, height: int) -> Figure:
    """The figure with the common layout: no legend, quiet grid, transparent ground, room for labels."""
    colours = palette(is_dark)
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 16, "b": 8},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 14, "color": colours.text},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        hoverlabel={"font": {"family": FONT, "size": 13}},
    )
    figure.update_xaxes(
        gridcolor=colours.grid, zeroline=False, automargin=True, tickfont={"color": colours.muted}
    )
    figure.update_yaxes(
        gridcolor=colours.grid, zeroline=False, automargin=True, tickfont={"color": colours.muted}
    )
    return figure


def set_number_ticks(
    figure: Figure,
    letter: str,
    low: float,
    high: float,
    *,
    is_share: bool = False,
    unit: str = "",
    most: int = 6,
    whole: bool = False,
) -> None:
    """Let an axis run from low to high with round numbers at it, at most so many, the unit on the last."""
    places = round_numbers(low, high, most, least_step=1.0 if whole else 0.0)
    figure.update_layout(
        {
            f"{letter}axis": {
                "range": [low, high],
                "tickvals": places,
                "ticktext": tick_texts(places, is_share=is_share, unit=unit),
            }
        }
    )


def round_numbers(low: float, high: float, most: int = 6, least_step: float = 0.0) -> list[float]:
    """Round numbers from low to high in even steps of 1, 2 or 5 times a power of ten: at most so many."""
    if high <= low:
        return [low]
    power = 10.0 ** (math.floor(math.log10((high - low) / most)))
    step = next(
        step
        for step in (power * factor for factor in (1, 2, 5, 10, 20, 50))
        if (high - low) / step <= most and step >= least_step
    )
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def set_month_ticks(figure: Figure, first: date, last: date, most: int = 7) -> None:
    """Months at the horizontal axis from the first to the last that have data, the year under January and the first."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(step for step in MONTH_STEPS if math.ceil(months / step) <= most)
    # Counted from January, so that years begin at a tick.
    begin = first.year * 12 + first.month - 1
    places = [at for at in range(begin, begin + months) if at % step == 0]
    days = [date(at // 12, at % 12 + 1, 1) for at in places]
    texts = [
        f"{day:%Y}"
        if step >= 12
        else f"{day:%b}<br>{day:%Y}"
        if place == 0 or day.year != days[place - 1].year
        else f"{day:%b}"
        for place, day in enumerate(days)
    ]
    figure.update_xaxes(showgrid=False, tickvals=days, ticktext=texts, tickangle=0)


def set_quarter_ticks(figure: Figure, months: list[date], shift: timedelta, most: int = 6) -> None:
    """Quarters at the horizontal axis, by their middle months: the months that each has, and its year."""
    named = months[:: math.ceil(len(months) / most)]
    texts = [f"{add_months(each, -1):%b} to<br>{add_months(each, 1):%b %Y}" for each in named]
    days = [datetime(each.year, each.month, 1) + shift for each in named]
    figure.update_xaxes(showgrid=False, tickvals=days, ticktext=texts, tickangle=0)


def name_rows(figure: Figure, is_dark: bool, **more: str) -> None:
    """Name every row at its left, in the color of text; more of the axis may be set with it."""
    font = {"color": palette(is_dark).text}
    figure.update_yaxes(**more, showgrid=False, ticksuffix="  ", tickfont=font)


def draw_line(figure: Figure, x: Any, y: Any, line: dict[str, Any], **more: Any) -> None:
    """Draw a line, or a shape, that says nothing where the pointer rests; broken where there is no value."""
    figure.add_trace(Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", **more))


def name_series(figure: Figure, words: str, color: str, anchor: str, shift: int) -> None:
    """Write a series' name in its color at the top left, where it is readable at every width."""
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor=anchor,
        yshift=shift,
        text=f"<b>{words}</b>",
        showarrow=False,
        font={"color": color},
    )


def error_bars(above: Any, below: Any, color: str, thickness: int = 2) -> dict[str, Any]:
    """Lines from each point as far as its limits lie above and below it."""
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": color,
        "thickness": thickness,
        "width": 0,
    }


def name_over_row(
    figure: Figure, is_dark: bool, place: int, name: str, said: str, lift: int
) -> None:
    """Write a row's name and what it says over its line, which keeps its room on a phone."""
    colours = palette(is_dark)
    figure.add_annotation(
        x=0,
        xref="paper",
        y=place,
        text=f"<b>{escape(name)}</b><br>{said}",
        showarrow=False,
        xanchor="left",
        align="left",
        yshift=lift,
        bgcolor=colours.background,
        font={"color": colours.text, "size": 13},
    )
