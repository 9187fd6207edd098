"""What kind of file an export is: container, encoding, delimiter, sheet and header row, each with its reason."""

import codecs
import csv
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import get_args

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.archives import first_packed, refuse_workbook_bomb
from outcomes.ingest.read.headers import MOST_COLUMNS
from outcomes.ingest.read.sheets import NoWorkbook, read_sheets
from outcomes.ingest.read.temp_folders import scratch_folder
from outcomes.statistics.rounding import rounded
from outcomes.vocabulary.counted import counted

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
OLD_WORKBOOK_MAGIC = b"\xd0\xcf\x11\xe0"
# Old workbooks are read as the new ones are, under a name of their own where profiles have one.
OLD_WORKBOOK = "xls" if "xls" in get_args(FileFormat.model_fields["format"].annotation) else "xlsx"
PARQUET_MAGIC = b"PAR1"
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "^": "caret"}
SAMPLE_BYTES = 1_000_000
SAMPLE_ROWS = 200
# The header is looked for in this many rows; titles and dates of a report stand above it.
MOST_HEADER_ROWS = 20
# A row with this share of numbers and dates, or more, is no row of names.
MOST_VALUES_IN_HEADER = 0.3
# Bytes that the encoding most common in the United States after UTF-8 does not use.
NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
TEXT_CONTROLS = frozenset("\t\n\r\f")
MOST_CONTROLS = 0.005
VALUE = re.compile(
    r"[-+$(]?\d[\d\s:/.,\-+%)]*(?:[AaPp]\.?[Mm]\.?)?|\d{4}-\d{2}-\d{2}T.*|.*@.*|.*\d{4}.*|.{81,}|null|n/?a",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Container:
    """How a file is to be opened, and why."""

    # the [file] part of the profile
    file_format: FileFormat
    # reason by key of that part, in the order in which they are written
    reasons: dict[str, str]
    # what a person has to look at, such as sheets that are not read
    looks: tuple[str, ...] = ()


def find_container(path: Path) -> Container:
    """How the file is to be opened.

    Raises LoadProblem where it is no file, empty, no table, or of a kind that cannot be read.
    """
    if path.is_dir() or not path.exists():
        kind = "a folder" if path.is_dir() else "nothing"
        raise LoadProblem(f"Expected a log file, found [{kind}] at [{path}]; check the path.")
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        if not start:
            raise LoadProblem(
                f"Expected rows, found [an empty file] at [{path.name}]; export it again."
            )
        if start.startswith(ZIP_MAGIC) and _is_workbook(path):
            refuse_workbook_bomb(path)
            return _workbook(path)
        if start.startswith((ZIP_MAGIC, GZIP_MAGIC)):
            return _packed_container(path)
        if start.startswith(OLD_WORKBOOK_MAGIC):
            return _workbook(path, OLD_WORKBOOK)
        if start.startswith(PARQUET_MAGIC):
            return Container(_format(format="parquet"), {"format": "begins as Parquet files do"})
        if start.startswith(b"%PDF"):
            raise _not_a_table(path, "a PDF file")
        return _text_container(path)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise LoadProblem(
            f"Expected a file that can be read, found [{reason}] at [{path.name}]; "
            "check it, or export it again."
        ) from None


def _format(**keys: object) -> FileFormat:
    return FileFormat.model_validate(keys)


def _not_a_table(path: Path, kind: str) -> LoadProblem:
    return LoadProblem(
        f"Expected an export with rows and columns, found [{kind}] at [{path.name}]; "
        "export it as CSV, Excel, Parquet or JSON lines."
    )


def _is_workbook(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return "xl/workbook.xml" in names or "xl/workbook.bin" in names


def _packed_container(path: Path) -> Container:
    """How what a gzip or zip holds is to be opened; the loader unpacks these by itself."""
    with scratch_folder() as scratch:
        inside, what = first_packed(path, scratch)
        container = find_container(inside)
    if container.file_format.is_workbook:
        raise LoadProblem(
            f"Expected text or Parquet in the archive, found [a workbook] in [{path.name}]; "
            "unpack it and bring the workbook itself."
        )
    reasons = {
        **container.reasons,
        "format": f"{container.reasons['format']}; {what} was looked at",
    }
    return Container(container.file_format, reasons)


def _workbook(path: Path, kind: str = "xlsx") -> Container:
    with scratch_folder() as scratch:
        try:
            sheets = read_sheets(path, scratch).tables
        except NoWorkbook as error:
            raise _not_a_table(
                path, f"a workbook that cannot be opened, or one with a password: {error}"
            ) from None
    cells = {
        name: sum(len(column) - column.null_count for column in table.columns)
        for name, table in sheets.items()
    }
    tables = [name for name, table in sheets.items() if table.num_columns > 1 and cells[name]]
    if not tables:
        raise _not_a_table(path, "a workbook in which no sheet has two columns")
    sheet = max(tables, key=lambda name: cells[name])
    others = ", ".join(f"{name} has {cells[name]:,}" for name in sheets if name != sheet)
    top = [
        [cell or "" for cell in row.values()]
        for row in sheets[sheet].slice(0, SAMPLE_ROWS).to_pylist()
    ]
    header = _header_row(top, len(top[0]))
    if header is None:
        raise _no_header(path)
    chosen = f"is the table with the most filled cells, {cells[sheet]:,}" + (
        f"; {others}" if others else ""
    )
    return Container(
        _format(format=kind, sheet=sheet, header_row=header),
        {"format": "opens as a workbook", "sheet": chosen, "header_row": _header_reason(header)},
        _looks_at_sheets(sheets, tables, sheet, header, top),
    )


def _looks_at_sheets(
    sheets: Mapping[str, pyarrow.Table],
    tables: list[str],
    chosen: str,
    header: int,
    top: list[list[str]],
) -> tuple[str, ...]:
    """Other sheets with the same columns, and names that stand above the header."""
    looks = []
    names = [name.strip() for name in top[header - 1]]
    alike = [
        name
        for name in tables
        if name != chosen
        and any(
            [(cell or "").strip() for cell in row.values()] == names
            for row in sheets[name].slice(0, MOST_HEADER_ROWS).to_pylist()
        )
    ]
    if alike:
        listed = ", ".join(f"[{name}]" for name in alike[:12])
        has = "sheet has" if len(alike) == 1 else "sheets have"
        looks.append(
            f"{len(alike):,} more {has} the same columns and would not be read: {listed}. Name them all "
            "with sheets in place of sheet, or load them one by one."
        )
    return (*looks, *_looks_at_header(top, header))


def _looks_at_header(rows: list[list[str]], header: int) -> tuple[str, ...]:
    """What stands in the row above the names: groups of them, or names of columns that have none."""
    if header < 2 or not _is_of_groups(rows[header - 2], rows[header - 1]):
        return ()
    lacking = [
        f"column {place} is [{above.strip()}]"
        for place, (above, name) in enumerate(
            zip(rows[header - 2], rows[header - 1], strict=False), start=1
        )
        if above.strip() and not name.strip()
    ]
    named = f": {', '.join(lacking)}" if lacking else ""
    return (f"The row above the names holds names of groups{named}.",)


def _is_of_groups(row: list[str], below: list[str]) -> bool:
    """Whether a row names groups of the columns that the row below it names."""
    pairs = [(one.strip(), two.strip()) for one, two in zip(row, below, strict=False)]
    gaps = sum(not one and bool(two) for one, two in pairs)
    names = [two for _, two in pairs if two]
    values = sum(VALUE.fullmatch(name) is not None for name in names)
    groups = sum(bool(one) for one, _ in pairs)
    return (
        gaps > 0
        and groups >= 2
        and len(names) >= 2
        and not values
        and len(set(names)) == len(names)
    )


def _text_container(path: Path) -> Container:
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
        encoding, reason = _encoding(path, sample, stream)
    text = sample.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="ignore")
    controls = sum(1 for sign in text if sign < " " and sign not in TEXT_CONTROLS)
    if controls > MOST_CONTROLS * len(text):
        raise _not_a_table(path, "a file that holds no text")
    beginning = text.lstrip()[:1]
    if not beginning:
        raise LoadProblem(f"Expected rows, found [only blanks] at [{path.name}]; export it again.")
    if beginning == "{":
        _refuse_features(path, text)
        return Container(_format(format="json_lines"), {"format": "begins with an object"})
    if beginning in "[<":
        kind = "one list in JSON" if beginning == "[" else "a web page or XML"
        raise _not_a_table(path, kind)
    delimiter, header, width, share = _delimiter(path, text, len(sample) == SAMPLE_BYTES)
    reasons = {"format": "is text in columns"}
    reasons["delimiter"] = (
        f"a {DELIMITERS[delimiter]} gives {width} columns on {rounded(100 * share)}% of the first rows"
    )
    reasons |= {"encoding": reason, "header_row": _header_reason(header)}
    return Container(
        _format(format="csv", delimiter=delimiter, encoding=encoding, header_row=header), reasons
    )


def _refuse_features(path: Path, text: str) -> None:
    """Raise LoadProblem where the text is one object that holds the rows as a list, as maps and services give it."""
    try:
        held = json.loads(text)
    except ValueError:
        # Several objects, one a line, are what a log is; of a longer one only its beginning is here.
        one = re.match(
            r'\s*\{[^{}\[\]]*(\{[^{}]*\}[^{}\[\]]*)*"(features|data|results|rows)"\s*:\s*\[', text
        )
        if one is None or "}\n{" in text:
            return
        raise _not_a_table(path, f'one JSON object that holds its rows in "{one[2]}"') from None
    lists = {
        name: rows
        for name, rows in held.items()
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)
    }
    if not lists:
        return
    name = "features" if "features" in lists else max(lists, key=lambda one: len(lists[one]))
    what = (
        f"one GeoJSON or ArcGIS object with {counted(len(lists[name]), 'feature')}"
        if name == "features"
        else f'one JSON object with {counted(len(lists[name]), "row")} in "{name}"'
    )
    raise _not_a_table(path, what)


def _encoding(path: Path, sample: bytes, rest: io.BufferedIOBase) -> tuple[str, str]:
    """The encoding of the whole file, and why; the stream stands behind the sample."""
    for mark, name in BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return name, "the file begins with this encoding's byte-order mark"
    if b"\0" in sample:
        raise _not_a_table(path, "a file that holds no text")
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, is_plain, bytes_seen = True, True, set[int]()
    chunk = sample
    while chunk:
        if not chunk.isascii():
            is_plain = False
            bytes_seen |= set(chunk)
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        chunk = rest.read(SAMPLE_BYTES)
    if is_plain:
        return "utf-8", "every character is plain ASCII"
    if is_utf8:
        return "utf-8", "every byte is valid UTF-8"
    if bytes_seen & NOT_IN_CP1252:
        return "latin-1", "not UTF-8, and some bytes are none of cp1252: look at accented letters"
    return "cp1252", "not UTF-8; the usual encoding of Windows: look at accented letters"


def _delimiter(path: Path, text: str, is_cut: bool) -> tuple[str, int, int, float]:
    """Delimiter, header row, width and the share of rows that have it."""
    lines = text.splitlines(keepends=True)
    if is_cut:
        lines = lines[:-1]
    if not lines:
        raise LoadProblem(
            f"Expected lines of at most {SAMPLE_BYTES:,} characters, found [a longer one] in "
            f"[{path.name}]; check that it is the exported file."
        )
    best: tuple[float, int, str, int] | None = None
    widest = 1
    for delimiter in DELIMITERS:
        try:
            read = csv.reader(lines[: 5 * SAMPLE_ROWS], delimiter=delimiter)
            rows = [row for row, _ in zip(read, range(SAMPLE_ROWS), strict=False)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        width, count = widths.most_common(1)[0]
        widest = max(widest, width)
        if width > MOST_COLUMNS:
            raise LoadProblem(
                f"Expected at most {MOST_COLUMNS:,} columns, found [{width:,}] in [{path.name}]; "
                "check that it is the exported file."
            )
        header = _header_row(rows, width) if width > 1 else None
        share = count / sum(widths.values())
        if header is not None and (best is None or (share, width) > best[:2]):
            best = (share, width, delimiter, header)
    if best is None and widest == 1:
        raise LoadProblem(
            f"Expected several columns, found [one] in [{path.name}]; export it with a comma, "
            "semicolon or tab between the columns."
        )
    if best is None:
        raise _no_header(path)
    share, width, delimiter, header = best
    return delimiter, header, width, share


def _no_header(path: Path) -> LoadProblem:
    return LoadProblem(
        f"Expected a row of column names among the first {MOST_HEADER_ROWS} rows, found [rows of "
        f"values] in [{path.name}]; put a row with a name over every column and try again."
    )


def _header_reason(row: int) -> str:
    above = "" if row == 1 else f"; {row - 1} above it are no names"
    return f"the first row that holds names and no values{above}"


def _header_row(rows: list[list[str]], width: int) -> int | None:
    """Number, from 1, of the first row that reads as column names; None where there is none."""
    # Columns in which nothing is written, such as those of trailing commas, need no name.
    used = sum(any(cell.strip() for cell in cells) for cells in zip_longest(*rows, fillvalue=""))
    for number, row in enumerate(rows[:MOST_HEADER_ROWS], start=1):
        names = [cell.strip() for cell in row]
        written = [name for name in names if name]
        if len(row) != width or len(written) < max(2, used / 2):
            continue
        values = sum(VALUE.fullmatch(name) is not None for name in written)
        if values >= MOST_VALUES_IN_HEADER * len(written):
            return None
        # A value comes again further down its column; a name does not.
        # The header itself may come again, on each page of a report.
        below = [
            below
            for below in rows[number:]
            if len(below) == width and [cell.strip() for cell in below] != names
        ]
        repeated = sum(
            any(other[place].strip() == name for other in below)
            for place, name in enumerate(names)
            if name
        )
        if repeated >= len(written) / 2:
            return None
        following = rows[number] if number < len(rows) else []
        has_groups = _is_of_groups(row, following) and not any(
            other[place].strip() == name.strip()
            for other in below[1:]
            for place, name in enumerate(following)
            if name.strip()
        )
        return number + 1 if has_groups and len(following) == width else number
    return None
