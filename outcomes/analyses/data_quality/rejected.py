"""Rejected rows for download: file, row, column, value and rule, as CSV for the agency's own staff."""

from pathlib import Path

from outcomes.presentation.csv_file import csv_text
from outcomes.selection import SelectionError
from outcomes.store.rejected_rows import rejected_rows
from outcomes.vocabulary.log import View

HEADER = ("file", "row", "column", "value", "rule")


def rejected_csv(program_id: str, store: Path, view: View) -> str:
    """The rows that the program's last load rejected, as CSV with a header; the header alone where none was.

    Raises SelectionError in the public view, for a value may tell of a single call, and StoreProblem
    where the program or its rejected rows are not there.
    """
    if view is not View.PROGRAM:
        raise SelectionError(
            f"Expected the program view for rejected rows, found [{view.value}]; "
            "they are for the agency's own staff."
        )
    return csv_text(
        HEADER,
        (
            (row.source_file, row.source_row, row.field, row.value, row.rule)
            for row in rejected_rows(store, program_id)
        ),
    )
