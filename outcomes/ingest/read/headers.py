"""Names of a file's columns: trimmed, each once, with a name for those that have none."""

import re
from collections.abc import Sequence

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.file_format import FileFormat
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


def header_names(first_row: Sequence[str], file_format: FileFormat) -> list[str]:
    """Column names by the header row, or column 1, column 2 ... where the file has no header."""
    return unique_names(first_row if file_format.header_row else [""] * len(first_row))
