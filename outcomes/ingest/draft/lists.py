"""A draft's guesses about call types, closed lists, flags and filters, as lines of TOML and a call-type list."""

import csv
import io
import re
from collections import Counter

from outcomes.ingest.draft.columns import Column, may_be_shown
from outcomes.ingest.draft.record import Guesses
from outcomes.ingest.draft.synonyms import (
    FLAG_NAMES,
    WORD_NAMES,
    guessed_call_type,
    guessed_words,
    named,
    yes_and_no,
)
from outcomes.ingest.draft.toml import count_words, quoted
from outcomes.vocabulary.spreadsheet import safe_cell

# A closed list has at most this many values.
MOST_WORDS = 60
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NUMBER_NAME = re.compile(r"\b(secs?|seconds|mins?|minutes|hours|duration|elapsed)\b")
# Words in a list of outcomes that a flag can be made from.
OUTCOMES = {
    "has_arrest": r"\barrest",
    "has_involuntary_hold": r"involuntary|apprehen|5150|\bhold\b",
    "has_emergency_department": r"emergency (dep|room)|\bhospital",
}


def list_lines(found: Guesses) -> list[str]:
    """The parts of the profile that say what the values of lists mean."""
    used: set[str] = set()
    return [
        *_call_type(found),
        *_words(found, used),
        *_flags(found, used),
        *_outcomes(found),
        *_filters(found),
        *_unused(found, used),
    ]


def call_type_codes(found: Guesses) -> tuple[Counter[str], int]:
    """Rows by call-type code, and how many codes are left out because they may be free text."""
    codes: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    excluded = 0
    for column in (found.call_type, found.final_type):
        for code, rows in column.values.items() if column else ():
            if may_be_shown(code):
                codes[spelled.setdefault(" ".join(code.split()).casefold(), code)] += rows
            else:
                excluded += 1
    return codes, excluded


def call_type_list(found: Guesses) -> str:
    """The text of call_types.csv: guessed words, eligible left to a person, and the rows of each code in its note."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "call_type", "eligible", "rows", "note"))
    for code, rows in call_type_codes(found)[0].most_common():
        kind = guessed_call_type(code)
        note = "no guess" if kind == "not_mapped" else "guessed from the words of the code"
        writer.writerow((safe_cell(code), kind, "", rows, note))
    return text.getvalue()


def _call_type(found: Guesses) -> list[str]:
    if found.call_type is None:
        return [
            "# No column is named like a call type; [call_type] with column and list names one.",
            "",
        ]
    lines = [
        "[call_type]",
        f"column = {quoted(found.call_type.name)}  # by its name; {count_words(found.call_type)}",
    ]
    if found.final_type:
        lines.append(f"final_column = {quoted(found.final_type.name)}  # by its name")
    code_count = len(call_type_codes(found)[0])
    lines.append(
        f'list = "call_types.csv"  # {code_count:,} codes; correct call_type and fill in eligible'
    )
    return [*lines, ""]


def _lists(found: Guesses) -> list[Column]:
    """The columns that may hold a closed list, and that nothing else reads."""
    read = found.read_names | {time.column.name for time in found.time_columns}
    return [
        column
        for column in found.open_columns
        if column.name not in read and 0 < column.distinct <= MOST_WORDS
    ]


def _words(found: Guesses, used: set[str]) -> list[str]:
    lines = []
    for field, pattern in WORD_NAMES.items():
        column = named([one for one in _lists(found) if one.name not in used], pattern)
        guessed = guessed_words(field, column) if column else {}
        words = {value: word for value, word in guessed.items() if may_be_shown(value)}
        if column is None or not words or (field == "responder_type" and found.grain != "unit"):
            continue
        used.add(column.name)
        lines += [
            f"[words.{field}]",
            f"column = {quoted(column.name)}  # by its name; {count_words(column)}",
            f"[words.{field}.values]  # CHECK each: guessed from its words",
        ]
        for value, rows in column.values.items():
            if not may_be_shown(value):
                continue
            if value in words:
                lines.append(f'{quoted(value)} = "{words[value]}"  # {rows:,} rows')
            else:
                lines.append(f'# {quoted(value)} = ""  # {rows:,} rows, no guess')
        lines.append("")
    return lines


def _flags(found: Guesses, used: set[str]) -> list[str]:
    lines = []
    for field, pattern in FLAG_NAMES.items():
        column = named([one for one in _lists(found) if one.name not in used], pattern)
        if column is None:
            continue
        answers = yes_and_no(column)
        if answers is None and field != "is_injury_recorded":
            continue
        used.add(column.name)
        name = quoted(column.name)
        lines.append(f"[flags.{field}]  # CHECK: by the column's name")
        if field == "is_injury_recorded":
            lines.append(f"yes = {{ column = {name}, recorded = true }}")
            lines.append(f"no = {{ column = {name}, recorded = false }}")
        elif answers is not None:
            for key, values in zip(("yes", "no"), answers, strict=True):
                rows = sum(column.values[value] for value in values)
                listed = ", ".join(map(quoted, values))
                lines.append(f"{key} = {{ column = {name}, is = [{listed}] }}  # {rows:,} rows")
        lines.append("")
    return lines


def _outcomes(found: Guesses) -> list[str]:
    """Flags that a list of outcomes could give, as comments: only a person knows what a blank means."""
    lines = []
    for field, pattern in OUTCOMES.items():
        for column in _lists(found):
            values = [
                value
                for value in column.values
                if re.search(pattern, value, re.IGNORECASE) and may_be_shown(value)
            ]
            if not values:
                continue
            rows = sum(column.values[value] for value in values)
            lines += [
                f"# {rows:,} rows of {quoted(column.name)} speak of it; take the marks away if this is right,",
                "# and keep no only if the log would have said yes:",
                f"# [flags.{field}]",
                f"# yes = {{ column = {quoted(column.name)}, is = [{', '.join(map(quoted, values))}] }}",
                f"# no = {{ column = {quoted(column.name)}, recorded = true }}",
                "",
            ]
            break
    return lines


def _filters(found: Guesses) -> list[str]:
    lines = []
    received = found.times.get("received_at")
    if found.empty_rows and received and found.undated_are_empty:
        lines += [
            "[[filters]]",
            f'reason = "empty row"  # {found.empty_rows:,} rows have no date and at most one cell filled',
            f"when = {{ column = {quoted(received.main.column.name)}, recorded = false }}",
            "",
        ]
    elif found.empty_rows:
        lines += [
            f"# {found.empty_rows:,} rows are empty but for one cell at most; a filter can leave them out.",
            "",
        ]
    tests = [
        c for c in (found.call_type.values if found.call_type else ()) if re.match("test", c, re.I)
    ]
    if tests and found.call_type:
        listed = ", ".join(quoted(code) for code in tests if may_be_shown(code))
        lines += [
            "# Test calls, by their call type; take the marks away if they are no calls:",
            "# [[filters]]",
            '# reason = "test call"',
            f"# when = {{ column = {quoted(found.call_type.name)}, is = [{listed}] }}",
            "",
        ]
    return lines


def _unused(found: Guesses, used: set[str]) -> list[str]:
    """The columns that nothing above reads, with what they look like and none of their values."""
    times = {time.column.name: time.kind for time in found.time_columns}
    read = found.read_names | used
    left = [column for column in found.open_columns if column.name not in read]
    if not left:
        return []
    lines = ["# Columns that nothing above reads. They are not stored; add what you need:"]
    for column in left:
        looks = "empty" if not column.filled else count_words(column)
        kind = f"; holds a {times[column.name]}" if column.name in times else ""
        if NUMBER_NAME.search(column.words) and column.share(NUMBER) > 0.9:
            kind = "; numbers, perhaps a length of time"
        lines.append(f"#   {quoted(column.name)}: {looks}{kind}")
    return lines
