"""JSON lines as a CSV: every value as it is written, so that no number, id or date changes on the way."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read.broken_quotes import LineFault, Mended
from outcomes.ingest.read.headers import MOST_COLUMNS
from outcomes.ingest.read.lines import LONGEST_LINE_BYTES, TOO_LONG, Lines

NO_OBJECT, KEY_TWICE, TOO_DEEP = "no JSON object", "a key twice", "nested too deep"
# Records inside records; no log goes deeper, and a reader that does takes memory without end.
MOST_LEVELS = 50
# Half of a character, as a text that was cut off may end with; no other program could read it.
HALF_CHARACTERS = dict.fromkeys(range(55296, 57344), "�")
# A line takes at most so many times its characters in a CSV: where each has four bytes, or is a quote inside a record.
MOST_GROWTH = 12


def json_lines_as_csv(
    path: Path, shown: str, copy: Path, encoding: str
) -> tuple[list[str], Mended]:
    """Names of the columns of the copy, and what became of the lines: those that are no object are left out.

    Raises LoadProblem where no line is an object, or the text is not in the encoding.
    """
    names: dict[str, None] = {}
    faults: list[LineFault] = []
    blank: list[int] = []
    rows = 0
    try:
        for number, row in _rows(path, encoding):
            if row is None:
                blank.append(number)
                continue
            if isinstance(row, str):
                faults.append((number, row))
                continue
            rows += 1
            names.update(dict.fromkeys(row))
            if len(names) > MOST_COLUMNS:
                break
        if not names:
            raise LoadProblem(
                f"Expected one JSON object a line, found [none] in [{shown}]; "
                "export as JSON lines or name the right format in the profile."
            )
        if _csv_bytes(names) > LONGEST_LINE_BYTES:
            raise LoadProblem(
                f"Expected names of columns, found [{len(names):,} names of {_csv_bytes(names):,} bytes] in "
                f"[{shown}]; check that it is the exported file."
            )
        with copy.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(names), restval="", lineterminator="\n")
            writer.writeheader()
            for _, row in _rows(path, encoding):
                if isinstance(row, dict):
                    writer.writerow(row)
    except UnicodeError as error:
        raise LoadProblem(
            f"Expected text in {encoding}, found [{error}] in [{shown}]; "
            "correct encoding in the profile, or export the file again."
        ) from None
    return list(names), Mended(rows, faults, blank)


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str] | str | None]]:
    """Every line with its number: its values as written, or why it is left out; None for a blank one."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=codec) as stream:
        lines = Lines(stream)
        number = 0
        while (line := lines.next()) != "":
            number += 1
            if line is None:
                yield number, TOO_LONG
            else:
                yield number, _row(line) if line.strip() else None


def _row(line: str) -> dict[str, str] | str:
    """The line's values as written; why it is left out where it is no object that can be told apart."""
    try:
        read = json.loads(
            line,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_Number,
            object_pairs_hook=_object,
        )
        if not isinstance(read, dict):
            return NO_OBJECT
        row = {_whole(name): _text(value) for name, value in read.items()}
    except _KeyTwice:
        return KEY_TWICE
    except RecursionError:
        return TOO_DEEP
    except ValueError:
        return NO_OBJECT
    if len(row) < len(read):
        return KEY_TWICE
    is_long = (
        MOST_GROWTH * len(line) > LONGEST_LINE_BYTES
        and _csv_bytes(row.values()) > LONGEST_LINE_BYTES
    )
    return TOO_LONG if is_long else row


def _csv_bytes(row: Iterable[str]) -> int:
    """Most bytes that texts take as a line of a CSV: quotes inside one are doubled, and around it there are two."""
    return sum(len(text.encode()) + text.count('"') + 3 for text in row)


class _Number(str):
    """A number as it is written."""


class _KeyTwice(Exception):
    """An object that says two things under one name."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        raise _KeyTwice
    return read


def _whole(text: str) -> str:
    """The text without halves of characters, and without the sign that ends a text in some programs."""
    whole = text if text.isascii() else text.translate(HALF_CHARACTERS)
    return whole.replace("\0", "")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _whole(value)
    return "" if value is None else _whole(_nested(value, 1))


def _nested(value: Any, level: int) -> str:
    """A value inside others, as JSON, with its numbers as they were written. Raises RecursionError beyond the levels."""
    if level > MOST_LEVELS:
        raise RecursionError
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(name, ensure_ascii=False)}: {_nested(v, level + 1)}"
            for name, v in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_nested(one, level + 1) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
