"""Stage: one file's text rows become typed rows of the contract, with what was not understood beside them."""

import csv
from pathlib import Path

import duckdb
import pyarrow
from duckdb import CaseExpression, ConstantExpression, Expression
from duckdb import FunctionExpression as call

from outcomes.load.fields import FLAG_FIELDS, TEXT_FIELDS, TIME_FIELDS, WORD_FIELDS
from outcomes.load.problem import LoadProblem
from outcomes.load.profile import CallTypes, Profile
from outcomes.load.rules import (
    TextColumns,
    date_expression,
    first_that_holds,
    flag_expression,
    folded_text,
    null,
    rule_expression,
    time_complaint,
    time_expression,
    unknown_value,
    word_expression,
    written_time,
)
from outcomes.vocabulary import CallType

# Lower bounds of the age bands, in years; an exact age is never stored.
AGE_BANDS = ((18, "under 18"), (25, "18 to 24"), (45, "25 to 44"), (65, "45 to 64"))
OLDEST_BAND = "65 and over"
OLDEST_AGE = 120


def staged_rows(
    relation: duckdb.DuckDBPyRelation,
    profile: Profile,
    profile_digest: str,
) -> tuple[duckdb.DuckDBPyRelation, list[str]]:
    """The file's rows as contract fields, one staged row per row of the file, and its unused columns.

    Raises LoadProblem where the profile names a column that the file does not have.
    """
    columns = TextColumns(relation.columns)
    fields = _contract_fields(profile, columns)
    row_hash = call("md5", _as_text([ConstantExpression(profile_digest), *fields.values()]))
    filter_reason = _filter_reason(profile, columns)
    complaints = _not_understood(profile, columns)
    ignored = {name.casefold() for name in profile.ignored_columns}
    unused = [name for name in columns.unused() if name.casefold() not in ignored]

    # A row's number is its place in the table that this fills; to count here would take one core alone.
    staged = folded_text(relation, profile.file.null_words).select(
        *[expression.alias(name) for name, expression in fields.items()],
        filter_reason.alias("filter_reason"),
        complaints.alias("not_understood"),
        row_hash.alias("row_hash"),
    )
    return staged, unused


def _contract_fields(profile: Profile, columns: TextColumns) -> dict[str, Expression]:
    fields: dict[str, Expression] = {}
    for name in TEXT_FIELDS:
        column = profile.text.get(name)
        fields[name] = columns.text(column) if column else null("VARCHAR")
    fields["received_date"] = date_expression(profile.times["received_at"], columns)
    for name in TIME_FIELDS:
        time = profile.times.get(name)
        fields[name] = time_expression(time, columns) if time else null("TIMESTAMP")
    for name in WORD_FIELDS:
        word = profile.words.get(name)
        default = "unknown" if name == "responder_type" else "not_recorded"
        fields[name] = (
            word_expression(word, columns, default) if word else ConstantExpression(default)
        )
    for name in FLAG_FIELDS:
        flag = profile.flags.get(name)
        fields[name] = flag_expression(flag, columns) if flag else null("BOOLEAN")
    types = profile.call_type
    fields["initial_call_type_code"] = columns.text(types.column) if types else null("VARCHAR")
    fields["final_call_type_code"] = (
        columns.text(types.final_column) if types and types.final_column else null("VARCHAR")
    )
    fields["age_band"] = _age_band(profile, columns)
    fields["injuries"] = _injuries(profile, columns)
    return fields


def _age_band(profile: Profile, columns: TextColumns) -> Expression:
    if profile.age_column is None:
        return null("VARCHAR")
    age = columns.text(profile.age_column).try_cast("DOUBLE")
    limits = [(0, None), *AGE_BANDS, (OLDEST_AGE + 1, OLDEST_BAND)]
    branches = [(age < ConstantExpression(limit), band) for limit, band in limits]
    chosen = CaseExpression(branches[0][0], null("VARCHAR"))
    for test, band in branches[1:]:
        chosen = chosen.when(test, ConstantExpression(band))
    return chosen.otherwise(null("VARCHAR"))


def _injuries(profile: Profile, columns: TextColumns) -> Expression:
    """A list with one entry per place where a row can hold an injured person; null where it holds none."""
    if not profile.injuries:
        return ConstantExpression([]).cast("VARCHAR[][]")
    entries = []
    for place, injury in enumerate(profile.injuries):
        entry = call(
            "list_value",
            ConstantExpression(str(place)),
            word_expression(injury.role, columns, "not_recorded"),
            word_expression(injury.severity, columns, "not_recorded"),
        )
        holds = rule_expression(injury.when, columns)
        entries.append(CaseExpression(holds, entry).otherwise(null("VARCHAR[]")))
    return _list_or_null(entries)


def _filter_reason(profile: Profile, columns: TextColumns) -> Expression:
    if not profile.filters:
        return null("VARCHAR")
    branches = [(rule_expression(rule.when, columns), rule.reason) for rule in profile.filters]
    return first_that_holds(branches).otherwise(null("VARCHAR"))


def _not_understood(profile: Profile, columns: TextColumns) -> Expression:
    """A list of entries (rule, field, value); an entry is null where the value was understood."""
    entries = []
    for name, time in profile.times.items():
        complaint = time_complaint(time, columns)
        entry = call("list_value", complaint, ConstantExpression(name), written_time(time, columns))
        entries.append(CaseExpression(complaint.isnull(), null("VARCHAR[]")).otherwise(entry))
    for name, word in profile.words.items():
        unknown = unknown_value(word, columns)
        if unknown is not None:
            entry = call(
                "list_value", ConstantExpression("unknown value"), ConstantExpression(name), unknown
            )
            entries.append(CaseExpression(unknown.isnull(), null("VARCHAR[]")).otherwise(entry))
    return _list_or_null(entries)


def _list_or_null(entries: list[Expression]) -> Expression:
    """The entries as a list; null where all are null, as on most rows, which saves time and a third of the memory."""
    nothing = entries[0].isnull()
    for entry in entries[1:]:
        nothing = nothing & entry.isnull()
    return CaseExpression(nothing, null("VARCHAR[][]")).otherwise(call("list_value", *entries))


def _as_text(expressions: list[Expression]) -> Expression:
    texts = [expression.cast("VARCHAR") for expression in expressions]
    return call("list_value", *texts).cast("VARCHAR")


def read_call_type_list(folder: Path, types: CallTypes | None) -> pyarrow.Table:
    """The agency's call-type list, one row per code: code (lower case), call_type, is_eligible or null.

    No rows where the profile has no call types. Raises LoadProblem, naming file and row, where the
    list is missing, has an unknown word, or maps one code twice to different things.
    """
    entries: dict[str, tuple[str, bool | None]] = {}
    if types is not None:
        path = folder / types.list
        if not path.is_file():
            raise LoadProblem(
                f"Expected a call-type list at {path}, found [nothing]; write one with the columns "
                "code, call_type, eligible."
            )
        for number, row in enumerate(_list_rows(path), start=2):
            code, entry = _list_entry(path, number, row)
            if entries.setdefault(code, entry) != entry:
                raise LoadProblem(
                    f"{path}, row {number}: expected each code once, found [{code}] again with "
                    "another meaning; keep one of the two."
                )
    return pyarrow.table(
        {
            "code": pyarrow.array(list(entries), pyarrow.string()),
            "call_type": pyarrow.array([kind for kind, _ in entries.values()], pyarrow.string()),
            "is_eligible": pyarrow.array([may for _, may in entries.values()], pyarrow.bool_()),
        }
    )


def _list_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LoadProblem(
            f"Expected {path} to be CSV in UTF-8, found [{error}]; save it as UTF-8."
        ) from None


def _list_entry(
    path: Path, number: int, row: dict[str, str]
) -> tuple[str, tuple[str, bool | None]]:
    code = " ".join((row.get("code") or "").split()).lower()
    kind = (row.get("call_type") or "").strip()
    eligible = (row.get("eligible") or "").strip().lower()
    if not code or kind not in list(CallType):
        raise LoadProblem(
            f"{path}, row {number}: expected a code and a call type of the common list, "
            f"found [{code}, {kind}]; choose from {', '.join(CallType)}."
        )
    if eligible not in ("yes", "no", ""):
        raise LoadProblem(
            f"{path}, row {number}: expected eligible to be yes, no or empty, found [{eligible}]; "
            "write one of these."
        )
    return code, (kind, {"yes": True, "no": False, "": None}[eligible])
