"""The list of call types as a person edits it: each code's common type, and whether the team may take it."""

import csv
import io
from collections.abc import Iterable

from outcomes.ingest.draft.synonyms import guessed_call_type
from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.vocabulary.spreadsheet import safe_cell, unmarked

NEW_COLUMNS = ("code", "call_type", "eligible", "rows", "note")
CODE = "code"


def type_rows(text: str | None, column: SeenColumn | None) -> list[dict[str, str]]:
    """The list's rows as it stands, then the codes of the export's column that are not on it, with a guess."""
    read = csv.DictReader(io.StringIO(text)) if text else []
    rows = [{name: unmarked(cell or "") for name, cell in row.items() if name} for row in read]
    known = {_folded(row[CODE]) for row in rows if row.get(CODE)}
    for code, count in (column.values if column else {}).items():
        if _folded(code) not in known:
            known.add(_folded(code))
            rows.append(
                {
                    CODE: code,
                    "call_type": str(guessed_call_type(code)),
                    "eligible": "",
                    "rows": str(count),
                    "note": "guessed from the words of the code",
                }
            )
    return rows


def type_list(rows: Iterable[dict[str, str]]) -> str:
    """The text of call_types.csv with these rows, every column of theirs kept."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row if name)) or list(NEW_COLUMNS)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, lineterminator="\n", restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(
        {name: safe_cell(value or "") for name, value in row.items() if name} for row in rows
    )
    return stream.getvalue()


def _folded(code: str) -> str:
    return " ".join(code.split()).casefold()
