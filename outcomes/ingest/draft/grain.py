"""What a row of an export is, and which column tells one incident from another, with the reasons."""

import re

import pyarrow

from outcomes.ingest.draft.columns import Column, may_be_shown
from outcomes.ingest.draft.record import FieldTime, Guesses
from outcomes.ingest.draft.restart import tell_restart
from outcomes.ingest.draft.synonyms import (
    KEY_NAMES,
    NO_KEY_NAME,
    NOT_FOR_TEAMS,
    ROW_NUMBER_NAME,
    STATUS_NAME,
    STATUS_WORDS,
    guessed_call_type,
    named,
)
from outcomes.vocabulary.counted import counted

# Shares of rows that decide.
NEARLY_ALL = 0.95
SOME = 0.01
NEARLY_UNIQUE = 0.98
MOSTLY = 0.9
MOST_ROWS_OF_A_CALL = 50
MOST_STATUSES = 30
ONE_WORD = re.compile(r"\S{1,40}")


def guess_key_and_grain(found: Guesses, table: pyarrow.Table) -> None:
    """Decide what a row is, and what tells one incident from another."""
    times = {time.column.name for time in found.time_columns}
    taken = {column.name for column in (*found.texts.values(), found.age, found.unit) if column}
    keys = [
        c
        for c in found.open_columns
        if c.name not in times | taken and not re.search(NO_KEY_NAME, c.words)
    ]
    rows = found.rows - found.empty_rows
    table = tell_restart(found, table, keys)
    _guess_key(found, keys, table)
    joins = _unit_key(found, table, keys, rows)
    person = [c for name in ("gender", "race_ethnicity") if (c := found.texts.get(name))]
    person += [found.age] if found.age else []
    types = found.call_type.values if found.call_type else {}
    found.other_work = sum(
        n for code, n in types.items() if guessed_call_type(code) in NOT_FOR_TEAMS
    )
    dispatched = found.times.get("dispatched_at")
    sent_rows = (dispatched.clock or dispatched.main).fits if dispatched else 0
    if joins is not None:
        found.key, found.grain = joins, "unit"
    elif (status := _status_key(found, table, keys)) is not None:
        found.key, found.grain = status, "unit"
    elif person and found.key is None:
        named_columns = ", ".join(f'"{column.name}"' for column in person)
        found.grain = "person"
        found.grain_reason = f"there is no id, and {named_columns} describe a person"
    elif found.key is None and (repeated := _repeated(keys, rows)) is not None:
        found.key, found.grain = repeated, None
        found.grain_reason = (
            f'"{repeated.name}" is named like an id, and {counted(rows, "row")} have '
            f"{counted(repeated.distinct, 'value')} of it"
        )
        found.key_reason = "CHECK: named like an id, and it repeats: are the rows units, people, outcomes or repeats?"
        found.looks.append(
            f"{found.grain_reason}: say in rows_are what several rows of one id are."
        )
    elif dispatched and sent_rows >= NEARLY_ALL * rows and found.other_work < SOME * rows:
        found.grain = "dispatch"
        column = (dispatched.clock or dispatched.main).column
        found.grain_reason = (
            f'{sent_rows:,} of {counted(rows, "row")} have a time in "{column.name}"'
        )
    elif person:
        found.grain_reason = "CHECK: every row has an id of its own, but it describes a person"


def _guess_key(found: Guesses, keys: list[Column], table: pyarrow.Table) -> None:
    """The column that tells one incident from another: best one named so, else one that is unique."""
    rows = found.rows - found.empty_rows
    unique = [column for column in keys if column.filled == column.distinct == rows]
    nearly = [
        column
        for column in keys
        if column.distinct >= NEARLY_UNIQUE * column.filled and column.filled >= MOSTLY * rows
    ]
    of_calls = [column for column in unique if not re.search(ROW_NUMBER_NAME, column.words)]
    if (key := named(of_calls, *KEY_NAMES)) is not None:
        found.key = key
        found.key_reason = f"named like an id, and different on all {counted(rows, 'row')}"
    elif (key := named(nearly, *KEY_NAMES[:2])) is not None:
        found.key = key
        faults = _key_faults(found, key, table)
        found.key_reason = (
            f"named like an id; {faults or 'each row that is none of a report has one'}"
        )
    elif (key := named(unique, *KEY_NAMES)) is not None:
        found.key = key
        found.key_reason = f"different on all {counted(rows, 'row')}; CHECK: it may number the rows of this file alone"
    elif of_calls and rows > 1 and of_calls[0].share(ONE_WORD) == 1:
        found.key = of_calls[0]
        found.key_reason = f"CHECK: the first column that is different on all {counted(rows, 'row')}; nothing names it an id"


def _key_faults(found: Guesses, key: Column, table: pyarrow.Table) -> str:
    """How many of the rows that are no empty ones lack the id or repeat one; empty where none does."""
    values = table.column(key.name).to_pandas()
    values = values.where(~values.isin(key.nulls))
    if found.filled_rows is not None:
        values = values[found.filled_rows]
    lacking, repeats = int(values.isna().sum()), int(values.dropna().duplicated().sum())
    if not lacking and not repeats:
        return ""
    lack = (
        "1 row has none and will be rejected"
        if lacking == 1
        else f"{lacking:,} rows have none and will be rejected"
    )
    repeat = "1 repeats another row's" if repeats == 1 else f"{repeats:,} repeat another row's"
    return f"CHECK: {lack}, {repeat}, and the later row counts"


def _repeated(keys: list[Column], rows: int) -> Column | None:
    """The column named like an id of which several rows have the same."""
    several = [c for c in keys if c.filled >= MOSTLY * rows and 1 < c.distinct < NEARLY_ALL * rows]
    return named(several, KEY_NAMES[0], KEY_NAMES[1])


def _status_key(found: Guesses, table: pyarrow.Table, keys: list[Column]) -> Column | None:
    """The column that joins rows of which each is one status of a unit, after their times were made of it; else None."""
    key = _repeated(keys, found.rows - found.empty_rows)
    times = {time.column.name: time for time in found.time_columns}
    lists = [
        c for c in found.open_columns if c.name not in times and 1 < c.distinct <= MOST_STATUSES
    ]
    status = named(lists, STATUS_NAME)
    if key is None or status is None or found.unit is None:
        return None
    words = {
        field: tuple(v for v in status.values if re.fullmatch(pattern, v, re.IGNORECASE))
        for field, pattern in STATUS_WORDS.items()
    }
    moments = [t for t in found.time_columns if t.kind == "date and time"]
    own = [t for t in moments if set(t.column.words.split()) & set(status.words.split())]
    if sum(bool(found_words) for found_words in words.values()) < 2 or not (own or moments):
        return None
    changes = table.group_by([key.name, found.unit.name, status.name]).aggregate([]).num_rows
    if changes < MOSTLY * (found.rows - found.empty_rows):
        return None
    stamp = (own or moments)[-1]
    for field, values in words.items():
        found.times.pop(field, None)
        if values:
            reason = f'each row is one status of a unit, told by "{status.name}"'
            found.times[field] = FieldTime(stamp, None, reason, status=(status.name, values))
    found.grain_reason = (
        f'CHECK: {counted(found.rows, "row")} have {counted(key.distinct, "value")} of "{key.name}", and each '
        f'is one "{status.name}" of a unit'
    )
    found.key_reason = "it joins the status rows of one call"
    left = [value for value in status.values if not any(value in v for v in words.values())]
    if left:
        listed = ", ".join(f"[{value}]" for value in left[:8] if may_be_shown(value))
        found.looks.append(f'No guess for these words of "{status.name}": {listed}.')
    return key


def _unit_key(found: Guesses, table: pyarrow.Table, keys: list[Column], rows: int) -> Column | None:
    """The column that joins unit rows to calls; None where the rows are no units."""
    if found.unit is None:
        return None
    repeated = [
        column
        for column in keys
        # A total or page line may have a value too.
        if column.filled >= rows
        and rows / MOST_ROWS_OF_A_CALL < column.distinct < NEARLY_ALL * rows
    ]
    key = named(repeated, *KEY_NAMES)
    if key is None or _pairs(table, key, found.unit) < NEARLY_ALL * rows:
        return None
    received = found.times.get("received_at")
    # All units of a call answer the same call.
    if received and _pairs(table, key, received.main.column) > key.distinct / NEARLY_ALL:
        return None
    found.grain_reason = (
        f'{rows:,} rows have {key.distinct:,} values of "{key.name}", each with other values of '
        f'"{found.unit.name}"'
    )
    found.key_reason = "it joins the unit rows of one call"
    return key


def _pairs(table: pyarrow.Table, one: Column, other: Column) -> int:
    pairs: int = table.group_by([one.name, other.name]).aggregate([]).num_rows
    return pairs
