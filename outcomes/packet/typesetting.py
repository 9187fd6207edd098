"""Typst as packets use it: files in memory, the pages' own font and no other, and no warning passed over."""

import json
from datetime import UTC, datetime
from typing import Any

import typst

from outcomes.presentation.charts.picture import page_fonts

STANDARDS = ["a-2a", "ua-1"]
# What it was given as files by name has no place in its types yet.
_compile: Any = typst.compile_with_warnings


def pdf_from(files: dict[str, bytes], made_at: datetime) -> bytes:
    """The document main.typ of these files as PDF/A-2a and PDF/UA-1; the same files and time give the same bytes.

    Raises ValueError where Typst warns, and TypstError where it refuses: then a font or a part is not as it was meant.
    """
    moment = made_at.replace(microsecond=0, tzinfo=UTC)
    return _whole(
        _compile(
            files,
            format="pdf",
            font_paths=page_fonts(),
            pdf_standards=STANDARDS,
            timestamp=moment,
        )
    )


def png_from(files: dict[str, bytes], pixels_an_inch: float) -> bytes:
    """The one page main.typ of these files as PNG; raises as pdf_from does."""
    return _whole(_compile(files, format="png", ppi=pixels_an_inch, font_paths=page_fonts()))


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
