"""What could not be read of a row: rule, field and value, of which nothing that looks private is shown or kept."""

from typing import Any

import duckdb
import pyarrow
from duckdb import (
    CaseExpression,
    ColumnExpression,
    ConstantExpression,
    Expression,
    LambdaExpression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.privacy.pii import private_content, shown_time, shown_value
from outcomes.ingest.privacy.pii_screen import ScreenedTexts
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import MADE, TextColumns, null, with_values
from outcomes.ingest.transform.expressions import all_of, unknown_word
from outcomes.ingest.transform.timestamps import TimestampReader

# How a value is looked at before it is shown: as a time, as any other value, or not, for it was.
TIME, VALUE, SHOWN = "time", "value", "shown"
# Columns of a table of what was not understood, whose values may be shown.
COMPLAINT = ("rule", "field", "value", "is_undated", "row_count")
# Rule, field, value, and how the value is looked at before it is shown.
Finding = tuple[Expression, str, Expression, str]


def with_not_understood(
    relation: duckdb.DuckDBPyRelation,
    profile: Profile,
    columns: TextColumns,
    timestamp_reader: TimestampReader,
    texts: ScreenedTexts,
) -> tuple[duckdb.DuckDBPyRelation, Expression]:
    """The relation with what each rule says, and a list of entries (rule, field, value as written, how it is looked at)
    of what could not be read.

    Null instead of a list where everything was understood. What is as written goes through with_shown before anybody sees it.
    """
    findings: list[Finding] = [(*entry, SHOWN) for entry in texts.entries()]
    for name in profile.times:
        findings.append(
            (timestamp_reader.complaint(name), name, timestamp_reader.blamed(name), TIME)
        )
    findings += _unknown_words(profile, columns)
    findings += [(rule, name, value, VALUE) for rule, name, value in columns.complaints]
    # Each rule is asked for three times: as a column it is planned once, which is most of a small load.
    rules = {f"{MADE}rule {place}": rule for place, (rule, *_) in enumerate(findings)}
    is_clean = all_of([ColumnExpression(name).isnull() for name in rules])
    entries = [
        _entry(ColumnExpression(name), field, value, look)
        for name, (_, field, value, look) in zip(rules, findings, strict=True)
    ]
    said = call(
        "list_filter",
        call("list_value", *entries),
        LambdaExpression("entry", ColumnExpression("entry").isnotnull()),
    )
    # Most rows have nothing to say; for these no list is built.
    listed = CaseExpression(is_clean, null("VARCHAR[][]")).otherwise(said)
    return with_values(relation, rules), listed


def _unknown_words(profile: Profile, columns: TextColumns) -> list[Finding]:
    findings: list[Finding] = []
    for name, word in profile.words_of_rows.items():
        if word.column is not None:
            # Of a column that by its name holds free text or names nothing is shown.
            is_private = private_content(word.column) is not None
            shown = null("VARCHAR") if is_private else columns.text(word.column)
            findings.append((unknown_word(name, word.column, columns), name, shown, VALUE))
    return findings


def _entry(rule: Expression, field: str, value: Expression, look: str) -> Expression:
    """The entry; null where the rule has nothing to say."""
    entry = call("list_value", rule, ConstantExpression(field), value, ConstantExpression(look))
    return CaseExpression(rule.isnull(), null("VARCHAR[]")).otherwise(entry)


def with_shown(said: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation, whose columns `written` and `look` hold values of entries, with `value`: what may be shown of each.

    Null where a value looks private. It is asked once for each value and not on every row: its patterns are
    many, and to make them ready for each field cost a small log more than all else.
    """
    written, look = ColumnExpression("written"), ColumnExpression("look")
    value = (
        CaseExpression(written.isnull(), null("VARCHAR"))
        .when(look == ConstantExpression(TIME), shown_time(written))
        .when(look == ConstantExpression(VALUE), shown_value(written))
        .otherwise(written)
    )
    return with_values(said, {"value": value})


def gather_complaints(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `complaint` with what the table `said` holds, its values as they may be shown."""
    shown = with_shown(connection.table("said"))
    shown.select(*map(ColumnExpression, COMPLAINT)).insert_into("complaint")


def shown_values(
    connection: duckdb.DuckDBPyConnection, rows: list[list[list[Any]]]
) -> dict[tuple[Any, Any], str | None]:
    """What may be shown of each value of some rows' entries, by the value as written and how it is looked at."""
    said = list(dict.fromkeys((entry[2], entry[3]) for entries in rows for entry in entries))
    columns = {
        name: pyarrow.array([one[place] for one in said], pyarrow.string())
        for place, name in enumerate(("written", "look"))
    }
    shown = with_shown(connection.from_arrow(pyarrow.table(columns))).fetchall()
    return {(written, look): value for written, look, value in shown}
