"""Lines of a log's text: whether the engine can read them as they are, and if not, each with one kind of end."""

from collections import deque
from collections.abc import Sequence
from typing import TextIO

import numpy as np

# A longer line is none of a log: it is left out, and counted.
LONGEST_LINE_BYTES = 2_000_000
TOO_LONG = "line too long"
# Says in which order the bytes of a text stand, at its beginning; inside a text, where files were joined, it says nothing.
BYTE_ORDER_MARK = "\ufeff"
# How much of a file is looked at in one piece.
PART_CHARACTERS = 1 << 17


def plain_line_count(stream: TextIO) -> int | None:
    """Number of lines that are not blank; None where the engine could not read the text as it is.

    It could not where kinds of line ends are mixed, where a line is too long or has an odd number of quotes, or
    where a byte-order mark stands inside. The stream must give line ends as they are.
    """
    count = 0
    ends = set()
    while part := stream.read(PART_CHARACTERS):
        part += stream.readline(LONGEST_LINE_BYTES + 1)
        if BYTE_ORDER_MARK in part or is_too_long(part[part.rfind("\n", 0, -1) + 1 :]):
            return None
        # Most parts of most files hold no quote at all, and need not be looked at.
        if '"' in part and _has_odd_line(part):
            return None
        end = _line_end(part)
        ends |= {end} - {""}
        if end is None or len(ends) > 1:
            return None
        count += _written_lines(part, end)
    return count


def is_too_long(line: str) -> bool:
    """Whether a line has more bytes, in UTF-8, than a log's line can have."""
    return len(line) > LONGEST_LINE_BYTES or (
        not line.isascii() and len(line.encode("utf-8", "replace")) > LONGEST_LINE_BYTES
    )


def _line_end(part: str) -> str | None:
    """How all its lines end; empty where none of them has an end, None where they differ or a carriage return does."""
    feeds, returns = part.count("\n"), part.count("\r")
    if not returns:
        return "\n" if feeds else ""
    return "\r\n" if feeds == returns == part.count("\r\n") else None


def _written_lines(part: str, end: str) -> int:
    if not end:
        return 1
    if part.startswith(end) or f"\n{end}" in part:
        return sum(1 for line in part.split(end) if line)
    return part.count("\n") + (not part.endswith("\n"))


def _has_odd_line(lines: str) -> bool:
    """Whether any of the lines has an odd number of quotes; asked of all at once."""
    signs = np.frombuffer(lines.replace("\r", "\n").encode("utf-8", "replace"), np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(signs == ord("\n"))))
    return bool(np.bitwise_xor.reduceat((signs == ord('"')).view(np.uint8), starts).any())


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
