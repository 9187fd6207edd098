"""Quotes that are opened and not closed: one of them would make a reader swallow every line that follows."""

import csv
from collections import deque
from typing import TextIO

import numpy as np

# A value over more lines than this is taken for a quote that was never closed.
MOST_LINES_IN_A_VALUE = 100
# How much of a file is looked at in one piece.
PART_CHARACTERS = 1 << 17


def has_open_quotes(stream: TextIO) -> bool:
    """Whether any line has an odd number of quotes: a value over several lines, or a quote never closed."""
    while part := stream.read(PART_CHARACTERS):
        # Most parts of most files hold no quote at all, and need not be looked at.
        if '"' in part:
            part += stream.readline()
            if _has_odd_line(part):
                return True
    return False


def _has_odd_line(lines: str) -> bool:
    """Whether any of the lines has an odd number of quotes; asked of all at once."""
    signs = np.frombuffer(lines.replace("\r", "\n").encode(), np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(signs == ord("\n"))))
    return bool(np.bitwise_xor.reduceat((signs == ord('"')).view(np.uint8), starts).any())


def mend_quotes(source: TextIO, mended: TextIO, delimiter: str, columns: int) -> list[int]:
    """Copies the lines whose quotes can be read; numbers, from 1, of the lines that were left out.

    Lines that belong together, because a value holds line breaks, are kept where together they have
    as many columns as the header. Else the line that opened the quote is left out alone.
    """
    lines = _Lines(source)
    excluded = []
    number = 0
    while line := lines.next():
        number += 1
        if line.count('"') % 2 == 0:
            mended.write(line)
            continue
        following = _closing_lines(line, lines, delimiter, columns)
        if following is None:
            excluded.append(number)
        else:
            mended.write(line + "".join(following))
            number += len(following)
    return excluded


class _Lines:
    """A source's lines, of which some can be put back."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._put_back: deque[str] = deque()

    def next(self) -> str:
        """The next line with its end; empty where there is none left."""
        return self._put_back.popleft() if self._put_back else self._source.readline()

    def put_back(self, lines: list[str]) -> None:
        """Have these lines come again, in their order, before all others."""
        self._put_back.extendleft(reversed(lines))


def _closing_lines(opening: str, lines: _Lines, delimiter: str, columns: int) -> list[str] | None:
    """The lines that complete the opening one; None, with all put back, where no few of them do."""
    taken: list[str] = []
    while len(taken) < MOST_LINES_IN_A_VALUE and (line := lines.next()):
        taken.append(line)
        if line.count('"') % 2:
            if _column_count(opening + "".join(taken), delimiter) == columns:
                return taken
            break
    lines.put_back(taken)
    return None


def _column_count(text: str, delimiter: str) -> int | None:
    """Columns of the one row that the text is; None where it is none, or several."""
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return len(rows[0]) if len(rows) == 1 else None
