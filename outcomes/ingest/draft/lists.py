"""A draft's guesses about call types, closed lists, flags and filters, as lines of TOML and a call-type list."""

import csv
import io
import re
from collections import Counter

from outcomes.ingest.draft.columns import Column, may_be_shown
from outcomes.ingest.draft.record import Guesses
from outcomes.ingest.draft.synonyms import (
    CALL_TYPE_NAMES,
    FLAG_NAMES,
    WORD_NAMES,
    guessed_call_type,
    guessed_words,
    has_other_meaning,
    named,
    spoken_call_types,
    yes_and_no,
)
from outcomes.ingest.draft.toml import count_words, others_words, quoted
from outcomes.vocabulary.counted import counted
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
        writer.writerow((safe_cell(code), kind, "", rows, _note(code)))
    return text.getvalue()


def _note(code: str) -> str:
    """Why the code has its call type, and what speaks against it."""
    kinds = spoken_call_types(code)
    if not kinds:
        return "no guess"
    if len(kinds) > 1:
        others = ", ".join(kind.replace("_", " ") for kind in kinds[1:])
        return f"CHECK: guessed from the words of the code, which also speak of {others}"
    if has_other_meaning(code):
        return "CHECK: guessed from the words of the code, which may mean something else"
    return "guessed from the words of the code"


def _call_type(found: Guesses) -> list[str]:
    if found.call_type is None:
        return [
            "# No column is named like a call type; [call_type] with column and list names one.",
            "",
        ]
    lines = [
        "[call_type]",
        f"column = {quoted(found.call_type.name)}  # by its name; {count_words(found.call_type)}"
        f"{others_words(found, found.call_type, *CALL_TYPE_NAMES)}",
    ]
    if found.final_type:
        lines.append(f"final_column = {quoted(found.final_type.name)}  # by its name")
    code_count = len(call_type_codes(found)[0])
    lines.append(
        f'list = "call_types.csv"  # {counted(code_count, "code")}; correct call_type and fill in eligible'
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
        reason = "by its name"
        if field == "responder_type" and column is None and found.tells_units:
            column, reason = (
                found.unit,
                "CHECK: no column says whose unit each is, so the units are asked",
            )
        guessed = guessed_words(field, column) if column else {}
        words = {value: word for value, word in guessed.items() if may_be_shown(value)}
        if column is None or not words:
            continue
        used.add(column.name)
        lines += [
            f"[words.{field}]",
            f"column = {quoted(column.name)}  # {reason}; {count_words(column)}",
            f"[words.{field}.values]  # CHECK each: guessed from its words",
        ]
        for value, rows in column.values.items():
            if not may_be_shown(value):
                continue
            if value in words:
                lines.append(f'{quoted(value)} = "{words[value]}"  # {counted(rows, "row")}')
            else:
                lines.append(f'# {quoted(value)} = ""  # {counted(rows, "row")}, no guess')
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
                lines.append(
                    f"{key} = {{ column = {name}, is = [{listed}] }}  # {counted(rows, 'row')}"
                )
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
                f"# {counted(rows, 'row')} of {quoted(column.name)} with a word for it; take the marks away if this is right,",
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
            f'reason = "empty row"  # {counted(found.empty_rows, "row")} without a date and with at most one cell filled',
            f"when = {{ column = {quoted(received.main.column.name)}, recorded = false }}",
            "",
        ]
    elif found.empty_rows:
        lines += [
            f"# {counted(found.empty_rows, 'row')} empty but for one cell at most; a filter can leave them out.",
            "",
        ]
    names = [(c, c.values[c.name]) for c in found.open_columns if c.name in c.values]
    if len(names) > 1:
        column, rows = names[0]
        lines += [
            "[[filters]]",
            f'reason = "the header again"  # {counted(rows, "row")}, as at the top of a page',
            f"when = {{ column = {quoted(column.name)}, is = [{quoted(column.name)}] }}",
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
