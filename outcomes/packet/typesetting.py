"""Typst as packets use it: files in memory, the pages' own font first, and no warning passed over.

It is loaded when something is set, and not by the pages that offer it.
"""

import json
import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from outcomes.packet.problem import PacketProblem
from outcomes.presentation.charts.picture import HERE as CHARTS

if TYPE_CHECKING:
    import typst

FONT_FOLDER = CHARTS / "font"
STANDARDS = ["a-2a", "ua-1"]
# How Typst says that no font has a letter.
NO_LETTER = re.compile(r"the text `\"(.*)\"` could not be displayed")


def pdf_from(files: dict[str, bytes], made_at: datetime) -> bytes:
    """The document main.typ of these files as PDF/A-2a and PDF/UA-1; the same files and time give the same bytes.

    Raises PacketProblem for a letter that no font here has, such as one of Chinese; ValueError where Typst warns, and
    TypstError where it refuses: then a part is not as it was meant.
    """
    import typst

    moment = made_at.replace(microsecond=0, tzinfo=UTC)
    try:
        return _compiled(files, format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    except typst.TypstError as error:
        found = NO_LETTER.search(str(error))
        if not found:
            raise
        raise PacketProblem(
            f"Expected letters that the document's font has (Latin, Greek, Cyrillic), found [{found[1]}]; write the name "
            "in one of them."
        ) from None


def png_from(files: dict[str, bytes], pixels_an_inch: float) -> bytes:
    """The one page main.typ of these files as PNG; raises ValueError where Typst warns or refuses."""
    import typst

    try:
        return _compiled(files, format="png", ppi=pixels_an_inch)
    except typst.TypstError as error:
        raise ValueError(f"Expected a page that can be drawn, found [{error}].") from None


@cache
def _fonts() -> "typst.Fonts":
    """The pages' own font; signs that it lacks, such as a hollow square, come from those that Typst brings along."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONT_FOLDER]
    )


def as_numbers(data: bytes) -> bytes:
    """Bytes as a list of numbers, which a template turns back: files are texts."""
    return json.dumps(list(data)).encode()


def _compiled(files: dict[str, bytes], **how: Any) -> bytes:
    import typst

    # What it is given as files by name has no place in its types yet.
    compile_files: Any = typst.compile_with_warnings
    drawn, warnings = compile_files(files, font_paths=_fonts(), **how)
    if warnings:
        raise ValueError(
            f"Expected a document without warnings, found [{warnings[0]}]; mend its template."
        )
    return bytes(drawn)
