"""The files of a figure, made from its record alone: PNG, SVG, CSV, JSON, BibTeX and CSL-JSON."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from outcomes.figures.record import FigureProblem, FigureRecord, read_record
from outcomes.presentation.citation import MADE_UP
from outcomes.store.figure_files import address_of

PRODUCT = "Responder Outcomes"
# What BibTeX reads as its own; the backslash first.
BIBTEX_MARKS = {
    "\\": r"\textbackslash{}",
    # As words, for BibTeX counts braces also behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "$&%#_"},
}
# Endings of what is drawn, of which a figure may have several.
PICTURES = ("png", "svg")
# Width of a picture on a web page, and on a phone, in points.
WIDTHS = {"wide": 960, "phone": 400}


@dataclass(frozen=True)
class FigureFile:
    """One kind of file of a figure."""

    # how its name ends
    ending: str
    # what a browser is told that it is
    mime: str
    # what it is called on the page
    name: str


FILES = {
    each.ending: each
    for each in (
        FigureFile("png", "image/png", "PNG"),
        FigureFile("svg", "image/svg+xml", "SVG"),
        FigureFile("csv", "text/csv", "CSV"),
        FigureFile("json", "application/json", "JSON, the record itself"),
        FigureFile("bib", "application/x-bibtex", "BibTeX"),
        FigureFile("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
    )
}


def endings_of(record: FigureRecord) -> list[str]:
    """Endings of the files that the figure has: no picture where nothing can be drawn, no CSV without rows."""
    lacks = {*(() if record.pictures else PICTURES), *(() if record.csv else ("csv",))}
    return [ending for ending in FILES if ending not in lacks]


def file_of(content: bytes, ending: str, root: str = "", place: int = 0, bare: str = "") -> bytes:
    """The file of a figure that was kept with that content; the place is that of one of several pictures.

    The root is the address of the pages, for the permanent address. A bare picture is for a page that says title and
    source itself, wide or for a phone. Raises FigureProblem where the figure has no such file.
    """
    record = read_record(content)
    address = address_of(content)
    count = len(record.pictures) if ending in PICTURES else 1
    if ending not in endings_of(record) or place >= count:
        raise FigureProblem(
            f"Expected a file of this figure, found [{ending[:20]}]; choose from {', '.join(endings_of(record))}."
        )
    make: dict[str, Callable[[], bytes]] = {
        "png": partial(_picture, record, "png", place, bare),
        "svg": partial(_picture, record, "svg", place, bare),
        "csv": lambda: _csv(record, address),
        "json": lambda: content,
        "bib": lambda: _bibtex(record, address, root).encode(),
        "csl.json": lambda: _csl_json(record, address, root).encode(),
    }
    return make[ending]()


def _picture(record: FigureRecord, ending: str, place: int, bare: str) -> bytes:
    # Takes a while to load, and is wanted by few readers.
    from outcomes.presentation.charts.picture import png_of, svg_of

    picture: dict[str, Any] = dict(record.pictures[place])
    if bare:
        picture |= {"is_bare": True, "width": WIDTHS[bare]}
    return png_of(picture) if ending == "png" else svg_of(picture)


def write_files(content: bytes, folder: Path, root: str = "") -> list[Path]:
    """Paths of all files of a figure, each written whole under its name, none where one cannot be made.

    Raises FigureProblem where the folder cannot be written.
    """
    record, address = read_record(content), address_of(content)
    made = {
        record.file_name(address, ending, place): file_of(content, ending, root, place)
        for ending in endings_of(record)
        for place in range(max(1, len(record.pictures)) if ending in PICTURES else 1)
    }
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, told in made.items():
            new = folder / f".{name}.new"
            try:
                new.write_bytes(told)
                new.replace(folder / name)
            finally:
                new.unlink(missing_ok=True)
            written.append(folder / name)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise FigureProblem(
            f"Expected a folder that can be written, found [{error.strerror or error}] at [{folder}]; no file was "
            "kept: free some disk or choose another folder."
        ) from None
    return written


def permanent_address(address: str, root: str) -> str:
    """Where the figure is found, for ever; without the address of the pages, the part that does not change."""
    return f"{root.rstrip('/')}/figure/{address}"


def citation_text(record: FigureRecord, address: str, root: str) -> str:
    """The figure as a sentence with all that a reader needs to check it, and its permanent address."""
    said = record.quote or " ".join(
        part for part in (record.mark, record.title.rstrip(".") + ".", record.source) if part
    )
    return f"{said} {permanent_address(address, root)}"


def _csv(record: FigureRecord, address: str) -> bytes:
    """The rows with the figure's address in each, so that they are not parted from it."""
    header, *rows = list(csv.reader(io.StringIO(record.csv)))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    # Its cells are safe in a spreadsheet already.
    writer.writerow([*header, "figure", *(["note"] if record.mark else [])])
    for row in rows:
        writer.writerow([*row, address, *([record.mark] if record.mark else [])])
    return stream.getvalue().encode()


def _owners(record: FigureRecord) -> list[str]:
    """Whose data it is: the agencies of the logs, else whose figures it shows."""
    owners = [str(log["data_owner"]) for log in record.logs]
    return list(dict.fromkeys(owner for owner in owners if owner)) or [record.who]


def _cited_title(record: FigureRecord) -> str:
    made_up = f"{MADE_UP} " if record.mark else ""
    return f"{made_up}{record.title.rstrip('.')}: {record.who}, {record.period}"


def _note(record: FigureRecord, address: str) -> str:
    said = (record.mark, record.sentence, record.source)
    return " ".join([*(part for part in said if part), f"Figure record {address}."])


def _bibtex(record: FigureRecord, address: str, root: str) -> str:
    entries = {
        "title": _cited_title(record),
        "author": " and ".join(f"{{{_bibtex_text(owner)}}}" for owner in _owners(record)),
        "year": record.as_of[:4],
        "publisher": PRODUCT,
        "version": record.version,
        "url": permanent_address(address, root),
        "note": _note(record, address),
    }
    as_they_are = ("author", "url")
    lines = [
        f"  {name} = {{{value if name in as_they_are else _bibtex_text(value)}}}"
        for name, value in entries.items()
        if value
    ]
    return f"@misc{{figure-{address},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_text(text: str) -> str:
    return "".join(BIBTEX_MARKS.get(mark, mark) for mark in " ".join(text.split()))


def _csl_json(record: FigureRecord, address: str, root: str) -> str:
    date = [int(part) for part in record.as_of.split("-") if part]
    item: dict[str, object] = {
        "id": f"figure-{address}",
        "type": "figure",
        "title": _cited_title(record),
        "author": [{"literal": owner} for owner in _owners(record)],
        **({"issued": {"date-parts": [date]}} if date else {}),
        "publisher": PRODUCT,
        "version": record.version,
        "URL": permanent_address(address, root),
        "note": _note(record, address),
    }
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"
