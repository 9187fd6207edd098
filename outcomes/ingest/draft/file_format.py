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
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pyarrow

from outcomes.ingest.draft.header import MOST_HEADER_ROWS, Header, find_header
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.profile.patterns import fits_whole
from outcomes.ingest.read.archives import first_packed, refuse_workbook_bomb
from outcomes.ingest.read.headers import MOST_COLUMNS
from outcomes.ingest.read.open_document import MIME_TYPE
from outcomes.ingest.read.sheets import NoWorkbook, Sheets, read_sheets
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
# Of the rows of a sheet, the share above which it holds those of another one once more.
MOST_AGAIN = 0.5
# Of all columns of two sheets, the share that both have where they are of one log.
LEAST_ALIKE = 0.75
MOST_ROWS_HELD = 100_000
ANY_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
# Bytes that the encoding most common in the United States after UTF-8 does not use.
NOT_IN_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
TEXT_CONTROLS = frozenset("\t\n\r\f")
MOST_CONTROLS = 0.005


@dataclass(frozen=True)
class Container:
    """How a file is to be opened, and why."""

    # the [file] part of the profile
    file_format: FileFormat
    # reason by key of that part, in the order in which they are written
    reasons: dict[str, str]
    # what a person has to look at, such as sheets that are not read
    looks: tuple[str, ...] = ()
    # of each column its own name, where names of groups stand above; empty where none do
    own_names: tuple[str, ...] = ()
    # cells that are merged with the one above them, by the place of their column
    merged_down: Mapping[int, int] = field(default_factory=dict)


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
        if start.startswith(ZIP_MAGIC) and (packed := _workbook_kind(path)):
            refuse_workbook_bomb(path)
            return _workbook(path, packed)
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


def _workbook_kind(path: Path) -> str | None:
    """The format of a workbook that is a zip; None where the zip is none."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if "mimetype" in names and archive.read("mimetype").startswith(MIME_TYPE):
            return "ods"
    return "xlsx" if {"xl/workbook.xml", "xl/workbook.bin"} & set(names) else None


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


def _workbook(path: Path, kind: str) -> Container:
    with scratch_folder() as scratch:
        try:
            workbook = read_sheets(path, scratch)
        except NoWorkbook as error:
            raise _not_a_table(
                path, f"a workbook that cannot be opened, or one with a password: {error}"
            ) from None
        return _chosen_sheets(path, kind, workbook)


def _chosen_sheets(path: Path, kind: str, workbook: Sheets) -> Container:
    sheets = workbook.tables
    cells = {
        name: sum(len(column) - column.null_count for column in table.columns)
        for name, table in sheets.items()
    }
    tables = [name for name, table in sheets.items() if table.num_columns > 1 and cells[name]]
    if not tables:
        raise _not_a_table(path, "a workbook in which no sheet has two columns")
    sheet = max(tables, key=lambda name: cells[name])
    others = ", ".join(f"{name} has {cells[name]:,}" for name in sheets if name != sheet)
    top = _top_rows(sheets[sheet])
    spans = workbook.marks[sheet].spans
    header = find_header(top, len(top[0]), spans)
    if header is None:
        raise _no_header(path)
    is_most = f"is the table with the most filled cells, {cells[sheet]:,}" + (
        f"; {others}" if others else ""
    )
    alike, looks = _sheets_alike(sheets, tables, sheet, header)
    keys: dict[str, object] = {"sheet": sheet}
    reasons = {"format": "opens as a workbook", "sheet": is_most}
    if alike:
        # The chosen sheet stands in the workbook's own order among the others.
        named = [name for name in tables if name == sheet or name in alike]
        keys = {"sheets": _sheets_pattern(named, list(sheets))}
        reasons = {
            "format": "opens as a workbook",
            "sheets": f"CHECK: {len(named):,} sheets have the same columns, and their rows are added up",
        }
        looks = (
            f"{len(named):,} sheets have the same columns, and their rows are added up: "
            f"{', '.join(f'[{name}]' for name in named[:12])}.",
            *looks,
        )
    merged = Counter[int]()
    for first, last, place in workbook.marks[sheet].merged_down:
        merged[place] += max(0, last - max(first, header.last))
    return Container(
        _format(format=kind, **keys, **header.keys),
        reasons | header.reasons,
        looks,
        header.own_names(top, spans),
        merged,
    )


def _top_rows(table: pyarrow.Table) -> list[list[str]]:
    return [
        [cell or "" for cell in row.values()] for row in table.slice(0, SAMPLE_ROWS).to_pylist()
    ]


def _sheets_alike(
    sheets: Mapping[str, pyarrow.Table], tables: list[str], chosen: str, header: Header
) -> tuple[list[str], tuple[str, ...]]:
    """Other sheets with the same columns, in any order, in the same rows, and what is to be said of those that are left out."""
    names = _names_of(sheets[chosen], header)
    rows = _rows_of(sheets[chosen], header)
    known = {name.casefold() for name in names[-1] if name}
    alike, looks = [], []
    for name in tables:
        if name == chosen:
            continue
        own_names = {
            one.casefold() for row in _names_of(sheets[name], header)[-1:] for one in row if one
        }
        if len(own_names & known) < LEAST_ALIKE * len(own_names | known):
            top = _top_rows(sheets[name])[:MOST_HEADER_ROWS]
            if any({cell.strip().casefold() for cell in row} >= known for row in top):
                looks.append(
                    f"The sheet [{name}] has the same columns and would not be read: they stand in another row; "
                    "put them into the same row of every sheet, or load it by itself."
                )
            continue
        own = _rows_of(sheets[name], header)
        again = sum((own & rows).values())
        if again > MOST_AGAIN * sum(own.values()):
            looks.append(
                f"The sheet [{name}] would not be read: {counted(again, 'row')} of it again in [{chosen}]."
            )
        else:
            alike.append(name)
    return alike, tuple(looks)


def _names_of(table: pyarrow.Table, header: Header) -> list[list[str]]:
    rows = table.slice(header.row - 1, header.rows).to_pylist()
    return [[(cell or "").strip() for cell in row.values()] for row in rows]


def _rows_of(table: pyarrow.Table, header: Header) -> Counter[tuple[str, ...]]:
    below = table.slice(header.last, MOST_ROWS_HELD)
    names = _names_of(table, header)[-1]
    # In the order of the names, which may stand otherwise in another sheet.
    order = sorted(range(len(names)), key=lambda place: names[place].casefold())
    columns = [below.column(place).to_pylist() for place in order if names[place]]
    return Counter(row for row in zip(*columns, strict=True) if any(row))


def _sheets_pattern(named: list[str], all_names: list[str]) -> str:
    """A pattern for the names of the sheets: with any month and number where that fits no other, else their names."""
    kinds = {MONTH.sub(ANY_MONTH, re.sub(r"\d+", "[0-9]+", _literal(name))) for name in named}
    if len(kinds) == 1:
        pattern = kinds.pop()
        if [name for name in all_names if fits_whole(pattern, name)] == named:
            return pattern
    return "|".join(map(_literal, named))


def _literal(name: str) -> str:
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", name)


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
    delimiter, header, own_names, width, share = _delimiter(path, text, len(sample) == SAMPLE_BYTES)
    reasons = {"format": "is text in columns"}
    reasons["delimiter"] = (
        f"a {DELIMITERS[delimiter]} gives {width} columns on {rounded(100 * share)}% of the first rows"
    )
    reasons |= {"encoding": reason, **header.reasons}
    return Container(
        _format(format="csv", delimiter=delimiter, encoding=encoding, **header.keys),
        reasons,
        own_names=own_names,
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


def _delimiter(
    path: Path, text: str, is_cut: bool
) -> tuple[str, Header, tuple[str, ...], int, float]:
    """Delimiter, header, own names of columns under groups, width and the share of rows that have it."""
    lines = text.splitlines(keepends=True)
    if is_cut:
        lines = lines[:-1]
    if not lines:
        raise LoadProblem(
            f"Expected lines of at most {SAMPLE_BYTES:,} characters, found [a longer one] in "
            f"[{path.name}]; check that it is the exported file."
        )
    best: tuple[float, int, str, Header, tuple[str, ...]] | None = None
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
        header = find_header(rows, width) if width > 1 else None
        share = count / sum(widths.values())
        if header is not None and (best is None or (share, width) > best[:2]):
            best = (share, width, delimiter, header, header.own_names(rows, ()))
    if best is None and widest == 1:
        raise LoadProblem(
            f"Expected several columns, found [one] in [{path.name}]; export it with a comma, "
            "semicolon or tab between the columns."
        )
    if best is None:
        raise _no_header(path)
    share, width, delimiter, header, own_names = best
    return delimiter, header, own_names, width, share


def _no_header(path: Path) -> LoadProblem:
    return LoadProblem(
        f"Expected a row of column names among the first {MOST_HEADER_ROWS} rows, found [rows of "
        f"values] in [{path.name}]; put a row with a name over every column and try again."
    )
