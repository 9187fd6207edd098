"""Which columns of an export hold dates and times, and in which formats, tried on the values themselves."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

import duckdb
import pandas
import pyarrow
import pyarrow.compute
from duckdb import ColumnExpression, ConstantExpression
from duckdb import FunctionExpression as call

from outcomes.ingest.draft.columns import Column, shapes

MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%m-%d-%y", "%m.%d.%Y", "%m.%d.%y")
DAY_FIRST = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y")
CLEAR = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d %B %Y",
    "%B %d, %Y",
)
DAYS = (*CLEAR, *MONTH_FIRST, *DAY_FIRST)
CLOCKS = (
    "%H:%M:%S",
    "%H:%M",
    "%I:%M:%S %p",
    "%I:%M %p",
    "%I:%M:%S%p",
    "%I:%M%p",
    "%H:%M:%S.%f",
)
PACKED = ("%Y%m%d %H%M%S", "%Y%m%d %H:%M:%S", "%Y%m%d %H:%M", "%Y%m%d%H%M%S", "%Y%m%d%H%M")
JOINED = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S.%f")
# Written in a zone of their own; the contract is local wall time.
ZONED = (
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y-%m-%d %H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S UTC",
)
OFFSET = re.compile(r".*\d:?\d\d[+-]\d\d:?\d\d")
FORMATS = {
    "date and time": (
        *(f"{day} {clock}" for day in DAYS for clock in CLOCKS),
        *PACKED,
        *JOINED,
        *ZONED,
    ),
    "date": (*DAYS, "%Y%m%d"),
    "time of day": CLOCKS,
}
# Times of day that only a column's name can tell from other numbers.
HOURS = {"hour": ("%H",), "time": ("%H%M", "%H%M%S")}
PLAUSIBLE_YEARS = (1900, 2100)
# A column holds times where this share of its rows fits.
LEAST_SHARE = 0.6
MOST_FORMATS = 6
SHAPES_TRIED = 60
VALUES_PER_SHAPE = 25
MIDNIGHT = "00:00:00"
# Midnight is a placeholder where it stands this many times as often as any minute would, and not by chance.
PLACEHOLDER_TIMES = 4
LEAST_PLACEHOLDERS = 5
GAP_DAYS = 365
MOST_STRAY_SHARE = 0.005


@dataclass(frozen=True)
class TimeColumn:
    """A column of dates or times, as its values show it."""

    column: Column
    # "date and time", "date" or "time of day"
    kind: str
    # formats in the order in which they are to be tried
    formats: tuple[str, ...]
    # rows that fit, and shapes of those that do not, with their rows
    fits: int
    misfits: dict[str, int]
    # which of day and month comes first, decided or not; empty where it is no question
    order: str
    # rows at exactly midnight that look like "not entered"
    placeholders: int
    # middle of the times, and their ends; None for times of day
    middle: datetime | None
    first: date | None
    last: date | None
    # rows with a date far from all others, before and after
    stray_before: int
    stray_after: int
    # whether the values say a zone of their own
    is_zoned: bool


def find_times(
    connection: duckdb.DuckDBPyConnection, table: pyarrow.Table, columns: list[Column]
) -> list[TimeColumn]:
    """The columns that hold dates or times, in order."""
    found = []
    for column in columns:
        if column.filled and any(
            character.isdigit() for value in column.values for character in value
        ):
            time = _time_column(connection, table, column)
            if time is not None:
                found.append(time)
    return found


def _time_column(
    connection: duckdb.DuckDBPyConnection, table: pyarrow.Table, column: Column
) -> TimeColumn | None:
    counted = pyarrow.compute.value_counts(table.column(column.name).drop_null())
    values = pyarrow.table({"value": counted.field("values"), "rows": counted.field("counts")})
    written = values.filter(
        pyarrow.compute.invert(
            pyarrow.compute.is_in(
                values["value"], pyarrow.array(list(column.nulls), pyarrow.string())
            )
        )
    )
    shaped = shapes(connection.from_arrow(written), "value").to_df()
    sample = shaped.groupby("shape", sort=False).head(VALUES_PER_SHAPE)
    common = shaped.groupby("shape")["rows"].sum().nlargest(SHAPES_TRIED).index
    sample = sample[sample["shape"].isin(common)]
    candidates = {kind: list(formats) for kind, formats in FORMATS.items()}
    for word, more in HOURS.items():
        if re.search(rf"\b{word}", column.words):
            candidates["time of day"] += more
    best: tuple[int, str, list[str], pandas.DataFrame] | None = None
    for kind, known in candidates.items():
        tried = _read(connection, sample, known)
        formats = [name for name in known if tried[name].notna().any()]
        if not formats:
            continue
        read = _read(connection, shaped, formats)
        chosen, fits = _cover(read, formats)
        if chosen and (best is None or fits > best[0]):
            best = (fits, kind, chosen, read)
    if best is None or best[0] < LEAST_SHARE * column.filled:
        return None
    return _described(column, *best)


def _read(
    connection: duckdb.DuckDBPyConnection, values: pandas.DataFrame, formats: list[str]
) -> pandas.DataFrame:
    """The values with one column per format: what it reads, where that is plausible."""
    relation = connection.from_df(values[["value", "rows", "shape"]])
    read = relation.select(
        "*",
        *[
            call("try_strptime", ColumnExpression("value"), ConstantExpression(name)).alias(
                f"format {place}"
            )
            for place, name in enumerate(formats)
        ],
    ).to_df()
    # A database takes %y and %Y for one name.
    read.columns = pandas.Index(["value", "rows", "shape", *formats])
    for name in formats:
        if "%d" in name:
            year = read[name].dt.year
            read[name] = read[name].where(year.between(*PLAUSIBLE_YEARS))
    return read


def _cover(read: pandas.DataFrame, formats: list[str]) -> tuple[list[str], int]:
    """The fewest formats that between them fit most rows, two-digit years first, and the rows they fit."""
    left = read["rows"].where(read["value"].notna(), 0)
    chosen: list[str] = []
    fits = 0
    while len(chosen) < MOST_FORMATS:
        gains = {
            name: int(left[read[name].notna()].sum()) for name in formats if name not in chosen
        }
        # Day first and month first never stand together: one of them would be misread in silence.
        for taken, barred in ((MONTH_FIRST, DAY_FIRST), (DAY_FIRST, MONTH_FIRST)):
            if any(_is_of(name, taken) for name in chosen):
                gains = {name: rows for name, rows in gains.items() if not _is_of(name, barred)}
        # The first of equals wins, which is the order of FORMATS.
        name = max(gains, key=lambda one: gains[one], default="")
        if not name or not gains[name]:
            break
        chosen.append(name)
        fits += gains[name]
        left = left.where(read[name].isna(), 0)
    chosen.sort(key=lambda name: "%y" not in name)
    return chosen, fits


def _is_of(name: str, days: tuple[str, ...]) -> bool:
    return name.split(" ")[0] in days


def _described(
    column: Column, fits: int, kind: str, formats: list[str], read: pandas.DataFrame
) -> TimeColumn:
    time = read[formats[0]]
    for name in formats[1:]:
        time = time.fillna(read[name])
    rows = read["rows"]
    misfits = read[time.isna()].groupby("shape")["rows"].sum().nlargest(3)
    is_midnight = (time.dt.strftime("%H:%M:%S") == MIDNIGHT) & time.notna()
    at_midnight = int(rows[is_midnight].sum())
    if kind == "date and time" and at_midnight == fits:
        kind = "date"
    is_zoned = any(name in ZONED for name in formats)
    days = Counter[date]()
    middle = first = last = None
    before = after = 0
    if kind != "time of day":
        for day, count in zip(time[time.notna()].dt.date, rows[time.notna()], strict=True):
            days[day] += int(count)
        ordered = sorted(days)
        before = _stray(ordered, days, fits)
        after = _stray(ordered[::-1], days, fits)
        inside = _without_stray(ordered, days, before, after)
        first, last = inside[0], inside[-1]
        middle = time[time.notna()].sort_values().iloc[int(time.notna().sum()) // 2].to_pydatetime()
    by_hour = all("%M" not in name for name in formats)
    expected = fits / (24 if by_hour else 1440)
    is_placeholder = (
        at_midnight >= LEAST_PLACEHOLDERS and at_midnight > PLACEHOLDER_TIMES * expected
    )
    return TimeColumn(
        column=column,
        kind=kind,
        formats=tuple(formats),
        fits=fits,
        misfits={str(shape): int(count) for shape, count in misfits.items()},
        order=_order(formats, read),
        placeholders=at_midnight if is_placeholder and kind != "date" and not by_hour else 0,
        middle=middle,
        first=first,
        last=last,
        stray_before=before,
        stray_after=after,
        is_zoned=is_zoned,
    )


def _stray(ordered: list[date], days: Counter[date], rows: int) -> int:
    """Rows of the few first days that a gap of over a year parts from all others."""
    seen = stray = 0
    for day, following in pairwise(ordered):
        seen += days[day]
        if seen > MOST_STRAY_SHARE * rows:
            break
        if abs((following - day).days) > GAP_DAYS:
            stray = seen
    return stray


def _without_stray(ordered: list[date], days: Counter[date], before: int, after: int) -> list[date]:
    inside = list(ordered)
    while before > 0:
        before -= days[inside.pop(0)]
    while after > 0:
        after -= days[inside.pop()]
    return inside


def _order(formats: list[str], read: pandas.DataFrame) -> str:
    """Which of day and month comes first, and how sure that is."""
    numeric = [name for name in formats if _is_of(name, MONTH_FIRST) or _is_of(name, DAY_FIRST)]
    if not numeric:
        return ""
    is_month_first = _is_of(numeric[0], MONTH_FIRST)
    first, second = ("month", "day") if is_month_first else ("day", "month")
    decided = against = 0
    for name in numeric:
        swapped = name.replace("%m", "%-").replace("%d", "%m").replace("%-", "%d")
        if swapped not in read:
            decided += int(read["rows"][read[name].notna()].sum())
            continue
        decided += int(read["rows"][read[name].notna() & read[swapped].isna()].sum())
        against += int(read["rows"][read[name].isna() & read[swapped].notna()].sum())
    if decided and not against:
        place, other = ("second", "first") if is_month_first else ("first", "second")
        return f"{first} first: {decided:,} rows have a number above 12 in {place} place, none in {other}"
    if not decided:
        return (
            f"AMBIGUOUS: no row says which of day and month comes first; {first} first is a guess, "
            "ask who made the export"
        )
    return (
        f"AMBIGUOUS: {decided:,} rows can only be {first} first and {against:,} only {second} first; "
        f"those that fit both are read {first} first, ask who made the export"
    )
