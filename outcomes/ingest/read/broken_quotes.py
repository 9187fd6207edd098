"""Quotes that are opened and not closed: one of them would make a reader swallow every line that follows."""

import csv
import io
from dataclasses import dataclass, field
from typing import TextIO

from outcomes.ingest.read.lines import LONGEST_LINE_BYTES, TOO_LONG, Lines, is_too_long

# A value over more lines than this is taken for a quote that was never closed.
MOST_LINES_IN_A_VALUE = 100
# Unless told, Python's reader takes no value of more than 131,072 signs.
csv.field_size_limit(MOST_LINES_IN_A_VALUE * LONGEST_LINE_BYTES)
NOT_CLOSED = "quote not closed"
# What of a text was not passed on: the number of its line, from 1, and why.
LineFault = tuple[int, str]


@dataclass(frozen=True)
class Mended:
    """What became of a text's lines."""

    # rows under the header that were passed on; a blank line is none
    rows: int
    # lines that were left out
    faults: list[LineFault]
    # numbers of the blank lines under the header
    blank: list[int] = field(default_factory=list)
    # numbers of the lines under the header on which a value goes on that began above
    goes_on: list[int] = field(default_factory=list)


def mend_lines(
    source: TextIO, mended: TextIO, delimiter: str, columns: int, header_row: int
) -> Mended:
    """Copies the lines that the engine can read: none too long, and all with quotes that are closed.

    Lines that belong together, because a value holds line breaks, are kept where together they have
    as many columns as the header. Else the line that opened the quote is left out alone.
    """
    lines = Lines(source)
    faults: list[LineFault] = []
    blank: list[int] = []
    goes_on: list[int] = []
    number, rows = 0, 0
    while (line := lines.next()) != "":
        number += 1
        first, whole = number, line
        if line is not None and line.count('"') % 2:
            following = _closing_lines(line, lines, delimiter, columns)
            if following is None:
                faults.append((number, NOT_CLOSED))
                continue
            number += len(following)
            whole = line + "".join(following)
            goes_on += range(max(first, header_row) + 1, number + 1)
        if whole is None or is_too_long(whole):
            faults.append((first, TOO_LONG))
            continue
        mended.write(whole)
        if first > header_row and whole == "\n":
            blank.append(first)
        rows += first > header_row and whole != "\n"
    return Mended(rows, faults, blank, goes_on)


def _closing_lines(opening: str, lines: Lines, delimiter: str, columns: int) -> list[str] | None:
    """The lines that complete the opening one; None, with all put back, where no few of them do."""
    following: list[str] = []
    while len(following) < MOST_LINES_IN_A_VALUE and (line := lines.next()) != "":
        if line is None:
            lines.put_back([None])
            break
        following.append(line)
        if line.count('"') % 2:
            if _column_count(opening + "".join(following), delimiter) == columns:
                return following
            break
    lines.put_back(following)
    return None


def _column_count(text: str, delimiter: str) -> int | None:
    """Columns of the one row that the text is; None where it is none, or several."""
    try:
        # A text's lines end in line ends alone, and not at every sign that splitlines takes for one.
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return len(rows[0]) if len(rows) == 1 else None
