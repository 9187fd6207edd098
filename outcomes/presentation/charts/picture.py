"""A chart as an image to take away: PNG or SVG, with its finding, its axes, whose figures they are and where from.

Typst draws it from the same data as the page's chart, on the server, without a browser and without a network; it is loaded
when an image is drawn, and not by the pages that offer one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from plotly.graph_objects import Figure

from outcomes.presentation.charts.drawing import Drawing, Label, Line, drawing_of
from outcomes.presentation.charts.theme import LIGHT

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
# Pixels of an image to an inch of 72 points: two to a point, so that it is sharp on a slide.
SHARPNESS = 144.0
CUT = "A line that is cut at the edge runs on; the table has both its ends."
# Of a text's letter, its width in shares of its size: enough to keep room for it.
LETTER = 0.52
# The same of a bold letter.
WIDE_LETTER = 0.58


@dataclass(frozen=True)
class PictureWords:
    """What stands over and under the chart of an image."""

    # what the chart shows, in a sentence
    title: str
    # what is drawn, whose it is, of which period
    about: tuple[str, ...]
    # how the chart is read, where the figures come from
    under: tuple[str, ...]
    # that the data is made up; empty where it is not
    mark: str = ""
    # what its marks mean
    over: tuple[str, ...] = ()
    # colors of its fields with what each means
    swatches: tuple[tuple[str, str], ...] = ()


def picture_of(figure: Figure, words: PictureWords) -> dict[str, Any]:
    """The chart and its words as plain data, from which it can be drawn without the figure."""
    drawing = drawing_of(figure)
    under = [*([CUT] if drawing.is_cut else []), *words.under]
    return {
        **asdict(words),
        "under": under,
        "drawing": plain_drawing(drawing),
        "ink": LIGHT.text,
        "muted": LIGHT.muted,
        "grid": LIGHT.grid,
    }


def png_of(picture: Mapping[str, Any]) -> bytes:
    """The picture as PNG, 1,920 pixels wide."""
    return _drawn(picture, "png")


def svg_of(picture: Mapping[str, Any]) -> bytes:
    """The picture as SVG that says to a screen reader what it is: a title, a description, and the role of an image."""
    drawn = _drawn(picture, "svg").decode("utf-8")
    described = " ".join([*picture["about"], picture["mark"], *picture["under"]]).strip()
    return re.sub(
        r"<svg([^>]*)>",
        lambda found: (
            f'<svg{found[1]} role="img" aria-labelledby="title desc">'
            f'<title id="title">{escape(picture["title"])}</title><desc id="desc">{escape(described)}</desc>'
        ),
        drawn,
        count=1,
    ).encode("utf-8")


def _drawn(picture: Mapping[str, Any], kind: Literal["png", "svg"]) -> bytes:
    import typst

    drawn, warnings = typst.compile_with_warnings(
        HERE / "picture.typ",
        root=HERE,
        format=kind,
        ppi=SHARPNESS,
        sys_inputs={"picture": json.dumps(picture, ensure_ascii=False)},
        font_paths=page_fonts(),
    )
    if warnings:
        raise ValueError(
            f"Expected a picture without warnings, found [{warnings[0]}]; mend picture.typ."
        )
    return bytes(drawn)


@cache
def page_fonts() -> "typst.Fonts":
    """The pages' own font and no other, so that an image is the same on every server."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "font"]
    )


def plain_drawing(drawing: Drawing) -> dict[str, object]:
    """The drawing as JSON, with the room that its words need around the field."""
    told = asdict(drawing)
    for name in ("bands", "areas", "strokes", "marks", "labels"):
        for each in told[name]:
            for key in ("fill", "edge", "color", "ground", "span_color"):
                if each.get(key):
                    each[key] = _hex(each[key])
    over = [label.y_shift + _height(label) for label in drawing.labels if label.y > 0.97]
    below = [_height(label) - label.y_shift for label in drawing.labels if label.y < 0.01]
    room = {
        "room_over": max([0.0, *over]),
        "room_under": max([0.0, *below]),
        "room_right": _room_right(drawing.labels),
    }
    return {**told, **room}


def _height(label: Label) -> float:
    lines = len(label.text) * label.size * 1.3
    return {"bottom": lines, "middle": lines / 2, "top": 0.0}[label.y_anchor]


def _room_right(labels: Sequence[Label]) -> float:
    """Pixels that words at the right end need beyond the field: names of lines stand wholly beyond it."""
    beyond = [
        each.x_shift + max(_letters(line) for line in each.text) * each.size * WIDE_LETTER
        for each in labels
        if each.x >= 1.0 and each.x_anchor == "left"
    ]
    return max([16.0 if labels else 8.0, *beyond])


def _letters(line: Line) -> int:
    return sum(len(words) for _, words in line)


def _hex(color: str) -> str:
    """A color with its opacity as eight digits, which Typst reads."""
    found = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", color)
    if not found:
        return color
    red, green, blue = (int(part) for part in found.groups()[:3])
    return f"#{red:02X}{green:02X}{blue:02X}{round(float(found[4]) * 255):02X}"
