"""Names of points beside them, on the side where none covers another name or a point, on a phone and on a wide screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from plotly.graph_objects import Figure

# Widths of the field that points are drawn in, in pixels: on a phone, and on a wide screen.
WIDTHS = (290, 560, 900)
# Pixels: size of the letters, width of one on average, height of a line, and half of a point with its free space.
FONT_SIZE = 12
LETTER_WIDTH, LINE_HEIGHT, HALF_POINT = 6.0, 14, 6


@dataclass(frozen=True)
class Side:
    """Where a name stands beside its point, in Plotly's words for an annotation."""

    x_anchor: str
    y_anchor: str
    x_shift: int
    y_shift: int


# In the order in which they are tried.
SIDES = (
    Side("center", "bottom", 0, 6),
    Side("center", "top", 0, -6),
    Side("left", "middle", 9, 0),
    Side("right", "middle", -9, 0),
    Side("left", "bottom", 5, 4),
    Side("right", "bottom", -5, 4),
    Side("left", "top", 5, -4),
    Side("right", "top", -5, -4),
)
# Left, bottom, right and top, in pixels.
Box = tuple[float, float, float, float]


def sides_of_names(
    points: Sequence[tuple[float, float]], names: Sequence[str], height: float
) -> list[Side | None]:
    """A side for each name, the first in the list being placed first; None where no side is free at every width.

    Points are given as shares of the field, across and up; the height of the field is in pixels.
    """
    placed: list[list[Box]] = [[] for _ in WIDTHS]
    found: list[Side | None] = []
    for place, name in enumerate(names):
        side = next(
            (each for each in SIDES if _is_free(points, place, name, height, each, placed)), None
        )
        found.append(side)
        if side:
            for width, boxes in zip(WIDTHS, placed, strict=True):
                boxes.append(_box(points[place], name, side, width, height))
    return found


def _is_free(
    points: Sequence[tuple[float, float]],
    place: int,
    name: str,
    height: float,
    side: Side,
    placed: list[list[Box]],
) -> bool:
    for width, boxes in zip(WIDTHS, placed, strict=True):
        box = _box(points[place], name, side, width, height)
        others = [
            (
                x * width - HALF_POINT,
                y * height - HALF_POINT,
                x * width + HALF_POINT,
                y * height + HALF_POINT,
            )
            for each, (x, y) in enumerate(points)
            if each != place
        ]
        is_inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
        if not is_inside or any(_overlap(box, other) for other in (*boxes, *others)):
            return False
    return True


def _box(point: tuple[float, float], name: str, side: Side, width: float, height: float) -> Box:
    """The room of a name on one side of its point."""
    wide = len(name) * LETTER_WIDTH
    x = point[0] * width + side.x_shift
    y = point[1] * height + side.y_shift
    left = {"left": x, "center": x - wide / 2, "right": x - wide}[side.x_anchor]
    bottom = {"bottom": y, "middle": y - LINE_HEIGHT / 2, "top": y - LINE_HEIGHT}[side.y_anchor]
    return left, bottom, left + wide, bottom + LINE_HEIGHT


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def name_point(
    figure: Figure, x: float, y: float, words: str, color: str, ground: str, side: Side
) -> None:
    """Write a name beside its point, on the color of the ground."""
    figure.add_annotation(
        x=x,
        y=y,
        text=words,
        showarrow=False,
        xanchor=side.x_anchor,
        yanchor=side.y_anchor,
        xshift=side.x_shift,
        yshift=side.y_shift,
        # A line behind it does not cross it.
        bgcolor=ground,
        borderpad=0,
        font={"color": color, "size": FONT_SIZE},
    )
