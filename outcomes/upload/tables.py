"""Tables of a mapping that a person edits: columns, words and call types as rows of texts, and back."""

from typing import Any

import pandas
from pandas.io.formats.style import Styler

from outcomes.ingest.mapping.call_types import CODE, type_list
from outcomes.ingest.mapping.columns import (
    BY_RULES,
    EXCLUDED,
    NOT_USED,
    USES,
    column_uses,
    map_columns,
    time_formats,
)
from outcomes.ingest.mapping.words import NOT_SAID, WordTable, set_meanings
from outcomes.ingest.preview import Preview
from outcomes.presentation.charts.theme import LIGHT
from outcomes.upload.text import is_doubtful, row_cells, use_of, use_words
from outcomes.upload.work import LoadWork
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType

SAMPLES = 3
DOUBTFUL_STYLE = f"background-color: {LIGHT.second}; color: {LIGHT.background}"
BETWEEN_FORMATS = " | "
TYPE_LABELS = {kind.value: label(kind) for kind in CallType}
ELIGIBLE_WORDS = {"": "not said", "yes": "yes", "no": "no"}


def preview_cells(preview: Preview) -> list[dict[str, str]]:
    """The first rows of a log as texts by column, those with a cell to look at first."""
    fields = [reading.field for reading in preview.fields]
    cells = [row_cells(row, fields) for row in preview.rows]
    return sorted(cells, key=lambda row: not any(map(is_doubtful, row.values())))


def preview_table(cells: list[dict[str, str]]) -> Styler:
    """The table of these rows, its doubtful cells in a color of their own besides their words."""
    return pandas.DataFrame(cells).style.map(
        lambda cell: DOUBTFUL_STYLE if is_doubtful(cell) else ""
    )


def column_table(work: LoadWork) -> tuple[pandas.DataFrame, list[str]]:
    """Every column that may be shown, with what it is used for; and the uses that it can have."""
    columns = [column for column in work.columns if not column.private]
    uses = column_uses(work.document, [column.name for column in columns])
    rows = pandas.DataFrame(
        {
            "Column": column.name,
            "Used for": use_words(uses[column.name]),
            "Written as": BETWEEN_FORMATS.join(
                time_formats(work.document, uses[column.name]) or column.formats
            ),
            "Filled": column.filled / max(column.rows, 1) * 100,
            "Such as": ", ".join(list(column.values)[:SAMPLES]),
        }
        for column in columns
    )
    by_rules = [BY_RULES] if BY_RULES in uses.values() else []
    return rows, [use_words(use) for use in (*USES, *by_rules)]


def take_columns(work: LoadWork, edited: pandas.DataFrame) -> None:
    """Change the profile so that each column is used as the edited table says.

    Raises LoadProblem where that cannot be.
    """
    formats = {
        column: tuple(one.strip() for one in str(words or "").split("|") if one.strip())
        for column, words in zip(edited["Column"], edited["Written as"], strict=True)
    }
    map_columns(work.document, work.columns, _wanted(edited), formats)


def unused_sentence(edited: pandas.DataFrame) -> str:
    """How many columns the edited table leaves unused, and how many of them on purpose."""
    uses = list(_wanted(edited).values())
    return (
        f"Not used: {counted(uses.count(NOT_USED), 'column')}; "
        f"left out on purpose: {uses.count(EXCLUDED):,}."
    )


def _wanted(edited: pandas.DataFrame) -> dict[str, str]:
    return dict(zip(edited["Column"], map(use_of, edited["Used for"]), strict=True))


def word_rows(table: WordTable) -> tuple[pandas.DataFrame, list[str]]:
    """Each value of a column with what it means; and what it can mean."""
    rows = {
        "Value": list(table.meanings),
        "Rows": [table.rows[value] for value in table.meanings],
        "Means": [_spoken(table, meaning) for meaning in table.meanings.values()],
    }
    return pandas.DataFrame(rows), [_spoken(table, choice) for choice in table.choices]


def take_words(work: LoadWork, table: WordTable, edited: pandas.DataFrame) -> None:
    """Change the profile so that the column's values mean what the edited table says."""
    by_words = {_spoken(table, choice): choice for choice in table.choices}
    meanings = zip(edited["Value"], (by_words[words] for words in edited["Means"]), strict=True)
    set_meanings(work.document, table, dict(meanings))


def _spoken(table: WordTable, meaning: str) -> str:
    if meaning == NOT_SAID:
        return "Not recorded" if table.use.startswith("flags.") else "Not understood"
    return meaning.replace("_", " ").capitalize()


def type_table(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    """Each call-type code with its common type, and whether the team may take such a call."""
    not_mapped = TYPE_LABELS["not_mapped"]
    return pandas.DataFrame(
        {
            "Code": [row.get(CODE, "") for row in rows],
            "Rows": [row.get("rows") or "" for row in rows],
            "Common type": [TYPE_LABELS.get(row.get("call_type", ""), not_mapped) for row in rows],
            "Eligible": [
                ELIGIBLE_WORDS.get(row.get("eligible") or "", ELIGIBLE_WORDS[""]) for row in rows
            ],
        }
    )


def types_from(rows: list[dict[str, Any]], edited: pandas.DataFrame) -> str:
    """The text of call_types.csv with these rows as the edited table has them."""
    kinds = {words: kind for kind, words in TYPE_LABELS.items()}
    said = {words: word for word, words in ELIGIBLE_WORDS.items()}
    changes = zip(rows, edited["Common type"], edited["Eligible"], strict=True)
    return type_list(
        {**row, "call_type": kinds[kind], "eligible": said[eligible]}
        for row, kind, eligible in changes
    )
