"""The columns of an export as a person may see them: how full, which values, and none that looks private."""

from dataclasses import dataclass

from outcomes.ingest.draft.columns import may_be_shown
from outcomes.ingest.draft.record import Guesses

# A column with more different values than a list of codes has is shown by its commonest ones.
MOST_CODES, MOST_SHOWN = 1_000, 60


@dataclass(frozen=True)
class SeenColumn:
    """One column of an export, without anything that looks private."""

    # name in the header
    name: str
    # rows that were looked at, and those on which something is written
    rows: int
    filled: int
    # number of different values
    distinct: int
    # why it is never stored nor shown; empty where nothing says so
    private: str
    # the commonest values that may be shown, with their rows
    values: dict[str, int]
    # formats of its dates or times, in the order in which they are tried; empty where it holds none
    formats: tuple[str, ...]


def seen_columns(found: Guesses) -> tuple[SeenColumn, ...]:
    """Every column in the order of the export; of a private one the name and the reason alone."""
    formats = {time.column.name: time.formats for time in found.time_columns}
    seen = []
    for column in found.columns:
        private = found.private.get(column.name, "")
        shown = {} if private else {v: n for v, n in column.values.items() if may_be_shown(v)}
        seen.append(
            SeenColumn(
                name=column.name,
                rows=column.rows,
                filled=column.filled,
                distinct=column.distinct,
                private=private,
                values=shown
                if len(shown) <= MOST_CODES
                else dict(list(shown.items())[:MOST_SHOWN]),
                formats=() if private else formats.get(column.name, ()),
            )
        )
    return tuple(seen)
