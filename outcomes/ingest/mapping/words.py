"""What the words of a log mean, as a person edits it: each value of a closed list or a yes-or-no column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outcomes.ingest.agency import TO_FILL_IN
from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.mapping.columns import Document, flag_of, is_plain_flag
from outcomes.ingest.profile.fields import FLAG_FIELDS, WORD_FIELDS

YES, NO, NOT_SAID = "yes", "no", ""


@dataclass(frozen=True)
class WordTable:
    """The values of one column and what each means for one field."""

    # "words.contact_result" or "flags.has_arrest"
    use: str
    # name of the column in the export
    column: str
    # rows by value, the commonest first; 0 for one that the profile names and the export does not have
    rows: dict[str, int]
    # meaning by value; NOT_SAID where it has none
    meanings: dict[str, str]
    # what a value can mean, NOT_SAID first
    choices: tuple[str, ...]


def word_tables(document: Document, columns: tuple[SeenColumn, ...]) -> list[WordTable]:
    """A table for each field whose meaning is said by values of one column, in the order of the contract."""
    seen = {column.name.casefold(): column for column in columns}
    tables = []
    for field, words in WORD_FIELDS.items():
        part = document.get("words", {}).get(field, {})
        if "column" in part:
            given = {str(value): str(word) for value, word in part.get("values", {}).items()}
            choices = (NOT_SAID, *(str(word) for word in words))
            tables.append(_table(f"words.{field}", str(part["column"]), given, choices, seen))
    for field in FLAG_FIELDS:
        flag = document.get("flags", {}).get(field, {})
        if flag and is_plain_flag(flag):
            given = {
                str(value): answer
                for answer in (YES, NO)
                for value in flag.get(answer, {}).get("is", ())
                if not str(value).startswith(TO_FILL_IN)
            }
            column = str(next(flag[answer]["column"] for answer in (YES, NO) if answer in flag))
            tables.append(_table(f"flags.{field}", column, given, (NOT_SAID, YES, NO), seen))
    return tables


def _table(
    use: str,
    column: str,
    given: Mapping[str, str],
    choices: tuple[str, ...],
    seen: Mapping[str, SeenColumn],
) -> WordTable:
    looked_at = seen.get(column.casefold())
    rows: dict[str, int] = {}
    # Values are compared without regard to case and repeated blanks: one row for all spellings.
    spelled: dict[str, str] = {}
    for value, count in looked_at.values.items() if looked_at else ():
        written = spelled.setdefault(_folded(value), value)
        rows[written] = rows.get(written, 0) + count
    meanings = dict.fromkeys(rows, NOT_SAID)
    for value, meaning in given.items():
        written = spelled.setdefault(_folded(value), value)
        rows.setdefault(written, 0)
        meanings[written] = meaning
    return WordTable(use, column, rows, meanings, choices)


def _folded(value: str) -> str:
    return " ".join(value.split()).casefold()


def set_meanings(document: Document, table: WordTable, meanings: Mapping[str, str]) -> None:
    """Change the document so that the values of the table's column mean these; others stay unsaid."""
    part, _, field = table.use.partition(".")
    said = {value: meaning for value, meaning in meanings.items() if meaning}
    if said == {value: meaning for value, meaning in table.meanings.items() if meaning}:
        return
    place: Any = document[part]
    if part == "words":
        place[field]["values"] = said
        return
    yes = [value for value, meaning in said.items() if meaning == YES]
    no = [value for value, meaning in said.items() if meaning == NO]
    place[field] = flag_of(table.column, yes, no)
