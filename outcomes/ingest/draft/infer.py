"""What an export's columns are for: times, key, grain, call types and the rest, each guess with its reason."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow

from outcomes.ingest.draft.columns import look_at_columns, privacy_reason
from outcomes.ingest.draft.file_format import find_container
from outcomes.ingest.draft.grain import guess_key_and_grain
from outcomes.ingest.draft.lengths import tell_lengths
from outcomes.ingest.draft.order import check_order, tell_day_and_month
from outcomes.ingest.draft.record import FieldTime, Guesses
from outcomes.ingest.draft.synonyms import (
    AGE_NAME,
    CALL_TYPE_NAMES,
    FINAL_TYPE_NAME,
    TEXT_NAMES,
    UNIT_NAMES,
    named,
    time_field,
)
from outcomes.ingest.draft.timestamps import TimeColumn, find_times
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.read.text import read_text
from outcomes.ingest.transform.columns import folded_text
from outcomes.store.warehouse import OFFLINE
from outcomes.vocabulary.counted import counted

# Rows that are looked at; the rest of a longer log is only loaded later.
MOST_ROWS = 200_000
MOST_CODES = 1_000
# Where the reader of text lists the lines that it kept out.
FAULTS = ("csv_fault", "line_fault")
LONG_AGO_DAYS = 3_650
# Cells that most rows of a narrow log have.
NARROW = 2
# Rows with a time of day and no date that make a gap of dates worth a word.
LEAST_UNDATED = 0.05
MOSTLY = 0.95
OFFSET = re.compile(r"(UTC|GMT)?[+-]\d\d(:?\d\d)?", re.IGNORECASE)
NO_CALL_TIME = r"transport|hospital|destination|shift"


def guess(path: Path) -> Guesses:
    """What the export's columns are for.

    Raises LoadProblem where the file cannot be read as a table with rows.
    """
    container = find_container(path)
    with (
        duckdb.connect(config=OFFLINE) as connection,
        read_text(connection, path, container.file_format) as relation,
    ):
        table = folded_text(relation.limit(MOST_ROWS + 1), ()).to_arrow_table()
        is_cut = table.num_rows > MOST_ROWS
        table = table.slice(0, MOST_ROWS)
        if table.num_columns < 2:
            raise LoadProblem(
                f"Expected several columns, found [one] in [{path.name}]; check the file."
            )
        if table.num_rows == 0:
            raise LoadProblem(
                f"Expected rows under the column names, found [none] in [{path.name}]; export it again."
            )
        columns = look_at_columns(table, container.own_names)
        private = {
            column.name: reason
            for column in columns
            if (reason := privacy_reason(column)) is not None
        }
        open_columns = [column for column in columns if column.name not in private]
        found = Guesses(
            container=container,
            rows=table.num_rows,
            empty_rows=0,
            is_cut=is_cut,
            columns=columns,
            private=private,
            time_columns=find_times(connection, table, open_columns),
            broken_lines=_broken_lines(connection, container.file_format.format),
        )
    found.looks += container.looks
    tell_day_and_month(found, table)
    _guess_times(found)
    check_order(found, table)
    tell_lengths(found)
    _guess_rows(found, table)
    _look_at_blank_dates(found, table)
    found.looks += [
        f'"{column.name}" holds offsets: where the times beside it are of another clock than the program\'s, give both as column, '
        "with %z in formats."
        for column in found.open_columns
        if column.filled and column.share(OFFSET) >= MOSTLY
    ]
    _guess_lists(found)
    guess_key_and_grain(found, table)
    return found


def _broken_lines(connection: duckdb.DuckDBPyConnection, kind: str) -> int:
    """Lines that the reader kept out: broken, longer than any line of a log, or with an open quote."""
    if kind not in ("csv", "json_lines"):
        return 0
    # One line can be broken in two ways.
    tables = [connection.table(name).select("line").distinct() for name in FAULTS]
    return sum(len(table.to_arrow_table()) for table in tables)


def _guess_times(found: Guesses) -> None:
    """Give each time of the contract its column, by name; what is left may be when the call came in."""
    by_field: dict[str, list[TimeColumn]] = {}
    for time in found.time_columns:
        by_field.setdefault(time_field(time.column), []).append(time)
    plain = by_field.pop("", [])
    for name, candidates in by_field.items():
        found.times |= _chosen(name, candidates, "the column's name says so")
    if "received_at" not in found.times:
        dated = [
            time
            for time in plain
            if time.middle is not None and not re.search(NO_CALL_TIME, time.column.words)
        ]
        if dated:
            first = min(dated, key=lambda time: (time.kind != "date and time", time.middle))
            others = [first, *[time for time in plain if time.kind == "time of day"]]
            found.times |= _chosen(
                "received_at", others, "no name says it; the earliest of the log's times"
            )
    contact = found.times.get("contact_at")
    if (
        "received_at" not in found.times
        and contact is not None
        and contact.main.kind != "time of day"
    ):
        del found.times["contact_at"]
        doubt = "the log tells when the contact was and not when the call came in: the contact counts as both"
        found.times["received_at"] = replace(contact, doubt=doubt)
        found.looks.append(f'"{contact.main.column.name}": {doubt}.')
    _date_the_clocks(found)
    received = found.times.get("received_at")
    for time in found.time_columns:
        used = any(time in (taken.main, taken.clock) for taken in found.times.values())
        if used or not (received and received.main.middle and time.middle):
            continue
        if (received.main.middle - time.middle).days > LONG_AGO_DAYS:
            found.private[time.column.name] = "holds dates of long before the calls, as of birth"


def _chosen(name: str, candidates: list[TimeColumn], reason: str) -> dict[str, FieldTime]:
    whole = [time for time in candidates if time.kind == "date and time"]
    dates = [time for time in candidates if time.kind == "date"]
    clocks = [time for time in candidates if time.kind == "time of day"]
    # The first of equals, which is the log's own order.
    if whole:
        return {name: FieldTime(max(whole, key=lambda time: time.fits), None, reason)}
    if dates:
        return {name: FieldTime(dates[0], clocks[0] if clocks else None, reason)}
    return {name: FieldTime(clocks[0], None, reason)} if clocks else {}


def _date_the_clocks(found: Guesses) -> None:
    """A time of day alone takes the date of the call; without one it is of no use."""
    received = found.times.get("received_at")
    # A year alone has no times of day.
    dates = [time for time in found.time_columns if time.kind == "date" and time.formats[0] != "%Y"]
    for name, time in list(found.times.items()):
        if time.main.kind != "time of day":
            continue
        del found.times[name]
        if name == "received_at" and dates:
            reason = f"{time.reason}; the date stands in a column of its own"
            found.times[name] = received = FieldTime(dates[0], time.main, reason)
        elif received is not None and (received.clock or received.main).kind != "date":
            reason = (
                f"{time.reason}; on the day of the call, or the next where midnight lies between"
            )
            found.times[name] = FieldTime(time.main, None, reason, since="received_at")
        elif received is not None:
            reason = f"{time.reason}; CHECK: it has the date of the call, wrong where midnight lies between"
            found.times[name] = FieldTime(received.main, time.main, reason)


def _guess_rows(found: Guesses, table: pyarrow.Table) -> None:
    """Count the rows that are empty but for one cell at most, such as those at the end of a spreadsheet."""
    frame = table.to_pandas()
    filled = frame.notna().sum(axis=1)
    # In a narrow log one cell may be all that there is to say: such a row is a record.
    most = 1 if filled.median() > NARROW else 0
    empty = filled <= most
    found.empty_rows = int(empty.sum())
    found.filled_rows = (~empty).to_numpy()
    received = found.times.get("received_at")
    if found.empty_rows and received is not None:
        undated = frame[received.main.column.name].isna()
        found.undated_are_empty = bool((undated == empty).all())


def _look_at_blank_dates(found: Guesses, table: pyarrow.Table) -> None:
    """Say where a cell stands once for several rows: as its merged cells show, or as a date that comes once for several times."""
    merged = found.container.merged_down
    for place, column in enumerate(found.columns):
        if merged.get(place) and column.name not in found.private:
            found.filled_down[column.name] = (
                f"{counted(merged[place], 'cell')} merged with the one above"
            )
    received = found.times.get("received_at")
    if received is None or received.clock is None:
        return
    name = received.main.column.name
    frame = table.select([name, received.clock.column.name]).to_pandas()
    undated = frame.iloc[:, 0].isna() & frame.iloc[:, 1].notna()
    if name in found.filled_down or undated.mean() <= LEAST_UNDATED or undated.iloc[0]:
        return
    rows = f"{counted(int(undated.sum()), 'row')} of {found.rows:,} with a time and no date"
    if frame.iloc[:, 0].dropna().is_unique:
        found.filled_down[name] = (
            f"CHECK: {rows}, and no date twice, as where a date stands once for the rows of a day"
        )
        found.looks.append(f'"{name}": {rows}: each is taken to have the date above it.')
        return
    doubt = f"{rows}: where a date stands once for several rows, say fill_down of that column in [columns]"
    found.times["received_at"] = replace(received, doubt=doubt)
    found.looks.append(f'"{name}": {doubt}.')


def _guess_lists(found: Guesses) -> None:
    times = {time.column.name for time in found.time_columns}
    columns = [column for column in found.open_columns if column.name not in times]
    lists = [column for column in columns if column.distinct <= MOST_CODES]
    found.call_type = named(lists, *CALL_TYPE_NAMES)
    final = named(lists, FINAL_TYPE_NAME)
    if found.call_type is not None and final is not None and final is not found.call_type:
        found.final_type = final
    for name, patterns in TEXT_NAMES.items():
        column = named(columns, *patterns)
        if column is not None:
            found.texts[name] = column
    found.age = named(columns, AGE_NAME)
    found.unit = named(columns, *UNIT_NAMES)
