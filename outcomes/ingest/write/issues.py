"""What could not be read of a row: rule, field and value, of which nothing that looks private is kept."""

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
from outcomes.ingest.transform.columns import TextColumns, null
from outcomes.ingest.transform.expressions import unknown_value
from outcomes.ingest.transform.timestamps import TimestampReader

# Rule, field, value, and how the value is looked at before it is shown.
Finding = tuple[Expression, str, Expression, str]


def not_understood(
    profile: Profile, columns: TextColumns, timestamp_reader: TimestampReader, texts: ScreenedTexts
) -> Expression:
    """A list of entries (rule, field, value) of what could not be read; values that look private are null.

    Null instead of a list where everything was understood.
    """
    findings: list[Finding] = [(*entry, "looked at") for entry in texts.entries()]
    for name in profile.times:
        findings.append(
            (timestamp_reader.complaint(name), name, timestamp_reader.blamed(name), "time")
        )
    findings += _unknown_words(profile, columns)
    findings += [(rule, name, value, "value") for rule, name, value in columns.complaints]
    is_clean: Expression = ConstantExpression(True)
    for rule, *_ in findings:
        is_clean = is_clean & rule.isnull()
    said = call(
        "list_filter",
        call("list_value", *[_entry(*finding) for finding in findings]),
        LambdaExpression("entry", ColumnExpression("entry").isnotnull()),
    )
    # Most rows have nothing to say; for these no list is built.
    return CaseExpression(is_clean, null("VARCHAR[][]")).otherwise(said)


def _unknown_words(profile: Profile, columns: TextColumns) -> list[Finding]:
    findings: list[Finding] = []
    for name, word in profile.words_of_rows.items():
        unknown = unknown_value(name, word, columns)
        if unknown is not None:
            rule = CaseExpression(unknown.isnull(), null("VARCHAR")).otherwise(
                ConstantExpression("unknown value")
            )
            # Of a column that by its name holds free text or names nothing is shown.
            is_private = private_content(word.column or "") is not None
            shown = null("VARCHAR") if is_private else unknown
            findings.append((rule, name, shown, "value"))
    return findings


def _entry(rule: Expression, field: str, value: Expression, kind: str) -> Expression:
    """The entry, with its value only where that may be shown; null where the rule has nothing to say.

    The value is looked at here and not in a lambda over the list: there its patterns would be made ready
    again for every few rows.
    """
    shown = value
    if kind == "time":
        shown = shown_time(value)
    elif kind == "value":
        shown = shown_value(value)
    shown = CaseExpression(value.isnull(), null("VARCHAR")).otherwise(shown)
    entry = call("list_value", rule, ConstantExpression(field), shown)
    return CaseExpression(rule.isnull(), null("VARCHAR[]")).otherwise(entry)
