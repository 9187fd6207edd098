"""Stage: one file's text rows become typed rows of the contract, with what was not understood beside them."""

from dataclasses import dataclass, field

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    LambdaExpression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.privacy.person_token import age_band, person_token
from outcomes.ingest.privacy.pii import (
    private_content,
    text_complaint,
)
from outcomes.ingest.privacy.pii_screen import ScreenedTexts
from outcomes.ingest.profile.fields import FLAG_FIELDS, TEXT_FIELDS, TIME_FIELDS, WORD_FIELDS
from outcomes.ingest.profile.patterns import named_parts
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import (
    LookUps,
    OwnColumns,
    TextColumns,
    folded_text,
    header_of,
    null,
    with_own_columns,
    with_values,
)
from outcomes.ingest.transform.expressions import (
    all_of,
    condition_expression,
    first_that_holds,
    flag_expression,
    found_word,
    found_words,
    word_expression,
)
from outcomes.ingest.transform.no_record import NoRecord
from outcomes.ingest.transform.silence import says_nothing
from outcomes.ingest.transform.timestamps import TimestampReader, is_mark_of_swap
from outcomes.ingest.write.issues import with_not_understood

# Name of one unit inside a cell that names several.
ONE_UNIT = "one_unit"
# What an id needs before it where ids restart.
RESTARTED = {"year": "%Y-", "month": "%Y-%m-", "day": "%Y-%m-%d-"}
# How a field is written that is null on every row.
NEVER_FILLED = {
    str(null(kind)) for kind in ("VARCHAR", "TIMESTAMP", "BOOLEAN", "VARCHAR[]", "VARCHAR[][]")
}


@dataclass(frozen=True)
class ReadContext:
    """What is needed beside profile and log to read it."""

    # look-up files as read
    lookups: LookUps = field(default_factory=dict)
    # what person tokens are made with; empty where the profile names no person
    secret: bytes = b""


def staged_rows(
    relation: duckdb.DuckDBPyRelation,
    profile: Profile,
    profile_digest: str,
    file_name: str,
    context: ReadContext | None = None,
) -> tuple[duckdb.DuckDBPyRelation, list[str]]:
    """The file's rows as contract fields, one staged row per row of the file, and its unused columns.

    Raises LoadProblem where the profile names a column that the file does not have, or one that by its
    name holds what is never stored.
    """
    context = context or ReadContext()
    columns = TextColumns(relation.columns, profile.file.decimal_mark)
    _refuse_private_headers(profile, columns)
    own = OwnColumns(profile.columns, _values_of_name(profile, file_name), context.lookups)
    prepared = with_own_columns(folded_text(relation, profile.file.null_words), columns, own)
    timestamp_reader = TimestampReader(profile.times, columns, profile.program.time_zone)
    texts = ScreenedTexts(profile, columns)
    prepared = timestamp_reader.added(prepared)
    for name in profile.times:
        _refuse_swapped(prepared, name, timestamp_reader)
    prepared = texts.added(prepared)
    prepared = found_words(profile.words_of_rows, columns, prepared)

    no_record = NoRecord(profile, columns, relation.columns, timestamp_reader)
    fields = _contract_fields(profile, columns, timestamp_reader, texts, context.secret)
    prepared, entries = with_not_understood(prepared, profile, columns, timestamp_reader, texts)
    # A row's number is its place in the table that this fills; to count here would take one core alone.
    staged = prepared.select(
        *[expression.alias(name) for name, expression in fields.items()],
        _filter_reason(profile, columns, no_record.reason()).alias("filter_reason"),
        no_record.is_short().alias("is_short"),
        _repeat_key(profile, columns, relation.columns).alias("repeat_key"),
        entries.alias("not_understood"),
    )
    # What the profile never fills is null on every row, and its digest says so.
    filled = [name for name, value in fields.items() if str(value) not in NEVER_FILLED]
    values = [ConstantExpression(profile_digest), *map(ColumnExpression, filled)]
    hashed = with_values(staged, {"row_hash": _digest(values, profile.has_ids)})
    ignored = {name.casefold() for name in profile.ignored_columns}
    unused = [name for name in columns.unused() if name.casefold() not in ignored]
    return hashed, unused


def _refuse_private_headers(profile: Profile, columns: TextColumns) -> None:
    """The profile's own names were looked at when it was read; here is what they are in this file."""
    own = {name.casefold(): (name, column) for name, column in profile.columns.items()}
    for key, name in profile.stored_columns():
        if name.casefold() not in own or own[name.casefold()][1].lookup is not None:
            continue
        header = header_of(*own[name.casefold()], columns)
        content = private_content(header or "")
        if content is not None:
            raise LoadProblem(
                f"Expected a column that may be stored for {key}, found [{header}], which by its name "
                f"holds {content}; these are never stored: map another column or leave the key out."
            )


def _refuse_swapped(relation: duckdb.DuckDBPyRelation, field: str, reader: TimestampReader) -> None:
    """Raise LoadProblem where a spreadsheet made dates of a day-first log's days 1 to 12 alone, or of a month-first one's."""
    counts = reader.swapped_mark(field)
    if counts is None:
        return
    made, made_low, left, left_high = relation.aggregate(counts).fetchall()[0]
    if made_low == made and left_high == left and is_mark_of_swap(made, left):
        raise LoadProblem(
            f"Expected dates of times.{field} with day and month in their places, found [{made:,} that a spreadsheet "
            f"took for dates, all of at most the 12th, and {left:,} that it left as text, all after the 12th], the mark of day "
            'and month swapped; add day_and_month = "swapped" to put them back, or "as_written" where they are right.'
        )


def _values_of_name(profile: Profile, file_name: str) -> dict[str, str | None]:
    if profile.file.name_pattern is None:
        return {}
    found = named_parts(profile.file.name_pattern, file_name)
    if found is None:
        raise LoadProblem(
            f"Expected a file name that fits name_pattern [{profile.file.name_pattern}], "
            f"found [{file_name}]; rename the file or correct the profile."
        )
    return {name: value.strip() or None for name, value in found.items()}


def _contract_fields(
    profile: Profile,
    columns: TextColumns,
    timestamp_reader: TimestampReader,
    texts: ScreenedTexts,
    secret: bytes,
) -> dict[str, Expression]:
    fields: dict[str, Expression] = {}
    for name in TEXT_FIELDS:
        fields[name] = texts.kept(name)
    fields["received_date"] = columns.received_date
    if profile.log.ids_restart is not None:
        restarted = ConstantExpression(RESTARTED[profile.log.ids_restart])
        start = call("strftime", columns.received_date, restarted)
        # Of a call without a date nobody knows which of the ids it has: it keeps what is written.
        whole = call("||", CoalesceOperator(start, ConstantExpression("")), fields["incident_id"])
        fields["incident_id"] = whole
    for name in TIME_FIELDS:
        fields[name] = timestamp_reader.time(name) if name in profile.times else null("TIMESTAMP")
    for name in WORD_FIELDS:
        default = "unknown" if name == "responder_type" else "not_recorded"
        is_filled = name in profile.words_of_rows
        fields[name] = found_word(name, default) if is_filled else ConstantExpression(default)
    for name in FLAG_FIELDS:
        flag = profile.flags.get(name)
        fields[name] = flag_expression(flag, columns) if flag else null("BOOLEAN")
    fields |= texts.call_type_codes()
    fields["age_band"] = _age_band(profile, columns)
    fields["person_token"] = null("VARCHAR")
    if profile.person_id_column is not None:
        person_id = columns.text(profile.person_id_column)
        fields["person_token"] = person_token(person_id, profile.program.id, secret)
    fields["injuries"] = _injuries(profile, columns)
    fields["units"] = _units(profile, columns)
    return fields


def _age_band(profile: Profile, columns: TextColumns) -> Expression:
    column = profile.age_column or profile.birth_year_column
    if column is None:
        return null("VARCHAR")
    text = columns.text(column)
    age = number = columns.number(text)
    if profile.birth_year_column is not None:
        age = call("year", columns.received_date) - number
    band = age_band(age)
    nothing_wrong = null("VARCHAR")
    complaint = (
        CaseExpression(text.isnull() | band.isnotnull(), nothing_wrong)
        .when(age.isnotnull(), ConstantExpression("out of range"))
        .when(number.isnotnull() | says_nothing(text, of_a_person=True), nothing_wrong)
        .otherwise(ConstantExpression("unreadable"))
    )
    # Neither an exact age nor a name is kept, also where it cannot be read: what is told is its shape.
    masked = text
    for sign, instead in ((r"\pN", "9"), (r"\pL", "x")):
        masked = call("regexp_replace", masked, *map(ConstantExpression, (sign, instead, "g")))
    is_private = private_content(column) is not None
    columns.complaints.append((complaint, "age_band", null("VARCHAR") if is_private else masked))
    return band


def _units(profile: Profile, columns: TextColumns) -> Expression:
    """The units that one cell names, each with its responder type; null where it names none."""
    if profile.units is None:
        return null("VARCHAR[][]")
    cell = columns.text(profile.units.column)
    one = call("trim", ColumnExpression(ONE_UNIT))
    word = profile.words.get("responder_type")
    kind: Expression = ConstantExpression("unknown")
    if word is not None:
        with columns.standing_for(profile.units.column, one):
            kind = word_expression(word, columns, "unknown")
    # A unit is a code; what looks like anything else is not kept.
    kept = CaseExpression(text_complaint(one, is_id=True).isnull(), one).otherwise(null("VARCHAR"))
    named = call(
        "list_transform",
        _cells(cell, profile.units.separator),
        LambdaExpression(ONE_UNIT, call("list_value", kept, kind)),
    )
    is_unit = LambdaExpression(
        ONE_UNIT,
        call("list_extract", ColumnExpression(ONE_UNIT), ConstantExpression(1))
        != ConstantExpression(""),
    )
    return call("list_filter", named, is_unit)


def _cells(cell: Expression, separator: str) -> Expression:
    return call("string_split", cell, ConstantExpression(" ".join(separator.split()) or " "))


def _injuries(profile: Profile, columns: TextColumns) -> Expression:
    """A list with one entry per place where a row can hold an injured person; null where it holds none."""
    if not profile.injuries:
        return null("VARCHAR[][]")
    entries = []
    for place, injury in enumerate(profile.injuries):
        entry = call(
            "list_value",
            ConstantExpression(str(place)),
            word_expression(injury.role, columns, "not_recorded"),
            word_expression(injury.severity, columns, "not_recorded"),
        )
        holds = condition_expression(injury.when, columns)
        entries.append(CaseExpression(holds, entry).otherwise(null("VARCHAR[]")))
    is_nobody = all_of([entry.isnull() for entry in entries])
    # On most rows nobody was injured; for these no list is built.
    return CaseExpression(is_nobody, null("VARCHAR[][]")).otherwise(call("list_value", *entries))


def _filter_reason(profile: Profile, columns: TextColumns, no_record: Expression) -> Expression:
    branches = [
        (condition_expression(rule.when, columns), rule.reason)
        for rule in profile.filters
        if rule.when is not None
    ]
    if not branches:
        return no_record
    return first_that_holds(branches).otherwise(no_record)


def _repeat_key(profile: Profile, columns: TextColumns, headers: list[str]) -> Expression:
    """What rows that repeat each other have in common; null where the profile filters no repeats."""
    for rule in profile.filters:
        if rule.repeats is not None:
            names = rule.repeats or tuple(headers)
            texts = [
                columns.text(name) if rule.repeats else ColumnExpression(name) for name in names
            ]
            return call("md5", _as_text(texts))
    return null("VARCHAR")


def _digest(values: list[Expression], has_ids: bool) -> Expression:
    """A row's digest, equal where all values are.

    With ids it only tells an amended row from the stored one: the engine's own 64 bits do, in a fifth of the time. Where
    the digest is the row's identity it is MD5, which is the same in every version of the engine.
    """
    if has_ids:
        return call("hash", *values).cast("VARCHAR")
    return call("md5", _as_text(values))


def _as_text(expressions: list[Expression]) -> Expression:
    texts = [expression.cast("VARCHAR") for expression in expressions]
    return call("list_value", *texts).cast("VARCHAR")
