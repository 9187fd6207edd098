"""Gzip and zip files unpacked into a scratch folder, never more than a log can be."""

import gzip
import lzma
import re
import shutil
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.profile.patterns import fits_whole
from outcomes.ingest.read.open_document import CONTENT, WrittenSheets
from outcomes.ingest.read.sheets import MOST_CELLS
from outcomes.store.warehouse import NO_ROOM

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
# A bomb packs a thousand times; a log about ten. Both limits together stop it early.
MOST_UNPACKED_BYTES = 8_000_000_000
MOST_TIMES_PACKED = 250
SMALL_BYTES = 50_000_000
MOST_MEMBERS = 1_000
CHUNK_BYTES = 1 << 20
# As much of a reader's complaint as belongs into a sentence.
MOST_SAID = 200
# What the readers of archives say of one that is broken: of a member that needs a password a RuntimeError, of a way of
# packing that they do not know a NotImplementedError, of names and sizes that cannot be a ValueError or lzma's own.
UNREADABLE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, lzma.LZMAError),
    *(RuntimeError, ValueError, OverflowError, struct.error, KeyError),
)
# In a workbook, whatever its parts are called and with whatever prefix and quotes its tags are written: a sheet, its
# rows with and without their number, its cells with and without their place.
SHEET = re.compile(rb"<(?:[\w.-]+:)?worksheet[\s/>]")
ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])")
ROW_NUMBER = re.compile(rb"<(?:[\w.-]+:)?row\s[^<>]{0,500}?\br\s*=\s*[\"'](\d{1,10})[\"']")
CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])")
CELL_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})\d{1,10}[\"']")
CELL_ROW = re.compile(rb"\br\s*=\s*[\"'][A-Za-z]{1,3}(\d{1,10})[\"']")


@dataclass(frozen=True)
class LogPart:
    """One file to read."""

    # name for reports, and for values taken from it; inside a zip "log.zip/january.csv"
    name: str
    # where it lies, unpacked
    path: Path


def file_name(path: Path) -> str:
    """The file's name as text on one line; what in it is no text has a question mark."""
    return _one_line(path.name)


def _one_line(name: str) -> str:
    text = name.encode("utf-8", "replace").decode()
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def unpacked_parts(path: Path, file_format: FileFormat, scratch: Path) -> list[LogPart]:
    """The files that a path stands for: itself, what a gzip holds, or the log files of a zip in name order.

    Raises LoadProblem where an archive is broken, locked, holds no log or unpacks to too much.
    """
    with path.open("rb") as raw:
        start = raw.read(4)
    if file_format.is_workbook:
        if start == ZIP_MAGIC:
            refuse_workbook_bomb(path)
        return [_under_own_name(path, scratch)]
    if start[:2] == GZIP_MAGIC:
        part = LogPart(file_name(path), scratch / "unpacked")
        with _faults_told(path), gzip.open(path) as packed:
            _Budget(path).copy(packed, part.path)
        return [part]
    if start == ZIP_MAGIC and file_format.format != "parquet":
        return _zip_parts(path, file_format, scratch)
    return [_under_own_name(path, scratch)]


def _under_own_name(path: Path, scratch: Path) -> LogPart:
    """The file under a name that no reader takes for a pattern, a partition or an address."""
    place = scratch / "log"
    try:
        place.symlink_to(path.absolute())
    except OSError:
        # Windows lets not everyone make a link.
        shutil.copyfile(path, place)
    return LogPart(file_name(path), place)


def _zip_parts(path: Path, file_format: FileFormat, scratch: Path) -> list[LogPart]:
    budget = _Budget(path)
    parts = []
    with _faults_told(path), zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        _refuse_twice(path, names)
        if "[Content_Types].xml" in names:
            raise LoadProblem(
                f"Expected a {file_format.format} file, found [a zip or workbook file] at "
                f"[{file_name(path)}]; export as CSV or name the right format in the profile."
            )
        wanted = sorted(filter(_is_wanted(file_format), names))
        if not wanted or len(wanted) > MOST_MEMBERS:
            raise LoadProblem(
                f"Expected from 1 to {MOST_MEMBERS:,} log files in the zip, found "
                f"[{len(wanted):,} of {len(names):,} files] in [{file_name(path)}]; "
                "correct members in the profile's [file] part."
            )
        _Budget(path).spend(sum(archive.getinfo(name).file_size for name in wanted))
        for number, name in enumerate(wanted):
            part = LogPart(f"{file_name(path)}/{_one_line(name)}", scratch / f"member-{number}")
            with archive.open(name) as packed:
                budget.copy(packed, part.path)
            parts.append(part)
    return parts


def _refuse_twice(path: Path, names: list[str]) -> None:
    """Raise LoadProblem where an archive has two files of one name: nobody could say which of them is meant."""
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise LoadProblem(
            f"Expected each file once in the zip, found [{_one_line(twice[0])}] more than once in [{file_name(path)}]; "
            "pack it again."
        )


def _is_wanted(file_format: FileFormat) -> Callable[[str], bool]:
    def is_wanted(name: str) -> bool:
        last = name.rsplit("/", 1)[-1]
        if file_format.members is not None:
            return fits_whole(file_format.members, last)
        # What a Mac puts beside each file is none.
        hidden = last.startswith(".") or name.startswith("__MACOSX/")
        return not hidden and last.casefold().endswith(file_format.endings)

    return is_wanted


def first_packed(path: Path, scratch: Path) -> tuple[Path, str]:
    """The first log file that a gzip or zip holds, unpacked into scratch, and what it is among how many.

    Raises LoadProblem as unpacked_parts does.
    """
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == GZIP_MAGIC
    if is_gzip:
        part = unpacked_parts(path, FileFormat.model_validate({"format": "csv"}), scratch)[0]
        return part.path, "what the gzip file holds"
    with _faults_told(path), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        _refuse_twice(path, names)
        kinds = [
            FileFormat.model_validate({"format": kind}) for kind in ("csv", "json_lines", "parquet")
        ]
        by_kind = [sorted(filter(_is_wanted(kind), names)) for kind in kinds]
        wanted = max(by_kind, key=len)
        if not wanted:
            raise LoadProblem(
                f"Expected a log in the zip, found [{len(names)} files, none of them CSV, JSON lines or "
                f"Parquet] in [{file_name(path)}]; unpack it and bring the file inside."
            )
        _Budget(path).spend(archive.getinfo(wanted[0]).file_size)
        target = scratch / "unpacked"
        with archive.open(wanted[0]) as packed:
            _Budget(path).copy(packed, target)
    return target, f"the first of {len(wanted):,} log files in the zip"


def refuse_workbook_bomb(path: Path) -> None:
    """Raise LoadProblem where a workbook, which is a zip, unpacks to more than a log can be.

    A reader of workbooks makes room for every cell up to the last row and column that anything is written in.
    """
    budget = _Budget(path)
    with _faults_told(path), zipfile.ZipFile(path) as archive:
        # What an archive says of itself is asked first: a plain bomb need not be unpacked.
        _Budget(path).spend(sum(info.file_size for info in archive.infolist()))
        for info in archive.infolist():
            extent, written = _Extent(), WrittenSheets()
            read = written.read if info.filename == CONTENT else extent.read
            with archive.open(info) as packed:
                while chunk := packed.read(CHUNK_BYTES):
                    budget.spend(len(chunk))
                    read(chunk)
            read(b"<")
            _refuse_far_cells(path, extent.rows, extent.columns)
            for sheet in written.sheets:
                _refuse_far_cells(path, sheet.rows, sheet.columns)


def _refuse_far_cells(path: Path, rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise LoadProblem(
            f"Expected a sheet of at most {MOST_CELLS:,} cells, found [one that ends in row "
            f"{rows:,} and column {columns:,}] in [{file_name(path)}]; delete what is "
            "written far from the table and save it again."
        )


class _Extent:
    """How far down and to the right a sheet is written, as its bytes come; nothing where they are no sheet."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_sheet = False
        self._last_row, self._rows_without_number = 0, 0
        self._in_row, self.columns = 0, 0

    @property
    def rows(self) -> int:
        """The last row: the highest number, and as many after it as have none."""
        return self._last_row + self._rows_without_number

    def read(self, chunk: bytes) -> None:
        """Look at the next bytes, up to the last tag that begins in them: it may go on in the next ones."""
        chunk = self._rest + chunk
        end = chunk.rfind(b"<") if len(chunk) < 2 * CHUNK_BYTES else len(chunk)
        chunk, self._rest = chunk[: max(end, 0)], chunk[max(end, 0) :]
        self._is_sheet = self._is_sheet or SHEET.search(chunk) is not None
        if not self._is_sheet:
            return
        numbers = ROW_NUMBER.findall(chunk)
        self._rows_without_number += len(ROW.findall(chunk)) - len(numbers)
        places = CELL_COLUMN.findall(chunk)
        rows = map(int, {*numbers, *CELL_ROW.findall(chunk)})
        self._last_row = max([self._last_row, *rows])
        self.columns = max([self.columns, *map(_column_number, set(places))])
        if len(places) < len(CELL.findall(chunk)):
            before, *within = (len(CELL.findall(part)) for part in ROW.split(chunk))
            self._in_row += before
            for count in within:
                self.columns = max(self.columns, self._in_row)
                self._in_row = count
            self.columns = max(self.columns, self._in_row)


def _column_number(letters: bytes) -> int:
    """Number of a sheet's column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """The next bytes, at most size; none at the end."""
        ...


class _Budget:
    """Bytes that an archive may still unpack to."""

    def __init__(self, path: Path) -> None:
        self._name = file_name(path)
        packed = path.stat().st_size
        self._limit = min(MOST_UNPACKED_BYTES, max(SMALL_BYTES, packed * MOST_TIMES_PACKED))
        self._left = self._limit

    def spend(self, count: int) -> None:
        """Take off bytes; raises LoadProblem where that is too many."""
        self._left -= count
        if self._left < 0:
            raise LoadProblem(
                f"Expected a log, found [an archive that unpacks to more than {self._limit:,} bytes] at "
                f"[{self._name}]; export the log again, in parts if it is that large."
            )

    def copy(self, packed: _Readable, target: Path) -> None:
        """Unpack into the target, within what is left."""
        with target.open("wb") as out:
            while chunk := packed.read(CHUNK_BYTES):
                self.spend(len(chunk))
                out.write(chunk)


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    """Inside, what a reader of archives says of a broken one is a LoadProblem."""
    try:
        yield
    except (OSError, *UNREADABLE) as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            # Of the disk, and not of the archive.
            raise
        said = " ".join(str(error).split())[:MOST_SAID]
        raise LoadProblem(
            f"Expected an archive that can be unpacked, found [{said}] at [{file_name(path)}]; "
            "export it again, without a password."
        ) from None
