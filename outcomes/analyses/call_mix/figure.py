"""The mix of calls: for each call type its share of the calls taken, of all eligible and of all public calls."""

from html import escape

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.call_mix.analysis import CallMix
from outcomes.analyses.call_mix.text import SORT_WORDS, drawn_kinds
from outcomes.presentation.charts.theme import apply_layout, palette, set_number_ticks
from outcomes.presentation.format import percent

ROW_HEIGHT = 46
LIFT = 15
# Shape of each sort of calls; shape tells what colour tells.
SHAPES = {"taken": "circle", "eligible": "diamond-open", "public": "square-open"}


def mix_figure(mix: CallMix, is_dark: bool) -> Figure:
    """One row a call type, names over the marks, the largest share first; shares of the calls that are shown."""
    colours = palette(is_dark)
    kinds = drawn_kinds(mix)
    places = list(range(len(kinds)))
    figure = Figure()
    colors = {"taken": colours.accent, "eligible": colours.second, "public": colours.muted}
    for sort in mix.sorts if kinds else ():
        what, colour = SORT_WORDS[sort], colors[sort]
        figure.add_trace(
            Scatter(
                x=[shares[what] for _, shares in kinds],
                y=places,
                mode="markers",
                marker={
                    "symbol": SHAPES[sort],
                    "size": 12,
                    "color": colour,
                    "line": {"width": 2, "color": colour},
                },
                name=what,
                customdata=[percent(shares[what]) for _, shares in kinds],
                hovertemplate="%{customdata} of " + what + "<extra></extra>",
            )
        )
    apply_layout(figure, is_dark, 60 + ROW_HEIGHT * max(1, len(kinds)))
    for place, (name, _) in zip(places, kinds, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=place,
            text=escape(name),
            showarrow=False,
            xanchor="left",
            yshift=LIFT,
            font={"color": colours.text, "size": 13},
        )
    most = max((share for _, shares in kinds for share in shares.values()), default=1.0)
    # Room at both ends, so that no mark is cut.
    set_number_ticks(figure, "x", -0.03 * most, 1.05 * most, is_share=True)
    figure.update_yaxes(visible=False, range=[len(kinds) - 0.5, -0.8])
    return figure
