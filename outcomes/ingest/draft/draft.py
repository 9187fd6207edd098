"""A first profile of any export: what was guessed, written as TOML with the reason beside each guess."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from outcomes.ingest.draft.infer import MOST_ROWS, guess
from outcomes.ingest.draft.lists import call_type_codes, call_type_list, list_lines
from outcomes.ingest.draft.record import FieldTime, Guesses
from outcomes.ingest.draft.synonyms import time_field
from outcomes.ingest.draft.toml import profile_lines, quoted
from outcomes.ingest.draft.visible_columns import SeenColumn, seen_columns
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read.truncation import limit_sentence
from outcomes.vocabulary.counted import counted

PROGRAM_ID = r"[a-z0-9][a-z0-9-]{1,60}"
# What a spreadsheet leaves behind when it saves an export as text.
DAMAGED = re.compile(r"\d(\.\d+)?E[+-]?\d+")
LOST_HOURS = re.compile(r"\d{1,2}:\d{2}\.\d")


@dataclass(frozen=True)
class Draft:
    """A first profile and call-type list, not yet written anywhere."""

    # text of profile.toml
    profile: str
    # text of call_types.csv; None where no column holds call types
    call_types: str | None
    # sentences about what was found and what a person has to look at
    summary: tuple[str, ...]
    # the columns of the export, without anything that looks private
    columns: tuple[SeenColumn, ...]


def draft_profile(path: Path, agency_id: str) -> Draft:
    """A first profile for the agency from its export; nothing is written.

    Values of columns that look private are in none of it. Raises LoadProblem where the file cannot
    be read as a table with rows, or where the id is none.
    """
    if not re.fullmatch(PROGRAM_ID, agency_id):
        raise LoadProblem(
            f"Expected an id of lower-case letters, digits and hyphens, found [{agency_id}]; "
            "give another with --agency."
        )
    found = guess(path)
    _, excluded = call_type_codes(found)
    warnings = _warnings(found, excluded)
    lines = [
        f"# First profile of {quoted(path.name)}, drafted from {_rows(found)}. The reason stands beside",
        "# each guess: read them all. Put the right words in place of each REPLACE;",
        f"# `python -m outcomes profile check {agency_id}` names them until none is left.",
        *(f"# LOOK: {warning}" for warning in warnings),
        "",
        *profile_lines(found, agency_id),
        *list_lines(found),
    ]
    return Draft(
        profile="\n".join(lines).rstrip("\n") + "\n",
        call_types=call_type_list(found) if found.call_type else None,
        summary=(*_summary(found), *warnings),
        columns=seen_columns(found),
    )


def write_draft(draft: Draft, profile: Path) -> None:
    """Write the profile, and the call-type list beside it.

    Raises LoadProblem where one of them is there already or the folder cannot be written.
    """
    files = {profile: draft.profile}
    if draft.call_types is not None:
        files[profile.with_name("call_types.csv")] = draft.call_types
    for path in files:
        if path.exists():
            raise LoadProblem(
                f"Expected no file yet at the draft's place, found [{path}]; choose another place "
                "with --out or --agency."
            )
    try:
        profile.parent.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        # None of them was there before: a part of a draft is no draft.
        for path in files:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise LoadProblem(
            f"Expected a folder that can be written, found [{error.strerror}] at [{profile.parent}]; "
            "choose another with --out."
        ) from None


def agency_id_of(name: str) -> str:
    """An id made from a file's or a folder's name: lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.split(".")[0].lower()).strip("-")[:60] or "new-agency"


def _rows(found: Guesses) -> str:
    return (
        f"its first {MOST_ROWS:,} rows"
        if found.is_cut
        else f"all of its {counted(found.rows, 'row')}"
    )


def _holds_sentence(found: Guesses) -> str:
    """What is to be asked about how much the log holds, with what the answers would count."""
    rows = counted(found.rows - found.empty_rows, "row")
    sent = found.times.get("dispatched_at")
    parts = [
        f"{rows} count: as everybody's calls, as calls that the team may take, or as its own work"
    ]
    if found.other_work:
        parts.append(
            f"{counted(found.other_work, 'row')} of types that no community team is sent to"
        )
    if sent is not None:
        parts.append(f"{counted((sent.clock or sent.main).fits, 'row')} with a time of dispatch")
    return f"What the log holds has to be said, for it decides how {'; '.join(parts)}."


def _summary(found: Guesses) -> list[str]:
    key = f"the id is {quoted(found.key.name)}" if found.key else f"no id: {found.key_reason}"
    times = ", ".join(f"{name} from {_columns(time)}" for name, time in found.times.items())
    return [
        f"Read {_rows(found)}, {len(found.columns)} columns.",
        _row_sentence(found, key),
        f"Times: {times or 'none found'}.",
        _holds_sentence(found),
        *(
            [f"Never stored, because they look private: {', '.join(map(quoted, found.private))}."]
            if found.private
            else []
        ),
    ]


def _row_sentence(found: Guesses, key: str) -> str:
    if found.grain is None:
        return f"What a row is has to be said: {found.grain_reason}; {key}."
    return f"A row seems to be a {found.grain}: {found.grain_reason}; {key}."


def _columns(time: FieldTime) -> str:
    clock = f" and {quoted(time.clock.column.name)}" if time.clock else ""
    return quoted(time.main.column.name) + clock


def _named_received(found: Guesses) -> bool:
    return any(column.filled and time_field(column) for column in found.open_columns)


def _warnings(found: Guesses, excluded: int) -> list[str]:
    warnings = list(found.looks)
    limit = limit_sentence(found.rows)
    if limit and not found.is_cut:
        warnings.append(limit)
    if found.broken_lines:
        warnings.append(
            f"{counted(found.broken_lines, 'line')} broken, or longer than a row can be: a load would reject them."
        )
    if not found.time_columns and not _named_received(found):
        warnings.append("no column holds dates or times; is it a look-up file, and not a log?")
    for column in found.open_columns:
        damaged = sum(n for value, n in column.values.items() if DAMAGED.fullmatch(value))
        lost = sum(n for value, n in column.values.items() if LOST_HOURS.fullmatch(value))
        hashes = sum(n for word, n in column.nulls.items() if set(word) == {"#"})
        if damaged:
            warnings.append(
                f"{quoted(column.name)} has {counted(damaged, 'value')} like 9.99E+99: a spreadsheet took codes "
                "for numbers; export again and do not save it from a spreadsheet."
            )
        if time_field(column) and lost > column.filled / 2:
            warnings.append(
                f"{quoted(column.name)} has {counted(lost, 'time')} like 99:99.9: a spreadsheet dropped the date "
                "and the hour; export again and do not save it from a spreadsheet."
            )
        if hashes:
            warnings.append(
                f"{quoted(column.name)} has {counted(hashes, 'cell')} of # alone: the column was too narrow "
                "when a spreadsheet was saved as text; export again."
            )
    if found.grain == "unit" and "[words.responder_type]" not in list_lines(found):
        warnings.append(
            "nothing says whose unit each is: until words.responder_type says which are the team's, nothing counts as "
            "sent or reached."
        )
    told = {length.column.name for length in found.lengths.values()}
    warnings += [
        f"{quoted(name)} may be a length of time and no time of day: then say it with elapsed_column, "
        "elapsed_format and since."
        for name in found.no_clocks
        if name not in told
    ]
    for name, length in found.lengths.items():
        warnings.append(
            f"{quoted(length.column.name)} as {name}, counted from {length.since} and read as {length.written}: {length.reason}."
        )
    for time in found.time_columns:
        if time.order.startswith("AMBIGUOUS"):
            warnings.append(f"{quoted(time.column.name)}: {time.order}.")
        if time.doubt:
            warnings.append(f"{quoted(time.column.name)}: {time.doubt}.")
    if excluded:
        warnings.append(
            f"{counted(excluded, 'different call type')} left off the list, because free text may be in it."
        )
    return warnings
