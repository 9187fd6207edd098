"""Figures of published numbers: rates by program as dots, and police hours per call as bars with their two numbers."""

from html import escape

from plotly.graph_objects import Bar, Figure, Scatter

from outcomes.analyses.published.analysis import CheckedFigure, HoursPerCall
from outcomes.analyses.published.text import (
    dot_words,
    hours_counts,
    hours_words,
    program_words,
)
from outcomes.presentation.charts.theme import apply_layout, draw_line, palette, set_number_ticks
from outcomes.presentation.format import AS_NEEDED, percent

ROW_HEIGHT = 76
RATE_ROW_HEIGHT, LIFT_OF_NAME = 42, 17
BAR_WIDTH = 0.34
# How far the two lines over a bar stand above its middle, in pixels.
LIFT = 32


def hours_figure(hours: tuple[HoursPerCall, ...], is_dark: bool) -> Figure:
    """Bars in the order given; one that is a flat number has the second colour and says so.

    Names stand over the bars, not beside them, so that the bars keep their room on a phone.
    """
    colours = palette(is_dark)
    places = list(range(len(hours)))
    figure = Figure(
        Bar(
            x=[each.hours_per_call for each in hours],
            y=places,
            width=BAR_WIDTH,
            orientation="h",
            marker={
                "color": [colours.second if each.is_flat else colours.accent for each in hours]
            },
            text=[
                f" <b>{hours_words(each)}</b>" + (" exactly" if each.is_flat else "")
                for each in hours
            ],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    apply_layout(figure, is_dark, 20 + ROW_HEIGHT * max(1, len(hours)))
    for place, each in zip(places, hours, strict=True):
        figure.add_annotation(
            x=0,
            y=place,
            text=f"<b>{escape(program_words(each.row))}</b><br>{escape(hours_counts(each))}",
            showarrow=False,
            xanchor="left",
            align="left",
            yshift=LIFT,
            font={"color": colours.text, "size": 13},
        )
    largest = max((each.hours_per_call for each in hours), default=1.0)
    figure.update_xaxes(visible=False, range=[0, largest * 1.3])
    figure.update_yaxes(visible=False, range=[len(hours) - 0.6, -0.85])
    return figure


def rates_figure(groups: dict[str, tuple[CheckedFigure, ...]], is_dark: bool) -> Figure:
    """A dot a program with its 95% interval as a line, under the name of what was counted.

    Names stand over the dots, not beside them, so that the lines keep their room on a phone.
    """
    colours = palette(is_dark)
    rows: list[tuple[str, CheckedFigure | None]] = []
    for heading, figures in groups.items():
        rows.append((f"<b>{escape(heading)}</b>", None))
        rows += [(escape(dot_words(figure)), figure) for figure in figures]
    drawn = Figure()
    for place, (words, figure) in enumerate(rows):
        drawn.add_annotation(
            x=0,
            xref="paper",
            y=place,
            text=words,
            showarrow=False,
            xanchor="left",
            yshift=0 if figure is None else LIFT_OF_NAME,
            font={"color": colours.text, "size": 13},
        )
        if figure is None:
            continue
        draw_line(
            drawn,
            [_lower(figure), _upper(figure)],
            [place] * 2,
            {"color": colours.quiet, "width": 3},
        )
        drawn.add_trace(
            Scatter(
                x=[figure.share],
                y=[place],
                mode="markers",
                marker={
                    "size": 10,
                    "color": colours.accent if figure.is_in_a_total else colours.quiet,
                },
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
        drawn.add_annotation(
            x=_upper(figure),
            y=place,
            text=f"  {percent(figure.share or 0.0, AS_NEEDED)}",
            showarrow=False,
            xanchor="left",
            font={"color": colours.text, "size": 13},
        )
    apply_layout(drawn, is_dark, 40 + RATE_ROW_HEIGHT * max(1, len(rows)))
    farthest = max((_upper(figure) for _, figure in rows if figure), default=0.01)
    set_number_ticks(drawn, "x", -farthest / 50, farthest * 1.18, is_share=True)
    drawn.update_yaxes(visible=False, range=[len(rows) - 0.4, -0.7])
    return drawn


def _lower(figure: CheckedFigure) -> float:
    return figure.interval.low if figure.interval else figure.share or 0.0


def _upper(figure: CheckedFigure) -> float:
    return figure.interval.high if figure.interval else figure.share or 0.0
