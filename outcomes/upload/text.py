"""What the page that brings a log in says: uses of columns, what rows and logs are, what was understood."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from outcomes.analyses.data_quality.text import field_words
from outcomes.ingest.mapping.columns import BY_RULES, EXCLUDED, NOT_USED, USES
from outcomes.ingest.preview import FieldReading, PreviewRow
from outcomes.ingest.profile.fields import TIME_FIELDS, WORD_FIELDS
from outcomes.upload.answerable import ProfileAnswers
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.time_zones import time_zones

USE_WORDS = {
    NOT_USED: "Not used",
    EXCLUDED: "Left out on purpose",
    BY_RULES: "By rules, in the profile itself",
    "call_type.column": "Call type",
    "call_type.final_column": "Final call type",
    "age_column": "Age, kept as a band",
    "birth_year_column": "Year of birth, kept as a band",
    "person_id_column": "Id of a person, kept as a token",
}
# What the profile says of the program, with the name of its field and a hint.
FACTS = {
    "name": ("Name of the program", "as the pages show it"),
    "city": ("City", ""),
    "state": ("State, two capital letters", "such as OH"),
    "data_owner": ("Who owns the log", "such as City of Fernhollow"),
}
US_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"),
)
ZONES = (*US_ZONES, *sorted(time_zones() - set(US_ZONES)))
ROWS_ARE_WORDS = {
    "call": "a call",
    "dispatch": "a dispatch of the team",
    "person": "a person served",
    "unit": "a unit sent to a call",
    "outcome": "an outcome of a call",
}
HOLDS_WORDS = {
    "all_calls": "every call from the public, also those that went to police alone",
    "eligible_calls": "every call that the team may take, reached or not",
    "program_work": "the program's own work alone",
    "other_work": "the work of other responders; no community team is in it",
}
MADE_UP_WORDS = {"real": "A real log", "made_up": "Made up, to try things out"}


def use_words(use: str) -> str:
    """A use of a column in plain words."""
    return USE_WORDS.get(use) or field_words(use.partition(".")[2])


def use_of(words: str) -> str:
    """The use that the plain words stand for."""
    return _USE_OF[words]


_USE_OF = {use_words(use): use for use in (*USES, BY_RULES)}


def reading_sentence(reading: FieldReading) -> str:
    """What became of a field on the first rows, as a sentence."""
    name = field_words(reading.field)
    rows = reading.understood + reading.not_understood + reading.empty
    written = reading.understood + reading.not_understood
    if not written:
        return f"{BOLD}{name}{BOLD}: nothing is written on these {rows:,} rows."
    if not reading.not_understood:
        empty = f"; {reading.empty:,} rows have none" if reading.empty else ""
        return f"{BOLD}{name}{BOLD}: understood on all {written:,} rows that have one{empty}."
    samples = ", ".join(f"“{sample}”" for sample in reading.samples)
    such = f", such as {samples}" if samples else ""
    return (
        f"{BOLD}{name}{BOLD}: understood on {reading.understood:,} of {written:,} rows that have one; "
        f"{BOLD}not understood on {reading.not_understood:,}{BOLD}{such}."
    )


# What a cell of the first rows begins with where a person has to look at it.
NOT_UNDERSTOOD, LOOK = "not understood: ", "look: "


def is_doubtful(cell: str) -> bool:
    """Whether a cell of the first rows was not understood, or was read as what can hardly be."""
    return cell.startswith((NOT_UNDERSTOOD, LOOK))


def _doubt(row: PreviewRow, field: str, today: date) -> str:
    """Why a time that was read can hardly be right; empty where nothing speaks against it."""
    said, called = row.fields.get(field, ""), row.fields.get("received_at", "")
    if field not in TIME_FIELDS or not said:
        return ""
    if said[:10] > f"{today + timedelta(days=1):%Y-%m-%d}":
        return "after today"
    return "before the call" if field != "received_at" and said < called else ""


def row_cells(row: PreviewRow, fields: list[str], today: date | None = None) -> dict[str, str]:
    """One of the first rows as texts by column of the table, what was not understood or can hardly be marked."""
    cells = {"Row": f"{row.number:,}"}
    for field in fields:
        code = "call_type_code" if field == "initial_call_type_code" else field
        if field in row.not_understood or code in row.not_understood:
            written = row.not_understood.get(field, row.not_understood.get(code))
            cells[field_words(field)] = f"{NOT_UNDERSTOOD}{written or 'looks private'}"
        elif doubt := _doubt(row, field, today or date.today()):
            cells[field_words(field)] = f"{LOOK}{row.fields[field]}, {doubt}"
        else:
            said = row.fields.get(field, "")
            cells[field_words(field)] = said.replace("_", " ") if field in WORD_FIELDS else said
    cells["Left out because"] = row.left_out or ""
    return cells


def doubtful_sentence(cells: list[dict[str, str]]) -> str:
    """How many of the first rows have a cell to look at, and in which columns."""
    columns: dict[str, int] = {}
    for row in cells:
        for name, cell in row.items():
            if is_doubtful(cell):
                columns[name] = columns.get(name, 0) + 1
    if not columns:
        return "No cell of these rows is marked."
    listed = ", ".join(f"{name} on {count:,}" for name, count in columns.items())
    return f"Cells to look at are marked and stand first: {listed}."


def answered_sentence(answers: ProfileAnswers) -> str:
    """How many figures a log will answer."""
    count = len(answers.recorded)
    return (
        f"{BOLD}{count} of {count + len(answers.not_recorded)} figures{BOLD} "
        "will have an answer from this log; the others say “not recorded”."
    )


def report_sentence(report: Mapping[str, Any], words: str) -> str:
    """What became of the rows of a load or a dry run; words say of the loaded ones that they are or would be."""
    is_new = report["loaded"] + report["unchanged"]
    return (
        f"{BOLD}{report['rows_read']:,}{BOLD} rows read: {BOLD}{report['loaded']:,}{BOLD} {words}, "
        f"{report['unchanged']:,} are there already, {report['filtered']:,} are left out for a reason, "
        f"{report['rejected']:,} break a rule and are kept aside."
        + ("" if is_new else " Nothing of this log is kept.")
    )


def report_lines(report: Mapping[str, Any]) -> list[str]:
    """Why rows were left out or kept aside, and what a reader should see."""

    def days(reason: str) -> str:
        found = report.get("reason_days", {}).get(reason)
        return f", received {found}" if found else ""

    return [
        *(f"{reason}: {rows:,}{days(reason)}" for reason, rows in report["reasons"].items()),
        *report["notes"],
    ]


def in_words(sentence: str) -> str:
    """A sentence of the draft with the contract's times as a reader calls them."""
    for name in TIME_FIELDS:
        sentence = sentence.replace(f"{name} from", f"{field_words(name).lower()} from")
    return sentence
