"""Sheets of a workbook as text, read in a process of their own that may take no more than a share of the memory.

A workbook of two kilobytes can ask its reader for more memory than any machine has, and the reader then ends its
process without a word. Here that process is another one, and the caller says in a sentence what happened.
"""

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow

from outcomes.ingest.profile.patterns import fits_whole
from outcomes.ingest.read.open_document import CONTENT, WrittenSheets
from outcomes.store.memory import limit_memory, machine_bytes

# Merged cells of one row of a header: the row, and its first and last column, all from 0.
Span = tuple[int, int, int]
PROJECT = Path(__file__).resolve().parents[3]
# Of the machine's memory, what a workbook may take; a limit that the caller has holds too, where it is lower.
MOST_OF_MEMORY = 0.75
# A sheet with more is none of a log: most of it is empty.
MOST_CELLS = 100_000_000
TOO_MUCH_MEMORY = "one that asks for more memory than reading it may take"
ROWS_AT_ONCE, BYTES_AT_ONCE = 5_000, 1 << 20
# A header stands no further down, nor do the merged cells of one.
MOST_HEADER_ROWS = 1_000
# A row like a record has so many cells and a date or time; one alone may be the line that says when the sheet was printed.
LEAST_CELLS_OF_RECORD = 3
MOMENT = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}:\d\d")
# How an OpenDocument workbook writes a length of a day or more.
LENGTH = re.compile(r"PT(\d{1,6})H(\d{2})M(\d{2})(?:[.,]\d+)?S")
# A spreadsheet counts a time in parts of a day, so that 09:14:00 may be read a hair before; without this its
# minute would be another.
CLOCK_ERROR = timedelta(milliseconds=5)
ANY_DAY = date(2000, 1, 1)


# A sheet's own text beyond this is not looked through for marks.
MOST_MARKED_BYTES = 300_000_000
MOST_COLUMNS_OF_SHEET = 16_384
HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
HIDDEN_COLUMNS = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
ERROR_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"[^>]*\bt="e"')


class NoWorkbook(Exception):
    """A file that cannot be opened as a workbook, or whose sheet cannot be read; says why."""


@dataclass(frozen=True)
class Marks:
    """What of a sheet its values do not tell; nothing of old workbooks, and of .ods only hidden rows and errors."""

    hidden_rows: int = 0
    hidden_columns: int = 0
    # cells with an error such as #REF!, by the place of their column from 0
    errors: dict[int, int] = field(default_factory=dict)
    # merged cells of one row near the top: the row, and the first and last column, from 0
    spans: tuple[Span, ...] = ()
    # merged cells of several rows: the first and last row, and the column, from 0
    merged_down: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Sheets:
    """What a workbook holds."""

    # all its sheets in their order
    names: list[str]
    # the sheets that were asked for, columns in order and empty cells null
    tables: dict[str, pyarrow.Table]
    # what else there is to know of these
    marks: dict[str, Marks]
    # the other sheets, where they hold rows like records
    left: list[str]


def read_sheets(
    path: Path, folder: Path, wanted: str | None = None, pattern: str | None = None
) -> Sheets:
    """The workbook's sheets as text, or the wanted one alone, or those whose whole names a pattern fits; put down in the folder, which must outlive them.

    Raises NoWorkbook where it is none, or asks for more memory than it may take.
    """
    words = [str(path.absolute()), str(folder.absolute()), wanted or "", pattern or ""]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "outcomes.ingest.read.sheets", *words],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise NoWorkbook(TOO_MUCH_MEMORY)
    said = json.loads(done.stdout)
    if said["problem"]:
        raise NoWorkbook(said["problem"])
    return Sheets(
        said["names"],
        {name: _table(folder / str(place)) for place, name in enumerate(said["read"])},
        {name: _marks(said["marks"][name]) for name in said["read"]},
        said["left"],
    )


def _table(path: Path) -> pyarrow.Table:
    with pyarrow.OSFile(str(path)) as source:
        return pyarrow.ipc.open_file(source).read_all()


def main() -> None:
    """Read the workbook that the command names, as read_sheets asks for it."""
    path, folder, wanted, pattern = sys.argv[1:]
    memory = machine_bytes()
    if memory is not None:
        limit_memory(int(MOST_OF_MEMORY * memory))
    said: dict[str, object] = {"problem": "", "names": [], "read": [], "marks": {}, "left": []}
    try:
        said |= _read(Path(path), Path(folder), wanted, pattern)
    except MemoryError:
        said["problem"] = TOO_MUCH_MEMORY
    except OSError as error:
        # A full disk is no fault of the workbook: to be seen as a broken step.
        raise SystemExit(3) from error
    except BaseException as error:
        # A reader that panics raises no Exception.
        said["problem"] = " ".join(str(error).split())[:300] or type(error).__name__
    sys.stdout.buffer.write(json.dumps(said).encode())


def _read(path: Path, folder: Path, wanted: str, pattern: str) -> dict[str, object]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as stream:
            workbook = CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        raise NoWorkbook("a file that is none") from error
    marks = _marked(path)
    read = [
        name
        for name in workbook.sheet_names
        if (not wanted or name == wanted) and (not pattern or fits_whole(pattern, name))
    ]
    for place, name in enumerate(read):
        sheet = workbook.get_sheet_by_name(name)
        # The reader leaves out the empty columns on the left, and not the empty rows above.
        left = sheet.start[1] if sheet.start else 0
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        if height * width > MOST_CELLS:
            raise NoWorkbook(f"a sheet that ends in row {height:,} and column {width:,}")
        _write(sheet.iter_rows(), left, width, folder / str(place))
        marks.setdefault(name, {}).update(_merged(sheet))
    others = [name for name in workbook.sheet_names if name not in read]
    return {
        "names": workbook.sheet_names,
        "read": read,
        "marks": {name: marks[name] for name in read},
        "left": [name for name in others if _has_records(workbook.get_sheet_by_name(name))],
    }


def _has_records(sheet: Any) -> bool:
    """Whether a row has a date or time beside other cells, as calls have; notes, lists of codes and sums have none."""
    for row in sheet.iter_rows():
        filled = [cell for cell in row if cell not in (None, "")]
        if len(filled) >= LEAST_CELLS_OF_RECORD and any(
            isinstance(cell, date | time) or MOMENT.match(str(cell)) for cell in filled
        ):
            return True
    return False


def _marks(said: dict[str, Any]) -> Marks:
    return Marks(
        said.get("hidden_rows", 0),
        said.get("hidden_columns", 0),
        {int(place): count for place, count in said.get("errors", {}).items()},
        tuple(map(tuple, said["spans"])),
        tuple(map(tuple, said["merged_down"])),
    )


def _merged(sheet: Any) -> dict[str, object]:
    """The merged cells that a header may have, and those over several rows of one column."""
    ranges = sheet.merged_cell_ranges or []
    return {
        "spans": [
            (top, left, right)
            for (top, left), (bottom, right) in ranges
            if top == bottom and top < MOST_HEADER_ROWS
        ],
        "merged_down": [
            (top, bottom, left)
            for (top, left), (bottom, right) in ranges
            if bottom > top and left == right
        ],
    }


def _marked(path: Path) -> dict[str, dict[str, object]]:
    """Hidden rows, hidden columns and errors by column of each sheet; none where the workbook is an old one or has its own ways."""
    marks: dict[str, dict[str, object]] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            if CONTENT in archive.namelist():
                return _marked_open_document(archive)
            for name, part in _sheet_parts(archive).items():
                if archive.getinfo(part).file_size > MOST_MARKED_BYTES:
                    continue
                text = archive.read(part)
                errors: dict[int, int] = {}
                for letters in ERROR_CELL.findall(text) if b't="e"' in text else ():
                    place = _column_place(letters.decode())
                    errors[place] = errors.get(place, 0) + 1
                hidden = text if b"hidden=" in text else b""
                rows = len(HIDDEN_ROW.findall(hidden))
                columns = sum(int(last) - int(first) + 1 for first, last in _hidden_columns(hidden))
                if rows or columns or errors:
                    marks[name] = {"hidden_rows": rows, "hidden_columns": columns, "errors": errors}
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, zlib.error):
        # What a workbook lacks of this says nothing of its rows: the reader of these refuses it where it is broken.
        return {}
    return marks


def _marked_open_document(archive: zipfile.ZipFile) -> dict[str, dict[str, object]]:
    written = WrittenSheets()
    with archive.open(CONTENT) as packed:
        while chunk := packed.read(BYTES_AT_ONCE):
            written.read(chunk)
    written.read(b"<")
    return {
        unescape(sheet.name.decode("utf-8", "replace")): {
            "hidden_rows": sheet.hidden_rows,
            "errors": sheet.errors,
        }
        for sheet in written.sheets
    }


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet stands in the workbook, by its name."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        _attribute(link, "Id"): _attribute(link, "Target")
        for link in re.findall("<Relationship [^>]*>", links)
    }
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    found = {}
    for sheet in re.findall("<sheet [^>]*>", book):
        target = targets.get(_attribute(sheet, "r:id"), "")
        found[unescape(_attribute(sheet, "name"))] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return found


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found[1] if found else ""


def _hidden_columns(text: bytes) -> list[tuple[str, str]]:
    tags = [tag.decode() for tag in HIDDEN_COLUMNS.findall(text)]
    # A sheet that hides all columns after its last names them up to the end.
    spans = [(_attribute(tag, "min"), _attribute(tag, "max")) for tag in tags]
    return [(first, last) for first, last in spans if int(last) < MOST_COLUMNS_OF_SHEET]


def _column_place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _write(rows: Iterator[Sequence[object]], left: int, width: int, path: Path) -> None:
    schema = pyarrow.schema([(str(place), pyarrow.string()) for place in range(width)])
    with pyarrow.OSFile(str(path), "wb") as out, pyarrow.ipc.new_file(out, schema) as writer:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            columns = [pyarrow.nulls(len(some), pyarrow.string())] * left
            columns += [
                pyarrow.array([_cell_text(row[place]) for row in some], pyarrow.string())
                for place in range(width - left)
            ]
            writer.write_batch(pyarrow.record_batch(columns, schema=schema))


def _cell_text(cell: object) -> str | None:
    """A spreadsheet cell as text: whole numbers without a point, times in ISO form, empty as null."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return (cell + CLOCK_ERROR).isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        # A workbook stores a date and midnight of that date alike.
        return f"{cell.isoformat()} 00:00:00"
    if isinstance(cell, time):
        exact = datetime.combine(ANY_DAY, cell)
        mended = exact + CLOCK_ERROR
        # The last moment of a day stays in it: the cell has no date that could go on.
        return (mended if mended.date() == ANY_DAY else exact).time().isoformat(timespec="seconds")
    if isinstance(cell, timedelta):
        # Hours go on past a day, as an elapsed time is written elsewhere.
        seconds = round(cell.total_seconds())
        sign = "-" if seconds < 0 else ""
        return f"{sign}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02d}:{abs(seconds) % 60:02d}"
    text = str(cell)
    if length := LENGTH.fullmatch(text):
        return ":".join(length.groups())
    return text


if __name__ == "__main__":
    main()
