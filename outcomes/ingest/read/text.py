"""Read an export's files as text: every value a string or null, nothing interpreted yet."""

import csv
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.archives import LogPart, unpacked_parts
from outcomes.ingest.read.broken_quotes import has_open_quotes, mend_quotes
from outcomes.ingest.read.headers import header_names, unique_names
from outcomes.ingest.read.json_lines import json_lines_as_csv
from outcomes.ingest.read.temp_folders import scratch_folder
from outcomes.ingest.read.workbook import workbook_table

LONGEST_LINE_BYTES = 2_000_000


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def log_parts(path: Path, file_format: FileFormat) -> Iterator[list[LogPart]]:
    """The files to read: the path itself, or what it packs, unpacked for as long as the with-block lasts.

    Raises LoadProblem where there is no file, nothing in it, or more than is taken.
    """
    if not path.is_file():
        raise LoadProblem(f"Expected a log file, found [nothing] at [{path}]; check the path.")
    if path.stat().st_size == 0:
        raise LoadProblem(
            f"Expected rows, found [an empty file] at [{path.name}]; export it again."
        )
    with scratch_folder() as scratch:
        yield unpacked_parts(path, file_format, scratch)


@contextmanager
def read_text(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    file_format: FileFormat,
    time_zone: str = "UTC",
    name: str | None = None,
) -> Iterator[duckdb.DuckDBPyRelation]:
    """The file's rows as a relation of text columns, in file order, to be used inside the with-block.

    Columns are named as the header names them; of a zip with several files the first is read. Times
    that the file itself ties to an instant are the zone's wall time. Rows whose shape is broken are
    kept out; DuckDB lists them in the tables csv_fault and csv_scan. Raises LoadProblem where the
    path, container, sheet or header is not what the profile says, also where that shows only while
    the rows are read.
    """
    shown = name or path.name
    try:
        with log_parts(path, file_format) as parts, scratch_folder() as scratch:
            file = parts[0].path
            if file_format.format == "csv":
                relation = _read_csv(connection, file, shown, file_format, scratch)
            elif file_format.format == "json_lines":
                relation = _read_json_lines(connection, file, shown, file_format, scratch)
            elif file_format.is_workbook:
                table = workbook_table(file, shown, file_format)
                relation = _from_arrow(connection, file, table)
            else:
                relation = _all_text(connection.read_parquet(str(file)), time_zone)
            yield relation
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(path), shown)
        raise LoadProblem(
            f"Expected [{shown}] to be readable as {file_format.format}, found [{reason}]; "
            "check the file and the profile's [file] part."
        ) from None


@contextmanager
def _text_stream(path: Path, encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text; a byte-order mark is taken off."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open("r", encoding=codec, newline="") as stream:
        yield stream


def _header(path: Path, shown: str, file_format: FileFormat) -> list[str]:
    try:
        with _text_stream(path, file_format.encoding) as stream:
            rows = csv.reader(stream, delimiter=file_format.delimiter)
            for _ in range(file_format.header_row - 1):
                next(rows)
            return header_names(next(rows), file_format)
    except (UnicodeError, OSError, EOFError, csv.Error) as error:
        raise LoadProblem(
            f"Expected text in {file_format.encoding}, found [{error}] in [{shown}]; "
            "check that it is the exported file and that the profile's encoding is right."
        ) from None
    except StopIteration:
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [fewer rows] in "
            f"[{shown}]; check the file and header_row."
        ) from None


def _read_csv(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    shown: str,
    file_format: FileFormat,
    scratch: Path,
) -> duckdb.DuckDBPyRelation:
    with path.open("rb") as raw:
        start = raw.read(4)
    if start == b"PK\x03\x04" or start == b"%PDF":
        kind = "PDF" if start == b"%PDF" else "zip or workbook"
        raise LoadProblem(
            f"Expected a CSV file, found [a {kind} file] at [{shown}]; "
            "export as CSV or name the right format in the profile."
        )
    names = _header(path, shown, file_format)
    plain, excluded = _plain_copy(path, shown, file_format, len(names), scratch)
    return _csv_relation(connection, plain, names, excluded, file_format)


def _csv_relation(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    names: list[str],
    excluded: list[int],
    file_format: FileFormat,
) -> duckdb.DuckDBPyRelation:
    connection.register("quote_fault", pyarrow.table({"line": pyarrow.array(excluded, "int64")}))
    return connection.read_csv(
        str(path),
        auto_detect=False,
        columns=dict.fromkeys(names, "VARCHAR"),
        header=file_format.header_row > 0,
        skiprows=max(file_format.header_row - 1, 0),
        delimiter=file_format.delimiter,
        quotechar='"',
        escapechar='"',
        compression="none",
        max_line_size=LONGEST_LINE_BYTES,
        store_rejects=True,
        rejects_table="csv_fault",
        rejects_scan="csv_scan",
    )


def _plain_copy(
    path: Path, shown: str, file_format: FileFormat, columns: int, scratch: Path
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
    except (UnicodeError, OSError, EOFError) as error:
        raise LoadProblem(
            f"Expected text in {encoding}, found [{error}] in [{shown}]; "
            "correct encoding in the profile, or export the file again."
        ) from None
    return copy, []


def _read_json_lines(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    shown: str,
    file_format: FileFormat,
    scratch: Path,
) -> duckdb.DuckDBPyRelation:
    copy = scratch / "lines.csv"
    names, excluded = json_lines_as_csv(path, shown, copy, file_format.encoding)
    written = FileFormat(format="csv", header_row=1, delimiter=",")
    return _csv_relation(connection, copy, unique_names(names), excluded, written)


def _all_text(relation: duckdb.DuckDBPyRelation, time_zone: str) -> duckdb.DuckDBPyRelation:
    texts = []
    names = unique_names(relation.columns)
    for name, kind, clean in zip(relation.columns, relation.types, names, strict=True):
        value: duckdb.Expression = duckdb.ColumnExpression(name)
        if str(kind) == "TIMESTAMP WITH TIME ZONE":
            zone = duckdb.ConstantExpression(time_zone)
            value = duckdb.FunctionExpression("timezone", zone, value)
        texts.append(value.cast("VARCHAR").alias(clean))
    return relation.select(*texts)


def _from_arrow(
    connection: duckdb.DuckDBPyConnection, path: Path, table: pyarrow.Table
) -> duckdb.DuckDBPyRelation:
    name = f"file {hashlib.sha256(str(path).encode()).hexdigest()[:16]}"
    connection.register(name, table)
    return connection.table(f'"{name}"')
