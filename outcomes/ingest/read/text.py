"""Read an export's files as text: every value a string or null, nothing interpreted yet."""

import csv
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from itertools import takewhile
from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.archives import LogPart, unpacked_parts
from outcomes.ingest.read.broken_quotes import Mended, mend_lines
from outcomes.ingest.read.foreign import refuse_foreign
from outcomes.ingest.read.headers import header_names, unique_names
from outcomes.ingest.read.json_lines import json_lines_as_csv
from outcomes.ingest.read.lines import LONGEST_LINE_BYTES, Lines, plain_lines
from outcomes.ingest.read.temp_folders import scratch_folder
from outcomes.ingest.read.workbook import workbook_table

# Lines are held to a limit of ours; what the engine takes is more, so that it leaves none of them out.
ENGINE_LINE_BYTES = LONGEST_LINE_BYTES + 1_000


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def log_parts(path: Path, file_format: FileFormat) -> Iterator[list[LogPart]]:
    """The files to read: the path itself, or what it packs, unpacked for as long as the with-block lasts.

    Raises LoadProblem where there is no file, nothing in it, or more than is taken.
    """
    try:
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "nothing"
            raise LoadProblem(f"Expected a log file, found [{kind}] at [{path}]; check the path.")
        with path.open("rb") as stream:
            is_empty = not stream.read(1)
    except OSError as error:
        raise LoadProblem(
            f"Expected a log file that can be read, found [{error.strerror}] at [{path}]; check the path."
        ) from None
    if is_empty:
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
    kept out: the tables line_fault, csv_fault and csv_scan list them, text_count holds how many rows
    there are beside those of line_fault, and line_without_row the lines that begin no row. Raises LoadProblem where the path, container, sheet or header is
    not what the profile says, also where that shows only while the rows are read.
    """
    shown = name or path.name
    try:
        with log_parts(path, file_format) as parts, scratch_folder() as scratch:
            file = parts[0].path
            if file_format.format in ("csv", "json_lines"):
                refuse_foreign(file, shown)
            if file_format.format == "csv":
                relation = _read_csv(connection, file, shown, file_format, scratch)
            elif file_format.format == "json_lines":
                relation = _read_json_lines(connection, file, shown, file_format, scratch)
            elif file_format.is_workbook:
                table, remarks = workbook_table(file, shown, file_format, scratch)
                said = pyarrow.array(remarks, pyarrow.string())
                connection.register("workbook_remark", pyarrow.table({"remark": said}))
                relation = _from_arrow(connection, file, table)
            else:
                relation = _read_parquet(connection, file, time_zone)
            yield relation
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(_literal(file), shown)
        raise LoadProblem(
            f"Expected [{shown}] to be readable as {file_format.format}, found [{reason}]; "
            "check the file and the profile's [file] part."
        ) from None


def _literal(path: Path) -> str:
    """The path as the engine takes it for this one file: in a folder's name, too, nothing is a pattern."""
    return re.sub(r"[*?[]", "[\\g<0>]", str(path))


@contextmanager
def _text_stream(path: Path, encoding: str, newline: str | None = None) -> Iterator[TextIOWrapper]:
    """The file as text, with one kind of line end unless newline is empty; a byte-order mark is taken off."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open("r", encoding=codec, newline=newline) as stream:
        yield stream


def _header(path: Path, shown: str, file_format: FileFormat) -> tuple[list[str], int]:
    """Names of the columns, and how many lines down to theirs are not blank."""
    written = 0
    try:
        with _text_stream(path, file_format.encoding) as stream:
            lines = Lines(stream)
            for _ in range(file_format.header_row - 1):
                written += lines.next() not in ("", "\n")
            following = takewhile(bool, iter(lines.next, ""))
            rows = csv.reader(map(str, following), delimiter=file_format.delimiter)
            first = [next(rows) for _ in range(file_format.header_rows)]
            names = header_names(first, file_format)
            if not names:
                raise StopIteration
            return names, written + sum(map(bool, first)) * (file_format.header_row > 0)
    except (UnicodeError, OSError, EOFError, csv.Error) as error:
        raise LoadProblem(
            f"Expected text in {file_format.encoding}, found [{error}] in [{shown}]; "
            "check that it is the exported file and that the profile's encoding is right."
        ) from None
    except StopIteration:
        raise LoadProblem(
            f"Expected a header in row {file_format.header_row}, found [none, or one that is too long] in "
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
    names, written_above = _header(path, shown, file_format)
    plain, mended = _plain_copy(path, shown, file_format, len(names), written_above, scratch)
    return _csv_relation(connection, plain, names, mended, file_format)


def _csv_relation(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    names: list[str],
    mended: Mended,
    file_format: FileFormat,
) -> duckdb.DuckDBPyRelation:
    lines, rules = zip(*mended.faults, strict=True) if mended.faults else ((), ())
    faults = {
        "line": pyarrow.array(lines, pyarrow.int64()),
        "rule": pyarrow.array(rules, pyarrow.string()),
    }
    connection.register("line_fault", pyarrow.table(faults))
    without_row = {
        "line": pyarrow.array([*mended.blank, *mended.goes_on], pyarrow.int64()),
        "is_blank": pyarrow.array(
            [True] * len(mended.blank) + [False] * len(mended.goes_on), pyarrow.bool_()
        ),
    }
    connection.register("line_without_row", pyarrow.table(without_row))
    connection.register("text_count", pyarrow.table({"row_count": [mended.rows]}))
    return connection.read_csv(
        _literal(path),
        auto_detect=False,
        columns=dict.fromkeys(names, "VARCHAR"),
        header=file_format.header_row > 0,
        skiprows=max(file_format.last_header_row - 1, 0),
        delimiter=file_format.delimiter,
        quotechar='"',
        escapechar='"',
        compression="none",
        hive_partitioning=False,
        max_line_size=ENGINE_LINE_BYTES,
        store_rejects=True,
        rejects_table="csv_fault",
        rejects_scan="csv_scan",
    )


def _plain_copy(
    path: Path,
    shown: str,
    file_format: FileFormat,
    columns: int,
    written_above: int,
    scratch: Path,
) -> tuple[Path, Mended]:
    """The file as DuckDB can read it, and what became of its lines.

    It is the file itself where it is UTF-8 and its lines can be read as they are; else a copy in scratch.
    """
    encoding = file_format.encoding
    try:
        if encoding == "utf-8":
            with _text_stream(path, encoding, newline="") as stream:
                written = plain_lines(stream)
            if written is not None:
                blank = [line for line in written.blank if line > file_format.last_header_row]
                return path, Mended(written.count - written_above, [], blank)
        copy = scratch / "plain.csv"
        with (
            _text_stream(path, encoding) as source,
            copy.open("w", encoding="utf-8", newline="") as out,
        ):
            return copy, mend_lines(
                source, out, file_format.delimiter, columns, file_format.last_header_row
            )
    except (UnicodeError, OSError, EOFError) as error:
        raise LoadProblem(
            f"Expected text in {encoding}, found [{error}] in [{shown}]; "
            "correct encoding in the profile, or export the file again."
        ) from None


def _read_json_lines(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    shown: str,
    file_format: FileFormat,
    scratch: Path,
) -> duckdb.DuckDBPyRelation:
    copy = scratch / "lines.csv"
    names, mended = json_lines_as_csv(path, shown, copy, file_format.encoding)
    written = FileFormat(format="csv", header_row=1, header_rows=1, delimiter=",")
    return _csv_relation(connection, copy, unique_names(names), mended, written)


def _read_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, time_zone: str
) -> duckdb.DuckDBPyRelation:
    # What a file says of places on the map is not asked: nothing of it is stored, and it may be wrong.
    connection.execute("set enable_geoparquet_conversion = false")
    relation = connection.read_parquet(_literal(path), hive_partitioning=False)
    return _all_text(relation.set_alias("log"), time_zone)


def _all_text(relation: duckdb.DuckDBPyRelation, time_zone: str) -> duckdb.DuckDBPyRelation:
    """Every column as text, of a relation that goes by the name of log."""
    texts = []
    names = unique_names(relation.columns)
    for name, kind, clean in zip(relation.columns, relation.types, names, strict=True):
        # Alone, a column called * would be every column.
        value: duckdb.Expression = duckdb.ColumnExpression("log", name)
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
