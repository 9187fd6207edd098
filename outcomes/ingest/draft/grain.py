"""What a row of an export is, and which column tells one incident from another, with the reasons."""

import re

import pyarrow

from outcomes.ingest.draft.columns import Column
from outcomes.ingest.draft.record import Guesses
from outcomes.ingest.draft.synonyms import KEY_NAMES, NOT_FOR_TEAMS, guessed_call_type, named

# Shares of rows that decide.
NEARLY_ALL = 0.95
SOME = 0.01
NEARLY_UNIQUE = 0.98
MOSTLY = 0.9
MOST_ROWS_OF_A_CALL = 50
ONE_WORD = re.compile(r"\S{1,40}")


def guess_key_and_grain(found: Guesses, table: pyarrow.Table) -> None:
    """Decide what a row is, what tells one incident from another, and how much the log holds."""
    times = {time.column.name for time in found.time_columns}
    taken = {column.name for column in (*found.texts.values(), found.age, found.unit) if column}
    keys = [c for c in found.open_columns if c.name not in times | taken]
    rows = found.rows - found.empty_rows
    _guess_key(found, keys, rows)
    joins = _unit_key(found, table, keys, rows)
    person = [c for name in ("gender", "race_ethnicity") if (c := found.texts.get(name))]
    person += [found.age] if found.age else []
    types = found.call_type.values if found.call_type else {}
    others = sum(n for code, n in types.items() if guessed_call_type(code) in NOT_FOR_TEAMS)
    dispatched = found.times.get("dispatched_at")
    if joins is not None:
        found.key, found.grain = joins, "unit"
    elif person and found.key is None:
        named_columns = ", ".join(f'"{column.name}"' for column in person)
        found.grain = "person"
        found.grain_reason = f"there is no id, and {named_columns} describe a person"
    elif dispatched and dispatched.main.fits >= NEARLY_ALL * rows and others < SOME * rows:
        found.grain = "dispatch"
        found.grain_reason = f'{dispatched.main.fits:,} of {rows:,} rows have a time in "{dispatched.main.column.name}"'
    elif person:
        found.grain_reason = "CHECK: every row has an id of its own, but it describes a person"
    if others >= SOME * rows:
        found.holds = "all_calls"
        found.holds_reason = f"{others:,} rows are of types that no community team is sent to"
    elif found.grain in ("dispatch", "person"):
        found.holds = "program_work"
        found.holds_reason = (
            "every row seems to be work of the team; CHECK whether unanswered calls are in it"
        )


def _guess_key(found: Guesses, keys: list[Column], rows: int) -> None:
    """The column that tells one incident from another: best one named so, else one that is unique."""
    unique = [column for column in keys if column.filled == column.distinct == rows]
    nearly = [
        column
        for column in keys
        if column.distinct >= NEARLY_UNIQUE * column.filled and column.filled >= MOSTLY * rows
    ]
    if (key := named(unique, *KEY_NAMES)) is not None:
        found.key, found.key_reason = key, f"named like an id, and different on all {rows:,} rows"
    elif (key := named(nearly, *KEY_NAMES[:2])) is not None:
        found.key = key
        found.key_reason = (
            f"named like an id; CHECK: {rows - key.filled:,} rows have none and will be rejected, "
            f"{key.filled - key.distinct:,} repeat another row's, and the later row counts"
        )
    elif unique and rows > 1 and unique[0].share(ONE_WORD) == 1:
        found.key = unique[0]
        found.key_reason = f"the first column that is different on all {rows:,} rows"


def _unit_key(found: Guesses, table: pyarrow.Table, keys: list[Column], rows: int) -> Column | None:
    """The column that joins unit rows to calls; None where the rows are no units."""
    if found.unit is None:
        return None
    repeated = [
        column
        for column in keys
        if column.filled == rows
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
