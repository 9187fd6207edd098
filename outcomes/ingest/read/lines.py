"""Lines of a log's text: whether the engine can read them as they are, and if not, each with one kind of end."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

import numpy as np

# A longer line is none of a log: it is left out, and counted.
LONGEST_LINE_BYTES = 2_000_000
TOO_LONG = "line too long"
# Says in which order the bytes of a text stand, at its beginning; inside a text, where files were joined, it says nothing.
BYTE_ORDER_MARK = "\ufeff"
# How much of a file is looked at in one piece.
PART_CHARACTERS = 1 << 17
LINE_FEED, RETURN, QUOTE = b'\n\r"'


@dataclass(frozen=True)
class PlainLines:
    """Lines of a text that the engine can read as it is."""

    # those that are not blank
    count: int
    # numbers of the blank ones, from 1
    blank: list[int]


def plain_lines(stream: TextIO) -> PlainLines | None:
    """Its lines; None where the engine could not read the text as it is.

    It could not where kinds of line ends are mixed, where a line is too long or has an odd number of quotes, or
    where a byte-order mark stands inside. The stream must give line ends as they are.
    """
    count = 0
    blank: list[int] = []
    ends = set()
    while part := stream.read(PART_CHARACTERS):
        part += stream.readline(LONGEST_LINE_BYTES + 1)
        if BYTE_ORDER_MARK in part or is_too_long(part[part.rfind("\n", 0, -1) + 1 :]):
            return None
        signs = np.frombuffer(part.encode("utf-8", "replace"), np.uint8)
        feeds = np.flatnonzero(signs == LINE_FEED)
        # Most parts of most files hold no quote at all, and need not be looked at.
        if '"' in part and _has_odd_line(signs, feeds):
            return None
        end = _line_end(signs, feeds)
        ends |= {end} - {0}
        if end is None or len(ends) > 1:
            return None
        # Where one end follows another at once, or is the first of all, the line before it is blank.
        found = np.flatnonzero(np.diff(feeds, prepend=-1) == end)
        blank += (found + (count + len(blank) + 1)).tolist()
        count += len(feeds) - len(found) + (not part.endswith("\n"))
    return PlainLines(count, blank)


def is_too_long(line: str) -> bool:
    """Whether a line has more bytes, in UTF-8, than a log's line can have."""
    return len(line) > LONGEST_LINE_BYTES or (
        not line.isascii() and len(line.encode("utf-8", "replace")) > LONGEST_LINE_BYTES
    )


def _line_end(signs: np.ndarray, feeds: np.ndarray) -> int | None:
    """How many signs end each line; 0 where none has an end, None where they differ or a carriage return alone is one."""
    returns = np.count_nonzero(signs == RETURN)
    if not returns:
        return min(1, len(feeds))
    is_one = returns == len(feeds) and feeds[0] > 0 and bool((signs[feeds - 1] == RETURN).all())
    return 2 if is_one else None


def _has_odd_line(signs: np.ndarray, feeds: np.ndarray) -> bool:
    """Whether any of the lines has an odd number of quotes; asked of all at once."""
    starts = np.concatenate(([0], feeds))
    return bool(np.bitwise_xor.reduceat((signs == QUOTE).view(np.uint8), starts).any())


class Lines:
    """A text's lines, of which some can be put back; the stream must give every kind of line end as one."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._put_back: deque[str | None] = deque()

    def next(self) -> str | None:
        """The next line with its end, and without byte-order marks; empty at the end, None for one that is too long."""
        if self._put_back:
            return self._put_back.popleft()
        line = self._source.readline(LONGEST_LINE_BYTES + 1)
        if not is_too_long(line):
            # A last line that is nothing but a mark is a blank one; an empty text would be the end.
            return line.replace(BYTE_ORDER_MARK, "") or ("\n" if line else "")
        while line and not line.endswith("\n"):
            line = self._source.readline(LONGEST_LINE_BYTES)
        return None

    def put_back(self, lines: Sequence[str | None]) -> None:
        """Have these lines come again, in their order, before all others."""
        self._put_back.extendleft(reversed(lines))
