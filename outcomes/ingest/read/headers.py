"""Names of a file's columns: trimmed, each once, with a name for those that have none."""

import re
from collections.abc import Sequence

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.read.sheets import Span
from outcomes.ingest.transform.blanks import tidy

MOST_COLUMNS = 2_000
# Characters that no name has; the loader's own columns begin with one.
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def unique_names(names: Sequence[str]) -> list[str]:
    """Header names with single blanks and none around them; a repeated name gets its position, an empty one too, and one of stars alone.

    Raises LoadProblem where there are more columns than any log has.
    """
    if len(names) > MOST_COLUMNS:
        raise LoadProblem(
            f"Expected at most {MOST_COLUMNS:,} columns, found [{len(names):,}]; "
            "check the delimiter and the file."
        )
    seen: set[str] = set()
    unique = []
    for position, name in enumerate(names, start=1):
        clean = tidy(CONTROL.sub(" ", name))
        # To the engine, a column that is called * is every column.
        clean = clean if clean.strip("*") else f"column {position}"
        while clean.casefold() in seen:
            clean = f"{clean} ({position})"
        seen.add(clean.casefold())
        unique.append(clean)
    return unique


def header_names(
    rows: Sequence[Sequence[str]], file_format: FileFormat, spans: Sequence[Span] = ()
) -> list[str]:
    """Column names by the header's rows, or column 1, column 2 ... where the file has no header."""
    if not file_format.header_row:
        return unique_names([""] * len(rows[0]))
    return unique_names([" ".join(parts) for parts in name_parts(rows, spans)])


def name_parts(rows: Sequence[Sequence[str]], spans: Sequence[Span] = ()) -> list[tuple[str, ...]]:
    """Of each column the names that stand over it, from the group's to its own; no name twice, and no empty one.

    A group's name stands over the columns of its merged cells. Where no cells of its row are merged it also stands over
    the columns after it whose cells are empty, up to one that has no name of its own below.
    """
    if len(rows) == 1:
        return [(cell,) for cell in rows[0]]
    width = max(map(len, rows))
    cells = [[tidy(cell) for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    for place, row in enumerate(cells[:-1]):
        of_row = [(first, last) for at, first, last in spans if at == place and last > first]
        for first, last in of_row:
            row[first : last + 1] = [row[first]] * (min(last, width - 1) - first + 1)
        if not of_row:
            _carry_on(row, cells[place + 1])
    return [
        tuple(dict.fromkeys(row[column] for row in cells if row[column])) for column in range(width)
    ]


def _carry_on(row: list[str], below: list[str]) -> None:
    """Write each name of a group over the empty cells after it."""
    group = ""
    for column, own in enumerate(below):
        if row[column]:
            group = row[column]
        if not own:
            group = ""
        row[column] = row[column] or group
