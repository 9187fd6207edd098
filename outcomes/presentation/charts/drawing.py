"""What a chart draws as plain data: axes with their ticks, series, intervals, bands and labels, for every medium.

A Plotly figure holds all of it; this reads it out, so that a page, an image and a printed sheet draw one and the same.
Places are shares of the field between the axes, from its lower left corner; sizes are pixels.
"""

import itertools
import re
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any

import numpy
import pandas
from plotly.graph_objects import Figure

# Bold or not, and the words; a text is lines of these.
Line = tuple[tuple[bool, str], ...]
Text = tuple[Line, ...]
Point = tuple[float, float]
BAR_WIDTH = 0.8
FONT_SIZE = 14.0
# What a shape of a line adds between two points.
STEPS = ("hv", "hvh")
TRANSPARENT = "rgba(0,0,0,0)"
# By how much two labels differ in height that are not of one row, and pixels of a sheet between its margins.
A_HAIR, WIDTH_OF_PAPER = 0.001, 660.0
# Of a text's size: the height of a line, the width of a letter.
LINE, WIDTH_OF_A_LETTER = 1.2, 0.5


@dataclass(frozen=True)
class Tick:
    """One mark of an axis."""

    place: float
    text: Text


@dataclass(frozen=True)
class Axis:
    """One axis: its ticks, whether lines run from them through the field, and its name."""

    ticks: tuple[Tick, ...]
    has_lines: bool
    title: str = ""


@dataclass(frozen=True)
class Area:
    """A filled rectangle: a bar, a square, a band, a frame."""

    x0: float
    x1: float
    y0: float
    y1: float
    fill: str = TRANSPARENT
    edge: str = TRANSPARENT
    edge_width: float = 0.0


@dataclass(frozen=True)
class Stroke:
    """A line through points, or a filled shape around them."""

    points: tuple[Point, ...]
    color: str
    width: float = 1.0
    # solid, dash or dot
    dash: str = "solid"
    # the color inside; none for a line
    fill: str = ""


@dataclass(frozen=True)
class Mark:
    """A point of a series, with its interval where it has one."""

    x: float
    y: float
    symbol: str
    size: float
    fill: str
    edge: str
    edge_width: float
    # both ends of its interval, and how it is drawn
    low: float | None = None
    high: float | None = None
    span_color: str = ""
    span_width: float = 2.0


@dataclass(frozen=True)
class Label:
    """Words at a place: anchored left, center or right, and top, middle or bottom; moved by pixels to the right and up."""

    x: float
    y: float
    text: Text
    color: str
    size: float = FONT_SIZE
    x_anchor: str = "center"
    y_anchor: str = "middle"
    x_shift: float = 0.0
    y_shift: float = 0.0
    is_upright: bool = False
    ground: str = TRANSPARENT


@dataclass(frozen=True)
class Drawing:
    """A chart as data, in the order in which it is drawn."""

    # height of the whole in pixels
    height: float
    x: Axis
    y: Axis
    # whether the horizontal axis stands over the field
    is_x_on_top: bool
    # behind the lines of the axes
    bands: tuple[Area, ...]
    areas: tuple[Area, ...]
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]

    @property
    def is_cut(self) -> bool:
        """Whether an interval runs out of the field, where it is cut."""
        ends = [end for mark in self.marks for end in (mark.low, mark.high) if end is not None]
        return any(not -0.001 <= end <= 1.001 for end in ends)

    def lowered(self, highest: float) -> "Drawing":
        """The drawing in at most so many pixels of height, or in the fewest in which no words cover others."""
        least = max(
            (_height_apart(*two) for two in itertools.combinations(self.labels, 2)), default=0.0
        )
        return replace(self, height=min(self.height, max(highest, least)))


def drawing_of(figure: Figure) -> Drawing:
    """The figure as plain data.

    Raises ValueError at a trace, an axis or a place that no figure of this project has, so that none is left out.
    """
    spec = figure.to_plotly_json()
    traces, layout = list(spec["data"]), dict(spec["layout"])
    x, y = (_Scale(letter, traces, layout) for letter in "xy")
    reader = _Reader(x, y, layout)
    for trace in traces:
        reader.read(trace)
    bands, frames, rules = reader.shapes()
    margin = layout.get("margin", {})
    return Drawing(
        height=float(layout.get("height", 380)) - float(margin.get("t", 0)),
        x=x.axis(),
        y=y.axis(),
        is_x_on_top=x.settings.get("side") == "top",
        bands=tuple(bands),
        areas=(*reader.areas, *frames),
        strokes=(*reader.strokes, *rules),
        marks=tuple(reader.marks),
        labels=(*reader.labels, *reader.annotations()),
    )


def _height_apart(one: Label, other: Label) -> float:
    """Pixels of height from which two words one over the other stand apart; zero where they stand side by side."""
    upper, lower = (one, other) if one.y > other.y else (other, one)
    rise = upper.y - lower.y
    if rise < A_HAIR or not _share_room(one, other):
        return 0.0
    needed = _bottom(upper) + _top(lower) - upper.y_shift + lower.y_shift
    return max(0.0, needed) / rise


def _top(label: Label) -> float:
    lines = len(label.text) * label.size * LINE
    return {"bottom": lines, "middle": lines / 2, "top": 0.0}[label.y_anchor]


def _bottom(label: Label) -> float:
    return len(label.text) * label.size * LINE - _top(label)


def _share_room(one: Label, other: Label) -> bool:
    """Whether two labels reach over the same part of the width, on a sheet of paper."""
    (low, high), (other_low, other_high) = _reach(one), _reach(other)
    return low < other_high and other_low < high


def _reach(label: Label) -> tuple[float, float]:
    letters = max((sum(len(words) for _, words in line) for line in label.text), default=0)
    width = letters * label.size * WIDTH_OF_A_LETTER
    left = {"left": 0.0, "center": width / 2, "right": width}[label.x_anchor]
    start = label.x * WIDTH_OF_PAPER + label.x_shift - left
    return start, start + width


def text_of(markup: object) -> Text:
    """The lines of a figure's text, each in pieces that are bold or not."""
    lines = re.split(r"<br\s*/?>", str(markup))
    return tuple(_pieces(line) for line in lines)


def _pieces(line: str) -> Line:
    parts = re.split(r"(</?b>)", line)
    is_bold, found = False, []
    for part in parts:
        if part in ("<b>", "</b>"):
            is_bold = part == "<b>"
        elif part:
            found.append((is_bold, unescape(part)))
    return tuple(found)


class _Scale:
    """One axis: where a value of the figure stands on it, from 0 to 1."""

    def __init__(self, letter: str, traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self.letter = letter
        self.settings: dict[str, Any] = layout.get(f"{letter}axis", {})
        values = [value for trace in traces for value in _values(trace.get(letter))]
        self.names = self._names(values)
        self.low, self.high = self._ends(values)

    def _names(self, values: list[Any]) -> list[str]:
        """The categories in order; none where the axis has numbers or dates."""
        is_named = self.settings.get("type") == "category" or any(
            isinstance(value, str) for value in values
        )
        given = [str(name) for name in _values(self.settings.get("categoryarray"))]
        return list(dict.fromkeys([*given, *map(str, values)])) if is_named else []

    def _ends(self, values: list[Any]) -> tuple[float, float]:
        given = self.settings.get("range")
        if given is not None:
            low, high = (self.number(end) for end in given)
        elif self.names:
            low, high = -0.5, len(self.names) - 0.5
        else:
            numbers = [self.number(value) for value in values if not pandas.isna(value)] or [0.0]
            low, high = min(numbers), max(numbers)
            spare = 0.05 * (high - low) or 0.5
            low = 0.0 if self.settings.get("rangemode") == "tozero" else low - spare
            high += spare
        is_turned = given is None and self.settings.get("autorange") == "reversed"
        return (high, low) if is_turned else (low, high)

    def number(self, value: Any) -> float:
        """A value of the figure as a number on this axis."""
        if self.names and isinstance(value, str):
            return float(self.names.index(value))
        if isinstance(value, date) or hasattr(value, "isoformat") or isinstance(value, str):
            return float(pandas.Timestamp(value).timestamp() / 86_400)
        if hasattr(value, "dtype") and value.dtype.kind == "M":
            return float(pandas.Timestamp(value).timestamp() / 86_400)
        return float(value)

    def place(self, value: Any) -> float:
        """Where a value stands."""
        return (self.number(value) - self.low) / (self.high - self.low)

    def axis(self) -> Axis:
        """Its ticks that stand in the field."""
        settings = self.settings
        if settings.get("visible") is False:
            return Axis((), has_lines=False)
        places = settings.get("tickvals")
        if places is None and not self.names:
            raise ValueError(
                f"Expected the ticks of the {self.letter} axis to be set, found [none]; set them with set_ticks."
            )
        values = self.names if places is None else _values(places)
        texts = values if settings.get("ticktext") is None else _values(settings["ticktext"])
        ticks = [
            Tick(self.place(value), text_of(str(text).strip()))
            for value, text in zip(values, texts, strict=True)
        ]
        return Axis(
            tuple(tick for tick in ticks if -0.001 <= tick.place <= 1.001),
            has_lines=settings.get("showgrid") is not False,
            title=str(settings.get("title", {}).get("text", "")),
        )


class _Reader:
    """Reads the traces, shapes and words of one figure."""

    def __init__(self, x: _Scale, y: _Scale, layout: dict[str, Any]) -> None:
        self._x, self._y, self._layout = x, y, layout
        self._ink = str(layout.get("font", {}).get("color", "#000000"))
        self.areas: list[Area] = []
        self.strokes: list[Stroke] = []
        self.marks: list[Mark] = []
        self.labels: list[Label] = []
        self._before: list[Point] = []

    def read(self, trace: dict[str, Any]) -> None:
        """Read one trace."""
        kind = trace["type"]
        if kind == "scatter":
            self._read_scatter(trace)
        elif kind == "bar" and trace.get("orientation") == "h":
            self._read_bars(trace)
        elif kind == "heatmap":
            self._read_squares(trace)
        else:
            raise ValueError(
                f"Expected a scatter, horizontal bars or a heat map, found [{kind}]; teach drawing.py to read it."
            )

    def _read_scatter(self, trace: dict[str, Any]) -> None:
        xs, ys = _values(trace["x"]), _values(trace["y"])
        mode = trace.get("mode", "lines")
        if "lines" in mode:
            self._read_lines(trace, xs, ys)
        for row, (x, y) in enumerate(zip(xs, ys, strict=True)):
            if pandas.isna(x) or pandas.isna(y):
                continue
            if "markers" in mode:
                self.marks.append(self._mark(trace, row, x, y))
            if "text" in mode:
                is_over = str(trace.get("textposition", "")).startswith("top")
                font = trace.get("textfont", {})
                self.labels.append(
                    Label(
                        self._x.place(x),
                        self._y.place(y),
                        text_of(_at(trace["text"], row)),
                        _at(font.get("color"), row) or self._ink,
                        float(font.get("size", FONT_SIZE)),
                        y_anchor="bottom" if is_over else "top",
                        y_shift=8 if is_over else -8,
                    )
                )

    def _read_lines(self, trace: dict[str, Any], xs: list[Any], ys: list[Any]) -> None:
        line = trace.get("line", {})
        color, width = line.get("color", self._ink), float(line.get("width", 2))
        runs = _runs([(x, y) for x, y in zip(xs, ys, strict=True)])
        fill = trace.get("fill")
        for run in runs:
            points = _stepped(
                [(self._x.place(x), self._y.place(y)) for x, y in run], line.get("shape", "linear")
            )
            around = [*points, *reversed(self._before)] if fill == "tonexty" else points
            if fill:
                self.strokes.append(Stroke(tuple(around), color, 0.0, fill=trace["fillcolor"]))
            if width:
                self.strokes.append(Stroke(tuple(points), color, width, line.get("dash", "solid")))
            self._before = points

    def _mark(self, trace: dict[str, Any], row: int, x: Any, y: Any) -> Mark:
        marker = trace.get("marker", {})
        symbol = str(_at(marker.get("symbol"), row) or "circle")
        color = str(_at(marker.get("color"), row) or self._ink)
        edge = marker.get("line", {})
        is_open = symbol.endswith("-open")
        span = trace.get("error_x") or {}
        above, below = _at(span.get("array"), row), _at(span.get("arrayminus"), row)
        number = self._x.number(x)
        return Mark(
            self._x.place(x),
            self._y.place(y),
            symbol.removesuffix("-open"),
            float(_at(marker.get("size"), row) or 6),
            TRANSPARENT if is_open else color,
            str(_at(edge.get("color"), row) or color),
            float(_at(edge.get("width"), row) or (2 if is_open else 0)),
            None if below is None else self._x.place(number - float(below)),
            None if above is None else self._x.place(number + float(above)),
            str(span.get("color", color)),
            float(span.get("thickness", 2)),
        )

    def _read_bars(self, trace: dict[str, Any]) -> None:
        width = float(trace.get("width") or BAR_WIDTH)
        for row, (x, y) in enumerate(zip(_values(trace["x"]), _values(trace["y"]), strict=True)):
            middle = self._y.number(y)
            ends = sorted(self._y.place(middle + side * width / 2) for side in (-1, 1))
            end = self._x.place(x)
            color = str(_at(trace["marker"]["color"], row))
            self.areas.append(Area(self._x.place(0), end, ends[0], ends[1], color))
            self.labels.append(
                Label(
                    end, sum(ends) / 2, text_of(_at(trace.get("text"), row) or ""), self._ink,
                    x_anchor="left", x_shift=3,
                )
            )  # fmt: skip

    def _read_squares(self, trace: dict[str, Any]) -> None:
        rows = [list(row) for row in trace["z"]]
        scale = _color_scale(trace["colorscale"])
        low, high = float(trace["zmin"]), float(trace["zmax"])
        font = trace.get("textfont", {})
        has_text = "texttemplate" in trace
        for down, row in enumerate(rows):
            for across, height in enumerate(row):
                if height is None or pandas.isna(height):
                    continue
                x, y = str(_values(trace["x"])[across]), str(_values(trace["y"])[down])
                (left, right), (low_side, high_side) = (
                    _sides(self._x, x, 0.03),
                    _sides(self._y, y, 0.05),
                )
                share = (float(height) - low) / (high - low) if high > low else 0.0
                self.areas.append(Area(left, right, low_side, high_side, _color_at(scale, share)))
                if has_text:
                    self.labels.append(
                        Label(
                            self._x.place(x), self._y.place(y), text_of(trace["text"][down][across]),
                            font.get("color", self._ink), float(font.get("size", FONT_SIZE)),
                        )
                    )  # fmt: skip

    def shapes(self) -> tuple[list[Area], list[Area], list[Stroke]]:
        """The bands behind everything, the frames over it, and straight lines."""
        bands: list[Area] = []
        frames: list[Area] = []
        rules: list[Stroke] = []
        for shape in self._layout.get("shapes", ()):
            x0, x1 = (self._across(shape[end], shape.get("xref", "x")) for end in ("x0", "x1"))
            y0, y1 = (self._up(shape[end], shape.get("yref", "y")) for end in ("y0", "y1"))
            line = shape.get("line", {})
            color, width = line.get("color", self._ink), float(line.get("width", 2))
            if shape["type"] == "line":
                ends = ((x0, y0), (x1, y1))
                rules.append(Stroke(ends, color, width, line.get("dash", "solid")))
                continue
            (left, right), (bottom, top) = sorted((x0, x1)), sorted((y0, y1))
            fill = _faded(shape.get("fillcolor") or TRANSPARENT, float(shape.get("opacity", 1)))
            area = Area(left, right, bottom, top, fill, color if width else TRANSPARENT, width)
            (bands if shape.get("layer") == "below" else frames).append(area)
        return bands, frames, rules

    def annotations(self) -> list[Label]:
        """The words that a figure has beside its traces."""
        found = []
        for note in self._layout.get("annotations", ()):
            font = note.get("font", {})
            x, y = note["x"], note["y"]
            found.append(
                Label(
                    self._across(x, note.get("xref", "x")),
                    self._up(y, note.get("yref", "y")),
                    text_of(note["text"]),
                    font.get("color", self._ink),
                    float(font.get("size", FONT_SIZE)),
                    note.get("xanchor", "center"),
                    note.get("yanchor", "middle"),
                    float(note.get("xshift", 0)),
                    float(note.get("yshift", 0)),
                    note.get("textangle") == -90,
                    note.get("bgcolor", TRANSPARENT),
                )
            )
        return found

    def _across(self, value: Any, reference: str) -> float:
        return float(value) if reference in ("paper", "x domain") else self._x.place(value)

    def _up(self, value: Any, reference: str) -> float:
        return float(value) if reference in ("paper", "y domain") else self._y.place(value)


def _values(column: Any) -> list[Any]:
    """A trace's column as a list, also where Plotly has packed it; empty where it has none."""
    if isinstance(column, dict):
        packed = numpy.frombuffer(b64decode(column["bdata"]), column["dtype"])
        return list(packed.tolist())
    return [] if column is None else list(column)


def _at(value: Any, row: int) -> Any:
    """A row's own setting, or the one that all have."""
    if value is None or isinstance(value, str | int | float):
        return value
    return _values(value)[row]


def _runs(points: Iterable[tuple[Any, Any]]) -> list[list[tuple[Any, Any]]]:
    """The unbroken runs of points that have a value."""
    runs: list[list[tuple[Any, Any]]] = [[]]
    for x, y in points:
        if pandas.isna(x) or pandas.isna(y):
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _stepped(points: list[Point], shape: str) -> list[Point]:
    """The points of a line with those that its steps add."""
    if shape not in STEPS:
        return points
    found = points[:1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        corner = x1 if shape == "hv" else (x0 + x1) / 2
        found += [(corner, y0), (corner, y1), (x1, y1)]
    return found


def _sides(scale: _Scale, name: str, gap: float) -> list[float]:
    """Both sides of a square of a named row or column."""
    middle = scale.number(name)
    return sorted(scale.place(middle + side * (0.5 - gap)) for side in (-1, 1))


def _color_scale(scale: Sequence[Any]) -> list[tuple[float, str]]:
    """Places from 0 to 1 with their colors."""
    if isinstance(scale[0], str):
        last = len(scale) - 1
        return [(place / last, color) for place, color in enumerate(scale)]
    return [(float(place), str(color)) for place, color in scale]


def _color_at(scale: list[tuple[float, str]], share: float) -> str:
    """The color at a share of the scale, between its neighbors."""
    before = [each for each in scale if each[0] <= share + 1e-9] or scale[:1]
    after = [each for each in scale if each[0] >= share - 1e-9] or scale[-1:]
    (low, first), (high, last) = before[-1], after[0]
    if first == last or high <= low:
        return first
    part = (share - low) / (high - low)
    if not (first.startswith("#") and last.startswith("#")):
        return first
    mixed = (
        round(int(first[at : at + 2], 16) * (1 - part) + int(last[at : at + 2], 16) * part)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{each:02X}" for each in mixed)


def _faded(color: str, opacity: float) -> str:
    """The color with so much of its own opacity."""
    found = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", color)
    if opacity >= 1 or not found:
        return color
    red, green, blue, own = found.groups()
    return f"rgba({red},{green},{blue},{float(own) * opacity})"
