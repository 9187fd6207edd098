"""The week as squares: hours or blocks of hours down, midnight first, and weekdays across, Monday first."""

from dataclasses import dataclass
from typing import Any

from plotly.graph_objects import Figure, Heatmap

from outcomes.presentation.charts.theme import apply_layout, palette
from outcomes.vocabulary.labels import WEEKDAYS

# From none to most; the number stands in each square too, with a contrast of 4.5:1 or more on all of them.
SCALES = {False: ["#F4F8FD", "#6FA3DC"], True: ["#16202D", "#3A6DA8"]}
INK = {False: "#0B2239", True: "#FFFFFF"}
# Pixels beside the squares: the names of the weekdays stand in them.
MARGINS = 40


# Weekday from 1, Monday, and first hour.
Place = tuple[int, int]


@dataclass(frozen=True)
class Square:
    """One square of the week."""

    # how blue it is, from zero
    height: float
    # what is written in it
    text: str
    # what it says where the pointer rests, if not the same as all
    hover: str = ""


def draw_squares(
    figure: Figure,
    rows: list[tuple[str, list[Place]]],
    squares: dict[Place, Square],
    most: float,
    hover: str,
    is_dark: bool,
    is_colored: bool,
    gap: int = 2,
) -> None:
    """Draw the squares that there are, by row, the bluer the higher, from zero to most; grey where not colored.

    `hover` is a template; it may name the texts, and the squares' own hovers as custom data.
    """
    colours = palette(is_dark)

    def grid(name: str, lack: Any) -> list[list[Any]]:
        return [
            [getattr(squares[place], name) if place in squares else lack for place in places]
            for _, places in rows
        ]

    figure.add_trace(
        Heatmap(
            z=grid("height", None),
            x=[name[:3] for name in WEEKDAYS],
            y=[name for name, _ in rows],
            text=grid("text", ""),
            texttemplate="%{text}",
            textfont={"size": 12, "color": INK[is_dark] if is_colored else colours.text},
            customdata=grid("hover", "") if "customdata" in hover else None,
            hovertemplate=f"%{{x}} %{{y}}<br>{hover}<extra></extra>",
            hoverongaps=False,
            colorscale=SCALES[is_dark] if is_colored else [colours.gap, colours.gap],
            zmin=0,
            zmax=most,
            showscale=False,
            xgap=gap,
            ygap=2,
        )
    )


def lay_out_week(
    figure: Figure,
    rows: list[tuple[str, list[Place]]],
    row_height: int,
    named_each: int,
    is_dark: bool,
) -> Figure:
    """The figure with weekdays above and one row in so many named."""
    apply_layout(figure, is_dark, MARGINS + row_height * len(rows))
    figure.update_xaxes(side="top", showgrid=False, ticks="", fixedrange=True)
    figure.update_yaxes(
        ticks="",
        autorange="reversed",
        showgrid=False,
        fixedrange=True,
        tickvals=[name for name, _ in rows[::named_each]],
        ticksuffix=" ",
    )
    return figure
