"""Whether the times of a draft come in the order of a call, and what a time is that does not."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas
import pyarrow

from outcomes.ingest.draft.record import FieldTime, Guesses
from outcomes.ingest.draft.timestamps import TimeColumn, in_other_order
from outcomes.ingest.profile.fields import TIME_FIELDS
from outcomes.vocabulary.counted import counted

# Shares of the rows that have both times.
NEARLY_ALL = 0.95
TOO_MANY = 0.1
# Names that some systems have for the time at which the call came, and others for setting out.
EITHER_NAME = re.compile(r"respon(se|d)")
ONLY_EN_ROUTE = re.compile(r"en ?route|rolling|turnout")
LENGTH_NAME = re.compile(
    r"\b(total|elapsed|duration|interval|length|secs?|seconds|mins?|minutes|hours)\b"
)
# What a column says whose values do not tell which of day and month comes first.
UNDECIDED = "AMBIGUOUS: no row"
WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?", re.IGNORECASE)
MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)
# Shares of rows on which names agree with the order that is right, and at most with the other one.
MOSTLY, AT_MOST = 0.9, 0.6
HALF_A_DAY = pandas.Timedelta(hours=12)
A_DAY = pandas.Timedelta(days=1)


def tell_day_and_month(found: Guesses, table: pyarrow.Table) -> None:
    """Decide which of day and month comes first by names of weekdays or months, where no number does."""
    found.time_columns = [
        _decided(found, time, table) if time.order.startswith(UNDECIDED) else time
        for time in found.time_columns
    ]


def _decided(found: Guesses, time: TimeColumn, table: pyarrow.Table) -> TimeColumn:
    other = in_other_order(table, time)
    for said, names, code in _names(found, time, table):
        both = [
            (read_times(one, table).dt.strftime(code).str.lower(), one) for one in (time, other)
        ]
        rows = int((names.notna() & both[0][0].notna()).sum())
        fits = [int((names == read).sum()) for read, _ in both]
        best = 0 if fits[0] >= fits[1] else 1
        if fits[best] < MOSTLY * rows or fits[1 - best] > AT_MOST * rows:
            continue
        chosen = both[best][1]
        first = (
            "month"
            if chosen.formats[0].replace("%a", "").replace("%A", "").strip(", ").startswith("%m")
            else "day"
        )
        told = f"{first} first: {said} agree on {fits[best]:,} of {counted(rows, 'row')}, and on {fits[1 - best]:,} the other way round"
        return replace(chosen, order=told)
    return time


def _names(
    found: Guesses, time: TimeColumn, table: pyarrow.Table
) -> Iterator[tuple[str, pandas.Series, str]]:
    """Names of weekdays and months on each row, as three small letters, with where they stand and how a time gives them."""
    if time.formats[0].startswith(("%a", "%A")):
        values = table.column(time.column.name).to_pandas()
        yield "the weekdays in it", values.str[:3].str.lower(), "%a"
    for pattern, what, code in ((WEEKDAY, "weekdays", "%a"), (MONTH, "months", "%b")):
        for column in found.open_columns:
            if column.filled and column.share(pattern) >= NEARLY_ALL:
                values = table.column(column.name).to_pandas()
                yield f'the {what} in "{column.name}"', values.str[:3].str.lower(), code


def check_order(found: Guesses, table: pyarrow.Table) -> None:
    """Give the call's own time its place, drop lengths of time that look like clocks, and doubt what goes before it."""
    _tell_received(found, table)
    received = found.times.get("received_at")
    start = _moments(received, table) if received else None
    if received is None or start is None:
        return
    for name in list(found.times):
        if name != "received_at" and found.times[name].since:
            _check_clock(found, name, start, table)
    previous_name, previous = "received_at", start
    for name in TIME_FIELDS:
        time = found.times.get(name)
        moments = _moments(time, table) if time and name != "received_at" else None
        if time is None or moments is None:
            continue
        is_before_call = _share_before(moments, start)
        is_before = max(is_before_call, _share_before(moments, previous))
        if is_before > TOO_MANY:
            earlier = "received_at" if is_before_call > TOO_MANY else previous_name
            base = start if earlier == "received_at" else previous
            rows = int((moments < base).sum())
            doubt = f"{counted(rows, 'row')} lie before {earlier}: is it what the name says?"
            found.times[name] = replace(time, doubt=doubt)
            found.looks.append(f'"{time.main.column.name}" as {name}: {doubt}')
        previous_name, previous = name, moments


def _tell_received(found: Guesses, table: pyarrow.Table) -> None:
    """A response date that goes before every other time, or equals the call's, is when the call came."""
    time = found.times.get("en_route_at")
    if time is None or time.since or not EITHER_NAME.search(time.main.column.words):
        return
    if ONLY_EN_ROUTE.search(time.main.column.words):
        return
    moments = _moments(time, table)
    if moments is None:
        return
    name = time.main.column.name
    received = found.times.get("received_at")
    start = _moments(received, table) if received else None
    if start is not None:
        both = moments.notna() & start.notna()
        if both.any() and (moments[both] == start[both]).mean() >= NEARLY_ALL:
            del found.times["en_route_at"]
            found.looks.append(
                f'"{name}" equals the time of the call: it is when the call came, and no setting out.'
            )
        return
    later = [
        found.times[one]
        for one in ("dispatched_at", "arrived_at", "cleared_at")
        if one in found.times
    ]
    others = [other for one in later if (other := _moments(one, table)) is not None]
    is_first = all(_share_before(other, moments) <= 1 - NEARLY_ALL for other in others)
    if received is not None or not is_first:
        return
    del found.times["en_route_at"]
    because = "goes before every other time" if others else "is the log's only time"
    doubt = "" if others else "nothing in the log says whether it is the call or the setting out"
    found.times["received_at"] = replace(
        time, reason=f"it {because}, so it is when the call came", doubt=doubt
    )


def _check_clock(found: Guesses, name: str, start: pandas.Series, table: pyarrow.Table) -> None:
    """Take a time of day away that is a length of time: by its name, or because it does not follow the call."""
    time = found.times[name]
    of_day = read_times(time.main, table)
    since = (of_day - of_day.dt.normalize() - (start - start.dt.normalize())) % A_DAY
    is_far = (since.dropna() > HALF_A_DAY).mean() > TOO_MANY * 2
    if LENGTH_NAME.search(time.main.column.words) or is_far:
        del found.times[name]
        found.no_clocks.append(time.main.column.name)


def _moments(time: FieldTime | None, table: pyarrow.Table) -> pandas.Series | None:
    """The time on each row; None where it tells no time of day with its date."""
    if time is None or time.since or (time.main.kind == "date" and time.clock is None):
        return None
    read = read_times(time.main, table)
    if time.clock is None:
        return read
    of_day = read_times(time.clock, table)
    return read.dt.normalize() + (of_day - of_day.dt.normalize())


def read_times(time: TimeColumn, table: pyarrow.Table) -> pandas.Series:
    """The time on each row; not one where none was read."""
    values = table.column(time.column.name).to_pandas()
    read = pandas.to_datetime(values.map(time.readings[~time.readings.index.duplicated()]))
    if time.half is None:
        return read
    is_late = table.column(time.half.name).to_pandas().str.lower().str.startswith("p")
    hours = read.dt.hour % 12 + 12 * is_late.fillna(False).astype(int)
    return read + pandas.to_timedelta(hours - read.dt.hour, unit="h")


def _share_before(moments: pandas.Series, base: pandas.Series) -> float:
    """Share of the rows with both times on which it is the earlier one."""
    both = moments.notna() & base.notna()
    return float((moments[both] < base[both]).mean()) if both.any() else 0.0
