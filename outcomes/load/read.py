"""Read an export's files as text: every value a string or null, nothing interpreted yet."""

import csv
import gzip
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow
import pyarrow.parquet

from outcomes.load.problem import LoadProblem
from outcomes.load.profile import FileFormat
from outcomes.load.quotes import has_open_quotes, mend_quotes

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
LONGEST_LINE_BYTES = 2_000_000
MOST_COLUMNS = 2_000


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def read_text(
    connection: duckdb.DuckDBPyConnection, path: Path, file_format: FileFormat
) -> Iterator[duckdb.DuckDBPyRelation]:
    """The file's rows as a relation of text columns, in file order, to be used inside the with-block.

    Columns are named as the header names them. Rows whose shape is broken are kept out; DuckDB lists
    them in the tables csv_fault and csv_scan. Raises LoadProblem where the path, container, sheet or
    header is not what the profile says, also where that shows only while the rows are read.
    """
    if not path.is_file():
        raise LoadProblem(f"Expected a log file, found [nothing] at [{path}]; check the path.")
    if path.stat().st_size == 0:
        raise LoadProblem(
            f"Expected rows, found [an empty file] at [{path.name}]; export it again."
        )
    readers = {
        "csv": _read_csv,
        "xlsx": _read_workbook,
        "parquet": _read_parquet,
        "json_lines": _read_json_lines,
    }
    try:
        with TemporaryDirectory() as scratch:
            yield readers[file_format.format](connection, path, file_format, Path(scratch))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise LoadProblem(
            f"Expected [{path.name}] to be readable as {file_format.format}, found [{reason}]; "
            "check the file and the profile's [file] part."
        ) from None


@contextmanager
def _text_stream(path: Path, encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text, unpacked where it is gzip; a byte-order mark is taken off."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP_MAGIC
    if packed:
        with gzip.open(path, "rt", encoding=codec, newline="") as stream:
            yield stream  # type: ignore[misc]  # gzip's text stream is a TextIOWrapper
    else:
        with path.open("r", encoding=codec, newline="") as stream:
            yield stream


def _header(path: Path, file_format: FileFormat) -> list[str]:
    try:
        with _text_stream(path, file_format.encoding) as stream:
            rows = csv.reader(stream, delimiter=file_format.delimiter)
            for _ in range(file_format.header_row - 1):
                next(rows)
            return _unique(next(rows))
    except (UnicodeDecodeError, OSError, EOFError, csv.Error) as error:
        raise LoadProblem(
            f"Expected text in {file_format.encoding}, found [{error}] in [{path.name}]; "
            "check that it is the exported file and that the profile's encoding is right."
        ) from None
    except StopIteration:
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [fewer rows] in "
            f"[{path.name}]; check the file and header_row."
        ) from None


def _unique(names: list[str]) -> list[str]:
    """Header names without surrounding blanks; a repeated name gets its position, an empty one too."""
    if len(names) > MOST_COLUMNS:
        raise LoadProblem(
            f"Expected at most {MOST_COLUMNS:,} columns, found [{len(names):,}]; "
            "check the delimiter and the file."
        )
    seen: set[str] = set()
    unique = []
    for position, name in enumerate(names, start=1):
        clean = name.strip() or f"column {position}"
        if clean.casefold() in seen:
            clean = f"{clean} ({position})"
        seen.add(clean.casefold())
        unique.append(clean)
    return unique


def _read_csv(
    connection: duckdb.DuckDBPyConnection, path: Path, file_format: FileFormat, scratch: Path
) -> duckdb.DuckDBPyRelation:
    with path.open("rb") as raw:
        start = raw.read(4)
    if start == ZIP_MAGIC or start == b"%PDF":
        kind = "PDF" if start == b"%PDF" else "zip or workbook"
        raise LoadProblem(
            f"Expected a CSV file, found [a {kind} file] at [{path.name}]; "
            "export as CSV or name the right format in the profile."
        )
    names = _header(path, file_format)
    path, left_out = _plain_copy(path, file_format, len(names), scratch)
    packed = start[:2] == GZIP_MAGIC and path.parent != scratch
    connection.register("quote_fault", pyarrow.table({"line": pyarrow.array(left_out, "int64")}))
    return connection.read_csv(
        str(path),
        auto_detect=False,
        columns=dict.fromkeys(names, "VARCHAR"),
        header=True,
        skiprows=file_format.header_row - 1,
        delimiter=file_format.delimiter,
        quotechar='"',
        escapechar='"',
        compression="gzip" if packed else "none",
        max_line_size=LONGEST_LINE_BYTES,
        store_rejects=True,
        rejects_table="csv_fault",
        rejects_scan="csv_scan",
    )


def _plain_copy(
    path: Path, file_format: FileFormat, columns: int, scratch: Path
) -> tuple[Path, list[int]]:
    """The file as DuckDB can read it, and the lines left out because a quote in them is never closed.

    It is the file itself where it is UTF-8 and every line's quotes are closed; else a copy in scratch.
    """
    encoding = file_format.encoding
    try:
        with _text_stream(path, encoding) as stream:
            mends = has_open_quotes(stream)
        if not mends and encoding == "utf-8":
            return path, []
        copy = scratch / "plain.csv"
        with (
            _text_stream(path, encoding) as source,
            copy.open("w", encoding="utf-8", newline="") as out,
        ):
            if mends:
                return copy, mend_quotes(source, out, file_format.delimiter, columns)
            shutil.copyfileobj(source, out)
    except (UnicodeDecodeError, OSError, EOFError) as error:
        raise LoadProblem(
            f"Expected text in {encoding}, found [{error}] in [{path.name}]; "
            "correct encoding in the profile, or export the file again."
        ) from None
    return copy, []


def _read_workbook(
    connection: duckdb.DuckDBPyConnection, path: Path, file_format: FileFormat, scratch: Path
) -> duckdb.DuckDBPyRelation:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, ValueError):
        raise LoadProblem(
            f"Expected an Excel workbook, found [a file that is none] at [{path.name}]; "
            "open it in a spreadsheet program and save it as .xlsx."
        ) from None
    if file_format.sheet not in workbook.sheet_names:
        raise LoadProblem(
            f"Expected the sheet [{file_format.sheet}], found [{', '.join(workbook.sheet_names)}] "
            f"in [{path.name}]; correct sheet in the profile."
        )
    rows = workbook.get_sheet_by_name(file_format.sheet).to_python(skip_empty_area=False)
    if len(rows) < file_format.header_row:
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [{len(rows)} rows] in "
            f"[{path.name}]; check the file and header_row."
        )
    names = _unique([_cell_text(cell) or "" for cell in rows[file_format.header_row - 1]])
    body = rows[file_format.header_row :]
    columns = {
        name: pyarrow.array([_cell_text(row[position]) for row in body], pyarrow.string())
        for position, name in enumerate(names)
    }
    return _from_arrow(connection, path, pyarrow.table(columns))


def _cell_text(cell: object) -> str | None:
    """A spreadsheet cell as text: whole numbers without a point, times in ISO form, empty as null."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        # A workbook stores a date and midnight of that date alike.
        return f"{cell.isoformat()} 00:00:00"
    if isinstance(cell, time):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _read_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, file_format: FileFormat, scratch: Path
) -> duckdb.DuckDBPyRelation:
    return _all_text(connection.read_parquet(str(path)))


def _read_json_lines(
    connection: duckdb.DuckDBPyConnection, path: Path, file_format: FileFormat, scratch: Path
) -> duckdb.DuckDBPyRelation:
    return _all_text(connection.read_json(str(path), format="newline_delimited", sample_size=-1))


def _all_text(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    return relation.select(
        *[
            duckdb.ColumnExpression(name).cast("VARCHAR").alias(clean)
            for name, clean in zip(relation.columns, _unique(relation.columns), strict=True)
        ]
    )


def _from_arrow(
    connection: duckdb.DuckDBPyConnection, path: Path, table: pyarrow.Table
) -> duckdb.DuckDBPyRelation:
    name = f"file {hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    connection.register(name, table)
    return connection.table(f'"{name}"')
