"""JSON lines as a CSV: every value as it is written, so that no number, id or date changes on the way."""

import csv
import json
from pathlib import Path
from typing import Any

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read.headers import MOST_COLUMNS

LONGEST_LINE = 2_000_000


def json_lines_as_csv(
    path: Path, shown: str, copy: Path, encoding: str
) -> tuple[list[str], list[int]]:
    """Names of the columns of the copy, and numbers, from 1, of the lines that are no object.

    Raises LoadProblem where no line is an object, or the text is not in the encoding.
    """
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    names: dict[str, None] = {}
    excluded = []
    try:
        with path.open(encoding=codec) as stream:
            for number, line in enumerate(stream, start=1):
                row = _row(line)
                if row is None:
                    excluded.append(number)
                else:
                    names.update(dict.fromkeys(row))
                if len(names) > MOST_COLUMNS:
                    break
        if not names:
            raise LoadProblem(
                f"Expected one JSON object a line, found [none] in [{shown}]; "
                "export as JSON lines or name the right format in the profile."
            )
        with (
            path.open(encoding=codec) as stream,
            copy.open("w", encoding="utf-8", newline="") as out,
        ):
            writer = csv.DictWriter(out, list(names), restval="")
            writer.writeheader()
            for line in stream:
                row = _row(line)
                if row:
                    writer.writerow(row)
    except UnicodeError as error:
        raise LoadProblem(
            f"Expected text in {encoding}, found [{error}] in [{shown}]; "
            "correct encoding in the profile, or export the file again."
        ) from None
    return list(names), excluded


def _row(line: str) -> dict[str, str] | None:
    """The line's values as written; empty for a blank line, None where it is no object."""
    if not line.strip():
        return {}
    if len(line) > LONGEST_LINE:
        return None
    try:
        read = json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    return {name: _text(value) for name, value in read.items()}


class _Number(str):
    """A number as it is written."""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.replace("\0", "")
    return "" if value is None else _nested(value)


def _nested(value: Any) -> str:
    """A value inside others, as JSON, with its numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(name, ensure_ascii=False)}: {_nested(v)}" for name, v in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_nested, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
