"""In which rows of a file the names of its columns stand, told by what stands above and below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from outcomes.ingest.read.headers import name_parts
from outcomes.ingest.read.sheets import Span

# The header is looked for in this many rows; titles and dates of a report stand above it.
MOST_HEADER_ROWS = 20
# A row with this share of numbers and dates, or more, is no row of names.
MOST_VALUES_IN_HEADER = 0.3
VALUE = re.compile(
    r"[-+$(]?\d[\d\s:/.,\-+%)]*(?:[AaPp]\.?[Mm]\.?)?|\d{4}-\d{2}-\d{2}T.*|.*@.*|.*\d{4}.*|.{81,}|null|n/?a",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """Where the names of the columns stand."""

    # the first of their rows, from 1, and how many
    row: int
    rows: int = 1

    @property
    def last(self) -> int:
        """The last row of names."""
        return self.row + self.rows - 1

    @property
    def keys(self) -> dict[str, int]:
        """What the profile says of it."""
        return {"header_row": self.row} | ({"header_rows": self.rows} if self.rows > 1 else {})

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons of these keys."""
        above = "" if self.row == 1 else f"; {self.row - 1} above it are no names"
        reasons = {"header_row": f"the first row that holds names and no values{above}"}
        if self.rows > 1:
            reasons["header_rows"] = (
                "CHECK: names of groups stand over the names of columns, and both are joined"
            )
        return reasons

    def own_names(self, rows: list[list[str]], spans: Sequence[Span]) -> tuple[str, ...]:
        """The name of each column without that of its group; empty where there are no groups."""
        if self.rows == 1:
            return ()
        parts = _name_parts(rows, self.row, spans)
        return tuple(one[-1] if one else "" for one in parts)


def _name_parts(rows: list[list[str]], row: int, spans: Sequence[Span]) -> list[tuple[str, ...]]:
    """The names of groups in a row, from 1, over those of columns in the next."""
    inside = [(at - row + 1, first, last) for at, first, last in spans if at >= row - 1]
    return name_parts(rows[row - 1 : row + 1], inside)


def find_header(rows: list[list[str]], width: int, spans: Sequence[Span] = ()) -> Header | None:
    """The first rows that read as column names; None where there are none."""
    # Columns in which nothing is written, such as those of trailing commas, need no name.
    used = sum(any(cell.strip() for cell in cells) for cells in zip_longest(*rows, fillvalue=""))
    for number, row in enumerate(rows[:MOST_HEADER_ROWS], start=1):
        names = [cell.strip() for cell in row]
        written = [name for name in names if name]
        if len(row) != width or len(written) < max(2, used / 2):
            continue
        values = sum(VALUE.fullmatch(name) is not None for name in written)
        if values >= MOST_VALUES_IN_HEADER * len(written):
            return None
        # A value comes again further down its column; a name does not.
        # The header itself may come again, on each page of a report.
        below = [
            below
            for below in rows[number:]
            if len(below) == width and [cell.strip() for cell in below] != names
        ]
        repeated = sum(
            any(other[place].strip() == name for other in below)
            for place, name in enumerate(names)
            if name
        )
        if repeated >= len(written) / 2:
            return None
        following = rows[number] if number < len(rows) else []
        has_groups = (
            len(following) == width
            and _is_of_groups(rows, number, spans)
            and not any(
                other[place].strip() == name.strip()
                for other in below[1:]
                for place, name in enumerate(following)
                if name.strip()
            )
        )
        if has_groups:
            return Header(number, 2)
        if number > 1 and _is_of_groups(rows, number - 1, spans):
            return Header(number - 1, 2)
        return Header(number)
    return None


def _is_of_groups(rows: list[list[str]], row: int, spans: Sequence[Span]) -> bool:
    """Whether a row, from 1, names groups of the columns that the row below it names."""
    above, below = ([cell.strip() for cell in one] for one in rows[row - 1 : row + 1])
    names = [name for name in below if name]
    groups = [name for name in above if name]
    values = sum(VALUE.fullmatch(name) is not None for name in (*names, *groups))
    gaps = sum(not one and bool(two) for one, two in zip(above, below, strict=False))
    if not gaps or len(groups) < 2 or len(names) < 2 or values:
        return False
    joined = [parts for parts in _name_parts(rows, row, spans) if parts]
    return len(set(joined)) == len(joined)
