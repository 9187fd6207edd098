"""Typst as packets use it: files in memory, the pages' own font first, and no warning passed over."""

import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from outcomes.packet.problem import PacketProblem
from outcomes.presentation.charts.picture import HERE as CHARTS

FONT_FOLDER = CHARTS / "font"
STANDARDS = ["a-2a", "ua-1"]
# How Typst says that no font has a letter.
NO_LETTER = re.compile(r"the text `\"(.*)\"` could not be displayed")
# What it was given as files by name has no place in its types yet.
_compile: Any = typst.compile_with_warnings


def pdf_from(files: dict[str, bytes], made_at: datetime) -> bytes:
    """The document main.typ of these files as PDF/A-2a and PDF/UA-1; the same files and time give the same bytes.

    Raises PacketProblem for a letter that no font here has, such as one of Chinese; ValueError where Typst warns, and
    TypstError where it refuses: then a part is not as it was meant.
    """
    moment = made_at.replace(microsecond=0, tzinfo=UTC)
    try:
        made = _compile(
            files, format="pdf", font_paths=_fonts(), pdf_standards=STANDARDS, timestamp=moment
        )
    except typst.TypstError as error:
        found = NO_LETTER.search(str(error))
        if not found:
            raise
        raise PacketProblem(
            f"Expected letters that the document's font has (Latin, Greek, Cyrillic), found [{found[1]}]; write the name "
            "in one of them."
        ) from None
    return _whole(made)


def png_from(files: dict[str, bytes], pixels_an_inch: float) -> bytes:
    """The one page main.typ of these files as PNG; raises ValueError and TypstError as pdf_from does."""
    return _whole(_compile(files, format="png", ppi=pixels_an_inch, font_paths=_fonts()))


@cache
def _fonts() -> typst.Fonts:
    """The pages' own font; signs that it lacks, such as a hollow square, come from those that Typst brings along."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONT_FOLDER]
    )


def as_numbers(data: bytes) -> bytes:
    """Bytes as a list of numbers, which a template turns back: files are texts."""
    return json.dumps(list(data)).encode()


def _whole(made: tuple[bytes, list[Any]]) -> bytes:
    drawn, warnings = made
    if warnings:
        raise ValueError(
            f"Expected a document without warnings, found [{warnings[0]}]; mend its template."
        )
    return bytes(drawn)
