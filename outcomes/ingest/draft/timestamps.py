"""Which columns of an export hold dates and times, and in which formats, tried on the values themselves."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import duckdb
import pandas
import pyarrow
import pyarrow.compute
from duckdb import ColumnExpression, ConstantExpression
from duckdb import FunctionExpression as call

from outcomes.ingest.draft.columns import Column, shapes
from outcomes.ingest.draft.synonyms import time_field
from outcomes.ingest.draft.time_writing import (
    NO_TIME_NAME,
    UNIVERSAL,
    Around,
    around,
    common_around,
    counted_times,
    may_fit,
    shape_of,
)
from outcomes.ingest.transform.timestamps import is_mark_of_swap
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import day_label

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
    "%Y %b %d",
    "%Y-%b-%d",
    "%Y-%j",
)
SHORT_YEAR_FIRST = ("%y-%m-%d", "%y/%m/%d", "%y.%m.%d")
DAYS = (*CLEAR, *MONTH_FIRST, *DAY_FIRST, *SHORT_YEAR_FIRST)
# What cannot stand beside each order in one column: one of the two would be misread in silence.
BARRED = (
    (MONTH_FIRST, DAY_FIRST + SHORT_YEAR_FIRST),
    (DAY_FIRST, MONTH_FIRST + SHORT_YEAR_FIRST),
    (SHORT_YEAR_FIRST, MONTH_FIRST + DAY_FIRST),
)
CLOCKS = (
    "%H:%M:%S",
    "%H:%M",
    "%I:%M:%S %p",
    "%I:%M %p",
    "%I:%M:%S%p",
    "%I:%M%p",
    "%H:%M:%S.%f",
)
# After a date alone; by themselves such digits may be anything.
CLOSE_CLOCKS = ("%H%M", "%H%M%S")
PACKED = (
    "%m%d%Y%H%M",
    "%d%m%Y%H%M",
    "%Y%m%d %H%M",
    "%Y%m%d %H%M%S",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d %H:%M",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
)
JOINED = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S.%f")
FORMATS = {
    "date and time": (
        *(f"{day} {clock}" for day in DAYS for clock in (*CLOCKS, *CLOSE_CLOCKS)),
        *PACKED,
        *JOINED,
    ),
    "date": (*DAYS, "%Y%m%d", "%Y%j"),
    "time of day": CLOCKS,
}
# Times of day that only a column's name can tell from other numbers.
HOURS = {"hour": ("%H",), "time": ("%H%M", "%H%M%S")}
YEAR_NAME = re.compile(r"^(year|yr|calendar year|incident year|call year)$")
CLOCK_INSIDE = re.compile(r".*\d:\d.*")
YEAR = re.compile(r"(19|20)\d\d")
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
# Of the different values of a clock, those from ten o'clock on; and of its rows, those that are clocks.
LEAST_LONG, LEAST_OF_CLOCK = 0.3, 0.95
# A clock shows so many different hours, none of them in the afternoon, by chance hardly ever.
LEAST_HOURS = 8
HALF = re.compile(r"[ap]\.?m\.?", re.IGNORECASE)
GAP_DAYS = 365
# A larger number is the day of a month and no month.
LAST_MONTH = 12
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
    # whether the values say a zone of their own, of which a load makes the program's wall time
    is_zoned: bool
    # what to look at before the reading is believed; empty where there is nothing
    doubt: str = ""
    # the column of AM and PM beside a clock of twelve hours
    half: Column | None = None
    # digits that a time of day is filled up to with zeros before it is read; 0 where none are lost
    zero_pad: int = 0
    # whether a spreadsheet turned day and month of its dates round, which are put back
    is_swapped: bool = False
    # each value with the time that was read from it
    readings: pandas.Series = field(default_factory=pandas.Series, compare=False, repr=False)


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
    found = [_with_half(time, columns) for time in found]
    is_lost = any(
        time_field(column) and column.share(CLOCK_INSIDE) > LEAST_SHARE for column in columns
    )
    if not is_lost and all(time.kind == "time of day" for time in found):
        found += [time for column in columns if (time := _year_column(table, column)) is not None]
    return found


def _with_half(time: TimeColumn, columns: list[Column]) -> TimeColumn:
    """A clock of twelve hours with the column of AM and PM after it, or with a doubt where there is none."""
    hours = set(time.readings.dt.hour)
    if (
        time.kind == "date"
        or not hours
        or hours - set(range(1, 13))
        or any("%H" not in one for one in time.formats)
    ):
        return time
    place = next(n for n, column in enumerate(columns) if column.name == time.column.name)
    for half in columns[place + 1 : place + 2]:
        if half.filled and half.share(HALF) >= LEAST_OF_CLOCK:
            formats = tuple(f"{one.replace('%H', '%I')} %p" for one in time.formats)
            return replace(time, half=half, formats=formats)
    if len(hours) < LEAST_HOURS:
        return time
    doubt = "no hour from 1 p.m. to 1 a.m.: a clock of twelve hours without AM and PM? Then ask for the hours of the afternoon"
    return replace(time, doubt="; ".join(filter(None, (time.doubt, doubt))))


def _time_column(
    connection: duckdb.DuckDBPyConnection, table: pyarrow.Table, column: Column
) -> TimeColumn | None:
    shaped = shapes(connection.from_arrow(_written(table, column)), "value").to_df()
    counted = counted_times(column, shaped["value"])
    if counted is not None:
        name, times = counted
        is_day = bool((times.dropna().dt.strftime("%H:%M:%S") == MIDNIGHT).all())
        kind = "date" if is_day and name == "spreadsheet_days" else "date and time"
        fits = int(shaped["rows"][times.notna()].sum())
        return _described(column, fits, kind, [name], shaped.assign(**{name: times}))
    if (clock := _close_clock(column, shaped)) is not None:
        return clock
    sample = shaped.groupby("shape", sort=False).head(VALUES_PER_SHAPE)
    common = shaped.groupby("shape")["rows"].sum().nlargest(SHAPES_TRIED).index
    sample = sample[sample["shape"].isin(common)]
    dress = common_around(dict(zip(sample["value"], sample["rows"], strict=True)))
    shaped = shaped.assign(core=_cores(shaped["value"], dress))
    sample = sample.assign(core=shaped["core"].loc[sample.index])
    looks = sorted({shape_of(core) for core in sample["core"].dropna()})
    candidates = {kind: list(formats) for kind, formats in FORMATS.items()}
    for word, more in HOURS.items():
        if re.search(rf"\b{word}", column.words):
            candidates["time of day"] += more
    best: tuple[int, str, list[str], pandas.DataFrame] | None = None
    for kind, all_known in candidates.items():
        known = [name for name in all_known if may_fit(name, looks)]
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
    best, doubt = _year_told(*best)
    found = _described(column, *best)
    if doubt:
        found = replace(found, order=doubt)
    if not dress.after and not dress.before:
        return found
    return _dressed(found, dress)


def _close_clock(column: Column, shaped: pandas.DataFrame) -> TimeColumn | None:
    """A clock of hours and minutes without a sign, also where a spreadsheet took the zeros before it; None where it is none."""
    is_named = time_field(column) or re.search(r"\btime\b", column.words)
    digits = shaped["shape"].where(shaped["shape"].isin(["9", "99", "999", "9999"]))
    if not is_named or NO_TIME_NAME.search(column.words) or digits.isna().any():
        return None
    if column.share(YEAR) >= LEAST_OF_CLOCK:
        return None
    is_long = digits == "9999"
    if is_long.mean() < LEAST_LONG:
        return None
    values = shaped["value"].str.zfill(4)
    clocks = values.where(values.str.fullmatch(r"([01]\d|2[0-3])[0-5]\d|2400")).str.replace(
        "2400", "0000"
    )
    read = shaped.assign(**{"%H%M": pandas.to_datetime(clocks, format="%H%M")})
    fits = int(read["rows"][read["%H%M"].notna()].sum())
    if fits < LEAST_OF_CLOCK * column.filled:
        return None
    found = _described(column, fits, "time of day", ["%H%M"], read)
    return found if is_long.all() else replace(found, zero_pad=4)


def _year_told(
    fits: int, kind: str, formats: list[str], read: pandas.DataFrame
) -> tuple[tuple[int, str, list[str], pandas.DataFrame], str]:
    """The reading, or the one with the year first where both fit and that one has the shorter span; and what to look at."""
    kept = (fits, kind, formats, read), ""
    short = [name for name in formats if name[:8] in MONTH_FIRST + DAY_FIRST and "%y" in name]
    if len(formats) != 1 or not short:
        return kept
    name = short[0]
    other = f"%y{name[2]}%m{name[2]}%d{name[8:]}"
    if other not in read or (read[name].notna() & read[other].isna()).any():
        return kept
    days = {one: read[one].dropna() for one in (name, other)}
    spans = {one: values.max() - values.min() for one, values in days.items()}
    if spans[other] > spans[name]:
        return kept
    first, last = (
        f"{day_label(days[one].min())} to {day_label(days[one].max())}" for one in (other, name)
    )
    return (
        (fits, kind, [other], read),
        f"AMBIGUOUS: the year may come first or last; the year first gives {first}, the year last [{name}] gives {last}",
    )


def _written(table: pyarrow.Table, column: Column) -> pyarrow.Table:
    """The column's values with their rows, null words taken out."""
    counted = pyarrow.compute.value_counts(table.column(column.name).drop_null())
    values = pyarrow.table({"value": counted.field("values"), "rows": counted.field("counts")})
    is_null = pyarrow.compute.is_in(
        values["value"], pyarrow.array(list(column.nulls), pyarrow.string())
    )
    return values.filter(pyarrow.compute.invert(is_null))


def _cores(values: pandas.Series, dress: Around) -> pandas.Series:
    """The times without what stands around them; None where something else does."""
    parted = [around(value) for value in values]
    cores = [core if one == dress else None for one, core in parted]
    return pandas.Series(cores, index=values.index, dtype="object")


def _dressed(found: TimeColumn, dress: Around) -> TimeColumn:
    """The column with the formats of its whole values, and what an offset leaves in doubt."""
    values = found.column.values
    is_universal = dress.is_zoned and all(
        UNIVERSAL.fullmatch(value) for value in values if value in found.readings.index
    )
    formats, doubt = found.formats, found.doubt
    if found.kind == "date" and dress.is_zoned:
        # The midnight of another zone would be the day before: the day stands as it is written.
        kept = next((value for value in values if value in found.readings.index), "")
        clock = re.sub(r"^.*?(?=[T ]\d)", "", kept)
        doubt = (
            "every value is midnight in another zone, which a day alone is often written as: the day "
            "is taken as written; with %z it would be the day before in the United States"
        )
        formats = tuple(f"{name.split('T')[0].split(' ')[0]}{clock}" for name in formats)
    else:
        formats = tuple(map(dress.format, formats))
    if is_universal and not doubt:
        doubt = (
            "every value says universal time and becomes the program's wall time; if the system writes "
            "local time with that mark, every hour is wrong by the offset: hold one call against the system"
        )
    order = re.sub(r"\[(.+?)\]", lambda one: f"[{dress.format(one[1])}]", found.order)
    return replace(found, formats=formats, is_zoned=dress.is_zoned, doubt=doubt, order=order)


def _year_column(table: pyarrow.Table, column: Column) -> TimeColumn | None:
    """A column of years alone, where the log has no other date."""
    if not YEAR_NAME.search(column.words) or column.share(YEAR) < LEAST_SHARE:
        return None
    read = _written(table, column).to_pandas()
    times = pandas.to_datetime(read["value"], format="%Y", errors="coerce")
    read = read.assign(shape="9999", **{"%Y": times})
    found = _described(column, int(read["rows"][times.notna()].sum()), "date", ["%Y"], read)
    return replace(found, doubt="it tells the year alone: nothing finer can be answered")


def _read(
    connection: duckdb.DuckDBPyConnection, values: pandas.DataFrame, formats: list[str]
) -> pandas.DataFrame:
    """The values with one column per format: what it reads, where that is plausible."""
    relation = connection.from_df(values[["value", "rows", "shape", "core"]])
    read = relation.select(
        "*",
        *[
            call("try_strptime", ColumnExpression("core"), ConstantExpression(name)).alias(
                f"format {place}"
            )
            for place, name in enumerate(formats)
        ],
    ).to_df()
    # A database takes %y and %Y for one name.
    read.columns = pandas.Index(["value", "rows", "shape", "core", *formats])
    for name in formats:
        if "%d" in name or "%j" in name:
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
        for taken, barred in BARRED:
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
    return name.split(" ")[0] in days or name == days[0].replace("/", "") + "%H%M"


def _described(
    column: Column, fits: int, kind: str, formats: list[str], read: pandas.DataFrame
) -> TimeColumn:
    swap_doubt = _swap_doubt(formats, read)
    if swap_doubt:
        read = _put_back(formats, read)
    time = read[formats[0]]
    for name in formats[1:]:
        time = time.fillna(read[name])
    rows = read["rows"]
    misfits = read[time.isna()].groupby("shape")["rows"].sum().nlargest(3)
    is_midnight = (time.dt.strftime("%H:%M:%S") == MIDNIGHT) & time.notna()
    at_midnight = int(rows[is_midnight].sum())
    if kind == "date and time" and at_midnight == fits:
        kind = "date"
    days = Counter[date]()
    ordered: list[date] = []
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
    doubt = "; ".join(filter(None, (swap_doubt, _future_doubt(ordered, days))))
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
        is_zoned=formats[0].startswith("epoch"),
        doubt=doubt,
        is_swapped=bool(swap_doubt),
        readings=pandas.Series(time.to_numpy(), index=read["value"]).dropna(),
    )


def _future_doubt(ordered: list[date], days: Counter[date]) -> str:
    """How many rows have a date after today; empty where none has."""
    later = [day for day in ordered if day > date.today() + timedelta(days=1)]
    if not later:
        return ""
    rows = sum(days[day] for day in later)
    return f"{counted(rows, 'row')} dated after today, up to {day_label(later[-1])}: a slip, or a plan?"


def _swap_doubt(formats: list[str], read: pandas.DataFrame) -> str:
    """Whether a spreadsheet seems to have turned day and month round; empty where nothing says so.

    It makes dates of the texts whose day could be a month, and leaves the others: real dates up to the
    twelfth, and texts from the thirteenth on.
    """
    numeric = [name for name in formats if _is_of(name, MONTH_FIRST) or _is_of(name, DAY_FIRST)]
    iso = [name for name in formats if name.startswith("%Y-%m-%d")]
    if not numeric or not iso:
        return ""
    days, texts = (read[name].dropna().dt.day for name in (iso[0], numeric[0]))
    made, left = (int(read["rows"][read[name].notna()].sum()) for name in (iso[0], numeric[0]))
    if not made or not left or days.max() > LAST_MONTH or texts.min() <= LAST_MONTH:
        return ""
    if not is_mark_of_swap(made, left):
        return ""
    return (
        f"{counted(made, 'row')} with a date up to the 12th of a month, and every text with a day after it: a "
        "spreadsheet turned day and month round where it could, and they are put back; better export again and do not "
        "save it from a spreadsheet"
    )


def _put_back(formats: list[str], read: pandas.DataFrame) -> pandas.DataFrame:
    """The readings with day and month of a spreadsheet's own dates changed for each other."""
    (name,) = [one for one in formats if one.startswith("%Y-%m-%d")][:1]
    turned = read[name].map(_turned, na_action="ignore")
    return read.assign(**{name: turned})


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
        swapped = _swapped(name)
        if swapped not in read:
            decided += int(read["rows"][read[name].notna()].sum())
            continue
        decided += int(read["rows"][read[name].notna() & read[swapped].isna()].sum())
        against += int(read["rows"][read[name].isna() & read[swapped].notna()].sum())
    if decided and not against:
        place, other = ("second", "first") if is_month_first else ("first", "second")
        return f"{first} first: {counted(decided, 'row')} with a number above 12 in {place} place, none in {other}"
    if not decided:
        return (
            f"AMBIGUOUS: no row says which of day and month comes first; {first} first is a guess, "
            f"ask who made the export{_both(numeric, read, first, second)}"
        )
    return (
        f"AMBIGUOUS: {counted(decided, 'row')} can only be {first} first and {against:,} only {second} first; "
        f"those that fit both are read {first} first, ask who made the export{_both(numeric, read, first, second)}"
    )


def _both(numeric: list[str], read: pandas.DataFrame, first: str, second: str) -> str:
    """What each order would give: the formats and the days from first to last."""
    name = numeric[0]
    swapped = _swapped(name)
    if swapped not in read:
        return ""
    spans = []
    for one in (name, swapped):
        days = read[one].dropna()
        spans.append(f"{day_label(days.min())} to {day_label(days.max())}")
    return f"; {first} first gives {spans[0]}, {second} first [{swapped}] gives {spans[1]}"


def in_other_order(table: pyarrow.Table, time: TimeColumn) -> TimeColumn:
    """The same column with day and month read in the other order, which every value must allow."""
    formats = tuple(map(_swapped, time.formats))
    turned = time.readings.map(_turned)
    read = _written(table, time.column).to_pandas()
    read = read.assign(shape="", **{formats[0]: pandas.to_datetime(read["value"].map(turned))})
    other = _described(time.column, time.fits, time.kind, [formats[0]], read)
    return replace(other, formats=formats, is_zoned=time.is_zoned)


def _turned(one: pandas.Timestamp) -> pandas.Timestamp:
    return one.replace(month=one.day, day=one.month)


def _swapped(name: str) -> str:
    return name.replace("%m", "%-").replace("%d", "%m").replace("%-", "%d")
