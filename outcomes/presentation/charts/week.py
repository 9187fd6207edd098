"""The week as squares: hours or blocks of hours down, midnight first, and weekdays across, Monday first."""

from plotly.graph_objects import Figure, Heatmap

from outcomes.presentation.charts.theme import apply_layout, palette
from outcomes.vocabulary.labels import WEEKDAYS

# From none to most; the number stands in each square too, with a contrast of 4.5:1 or more on all of them.
SCALES = {False: ["#F4F8FD", "#6FA3DC"], True: ["#16202D", "#3A6DA8"]}
INK = {False: "#0B2239", True: "#FFFFFF"}
# Pixels beside the squares: the names of the weekdays stand in them.
MARGINS = 40


def draw_squares(
    figure: Figure,
    rows: list[str],
    heights: list[list[float | None]],
    texts: list[list[str]],
    most: float,
    hover: str,
    is_dark: bool,
    is_colored: bool,
    hovers: list[list[str]] | None = None,
    gap: int = 2,
) -> None:
    """Draw squares by row and weekday, the bluer the higher, from zero to most; grey where they are not colored.

    A square without a height is not drawn. `hover` is a template; it may name the texts, and the hovers as custom data.
    """
    colours = palette(is_dark)
    figure.add_trace(
        Heatmap(
            z=heights,
            x=[name[:3] for name in WEEKDAYS],
            y=rows,
            text=texts,
            texttemplate="%{text}",
            textfont={"size": 12, "color": INK[is_dark] if is_colored else colours.text},
            customdata=hovers,
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
    figure: Figure, rows: list[str], row_height: int, named_each: int, is_dark: bool
) -> Figure:
    """The figure with weekdays above and one row in so many named."""
    apply_layout(figure, is_dark, MARGINS + row_height * len(rows))
    figure.update_xaxes(side="top", showgrid=False, ticks="", fixedrange=True)
    figure.update_yaxes(
        ticks="",
        autorange="reversed",
        showgrid=False,
        fixedrange=True,
        tickvals=rows[::named_each],
        ticksuffix=" ",
    )
    return figure
