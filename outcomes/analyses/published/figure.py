"""Police hours per call as programs estimate them: one bar a program from zero, its two numbers written above it."""

from html import escape

from plotly.graph_objects import Bar, Figure

from outcomes.analyses.published.analysis import HoursPerCall
from outcomes.analyses.published.text import hours_counts, hours_words, program_words
from outcomes.presentation.charts.theme import apply_layout, palette

ROW_HEIGHT = 76
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
