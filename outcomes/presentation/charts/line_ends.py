"""Names of lines at their right ends, in their colors, moved apart where the lines end close together."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap

from plotly.graph_objects import Figure

# Pixels: size of the letters, width of one on average, height of a line, and the space before a name.
FONT_SIZE, LETTER_WIDTH, LINE_HEIGHT, SPACE = 13, 6.8, 16, 6
# Letters of a line, so that a phone keeps its room for the lines themselves.
LINE_LETTERS = 12


@dataclass(frozen=True)
class LineEnd:
    """A line's name, and where it ends."""

    name: str
    # its last value, on an axis from zero
    value: float
    color: str


def name_line_ends(figure: Figure, ends: Sequence[LineEnd], top: float, height: float) -> None:
    """Write each name right of the field at the height of its line's end; the field is that many pixels high."""
    if not ends:
        return
    lines = [wrap(end.name, LINE_LETTERS) for end in ends]
    widest = max(len(line) for each in lines for line in each)
    figure.update_layout(margin={"r": round(SPACE + 8 + widest * LETTER_WIDTH)})
    heights = [len(each) * LINE_HEIGHT for each in lines]
    places = spread([end.value / top * height for end in ends], heights, height)
    for end, each, place in zip(ends, lines, places, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=SPACE,
            y=place / height,
            yref="paper",
            yanchor="middle",
            align="left",
            text="<b>" + "<br>".join(map(escape, each)) + "</b>",
            showarrow=False,
            font={"color": end.color, "size": FONT_SIZE},
        )


def spread(places: Sequence[float], heights: Sequence[float], height: float) -> list[float]:
    """The places, moved up where two names would cover each other, and down together where they then leave the field."""
    found = [*places]
    order = sorted(range(len(places)), key=lambda each: places[each])
    for below, above in pairwise(order):
        least = found[below] + (heights[below] + heights[above]) / 2
        found[above] = max(found[above], least)
    over = found[order[-1]] + heights[order[-1]] / 2 - height
    return [place - max(0.0, over) for place in found]
