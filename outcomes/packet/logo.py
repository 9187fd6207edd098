"""An agency's logo, checked before anything decodes it: a PNG or an SVG that is small and only draws."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from outcomes.packet.problem import PacketProblem
from outcomes.packet.typesetting import as_numbers, png_from

MOST_BYTES = 2_000_000
MOST_PIXELS = 16_000_000
MOST_SIDE = 8_000
MOST_ELEMENTS = 5_000
# The logo that is printed: so many points wide or high at most, drawn with so many pixels to an inch.
BOX = (240, 96)
SHARPNESS = 216.0
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
# What only draws. Everything else is refused: what runs, fetches, repeats itself or needs a font.
DRAWS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "metadata",
        "defs",
        "style",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    ]
)
SVG_SPACE = "http://www.w3.org/2000/svg"
REFUSED_STYLES = ("@", "url(", "expression", "\\")


@dataclass(frozen=True)
class Logo:
    """A logo as a clean PNG, drawn anew from what was given."""

    png: bytes
    # pixels
    width: int
    height: int


def read_logo(path: Path) -> Logo:
    """The logo in a file. Raises PacketProblem where it cannot be read, or is no small PNG or SVG that only draws."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise PacketProblem(
            f"Expected a logo that can be read, found [{path.name}: {error.strerror}]; name a PNG or SVG file."
        ) from None
    return logo_of(data, path.name)


def logo_of(data: bytes, name: str) -> Logo:
    """The logo in these bytes; name is its file's, for what is said of it. Raises PacketProblem as read_logo does."""
    if len(data) > MOST_BYTES:
        raise PacketProblem(
            f"Expected a logo of at most {MOST_BYTES:,} bytes, found [{name}, which has more]; make it smaller."
        )
    if data.startswith(PNG_BEGINS):
        ending = "png"
        _check_png(data, name)
    elif b"<svg" in data[:5_000]:
        ending = "svg"
        _check_svg(data, name)
    else:
        raise PacketProblem(
            f"Expected a PNG or SVG as logo, found [{name}]; save it as one of them."
        )
    png = _drawn(data, ending, name)
    return Logo(png, *_size(png))


def _size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _check_png(data: bytes, name: str) -> None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise PacketProblem(f"Expected a whole PNG as logo, found [{name}]; save it anew.")
    width, height = _size(data)
    is_small = 0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE and width * height <= MOST_PIXELS
    if not is_small:
        raise PacketProblem(
            f"Expected a logo of at most {MOST_PIXELS:,} pixels, found [{name}: {width:,} by {height:,}]; make it smaller."
        )


def _check_svg(data: bytes, name: str) -> None:
    """Read the SVG without opening anything that it names; entities and doctypes with them are refused at the first."""
    reader = _Reader(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = lambda *_: reader.refuse("an entity")
    parser.ProcessingInstructionHandler = lambda *_: reader.refuse("an instruction to a program")
    try:
        parser.Parse(data, True)
    except PacketProblem:
        raise
    except (expat.ExpatError, ValueError):
        reader.refuse("not whole")


class _Reader:
    """Refuses the first part of an SVG that does more than draw."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0
        self._is_in_style = False

    def refuse(self, what: str) -> None:
        """Say what does more than draw."""
        raise PacketProblem(
            f"Expected an SVG that only draws as logo, found [{self._name}: {what}]; export it with plain paths, or "
            "save it as PNG."
        )

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Look at one part and its attributes."""
        self._count += 1
        if self._count > MOST_ELEMENTS:
            self.refuse(f"more than {MOST_ELEMENTS:,} parts")
        space, _, word = tag.rpartition(" ")
        # What is of other vocabularies, such as an editor's notes, is not drawn.
        if space == SVG_SPACE and word not in DRAWS:
            self.refuse(word)
        self._is_in_style = word == "style"
        for key, value in attributes.items():
            local = key.rpartition(" ")[2].lower()
            is_elsewhere = local == "href" and not value.startswith("#")
            if is_elsewhere or "url(" in re.sub(r"url\([\"']?#", "", value.lower()):
                self.refuse("a link")
            if local.startswith("on"):
                self.refuse("a script")

    def end(self, _tag: str) -> None:
        """Leave a part."""
        self._is_in_style = False

    def text(self, words: str) -> None:
        """Look at words within a part."""
        if self._is_in_style and any(sign in words for sign in REFUSED_STYLES):
            self.refuse("a style that links or imports")


def _drawn(data: bytes, ending: str, name: str) -> bytes:
    """The logo drawn anew, so that nothing of the file but what is seen goes into a packet."""
    width, height = BOX
    page = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        f'#let drawn = image(bytes(json("logo.json")), format: "{ending}")\n'
        "#context {\n"
        "  let size = measure(drawn)\n"
        f"  scale(calc.min({width}pt / size.width, {height}pt / size.height) * 100%, reflow: true, drawn)\n"
        "}"
    )
    files = {"main.typ": page.encode(), "logo.json": as_numbers(data)}
    try:
        return png_from(files, SHARPNESS)
    except ValueError:
        raise PacketProblem(
            f"Expected a whole {ending.upper()} as logo, found [{name}, which cannot be drawn]; save it anew."
        ) from None
