"""The one CSV writer: every cell safe in a spreadsheet, what is missing left empty."""

import csv
import io
from collections.abc import Iterable, Mapping

from outcomes.answers.answer import Source
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.spreadsheet import safe_cell


def csv_text(
    columns: Iterable[str],
    rows: Iterable[Iterable[object]],
    in_every_row: Mapping[str, object] | None = None,
    quote: str = "",
    quote_row: int = -1,
) -> str:
    """A header and rows as CSV, empty where a cell is None.

    The columns that say the same in every row come after the others. A quotable sentence has a column of its own
    behind them, and stands in one row of it, the last unless told.
    """
    same = dict(in_every_row or {})
    lines = [[*row, *same.values()] for row in rows]
    header = [*columns, *same]
    if quote:
        header.append("quotable_sentence")
        quoted = quote_row % len(lines) if lines else None
        for place, line in enumerate(lines):
            line.append(quote if place == quoted else "")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(safe_cell, header))
    writer.writerows([safe_cell(cell) for cell in line] for line in lines)
    return stream.getvalue()


def source_columns(source: Source) -> dict[str, object]:
    """The columns that say where a file's rows come from: real or made-up data, and the snapshot."""
    return {"data": label(source.data_kind), "snapshot": source.snapshot}
