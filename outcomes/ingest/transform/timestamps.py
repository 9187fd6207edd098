"""A profile's times as DuckDB expressions: formats, parts, durations, times of day, zones, and what is wrong."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.privacy.pii import DAMAGED, damaged_time
from outcomes.ingest.profile.timestamps import COUNTS, Columns, Time
from outcomes.ingest.transform.columns import MADE, TextColumns, null, with_values
from outcomes.ingest.transform.expressions import condition_expression
from outcomes.ingest.transform.time_text import (
    at_the_end_of_the_day,
    elapsed_seconds,
    instant_written,
    with_mended_clock,
)

# A time of day that is this much earlier than the time it follows is of the next day; less is a slip.
ROLLS_OVER_AFTER = timedelta(hours=12)
# A duration longer than this is none; it also keeps the sum within what a calendar can hold.
LONGEST_DURATION_SECONDS = 10 * 366 * 86_400
# A mark of swapped dates that is no likelier than this by chance is one.
LEAST_CHANCE = 0.06
NO_START = "without the time that it is counted from"
NO_DATE = "without a date"


class TimestampReader:
    """The times of one file's rows, as the profile says how to read them."""

    def __init__(self, times: Mapping[str, Time], columns: TextColumns, zone: str) -> None:
        self._times = times
        self._columns = columns
        self._zone = zone

    def added(self, relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The relation with every time read, each after the one that it is counted from."""
        left = dict(self._times)
        while left:
            ready = {n: t for n, t in left.items() if t.since is None or t.since not in left}
            relation = with_values(
                relation, {f"{MADE}read {name}": self._read(time) for name, time in ready.items()}
            )
            relation = with_values(
                relation,
                {f"{MADE}day {name}": self._day(name, time) for name, time in ready.items()},
            )
            if "received_at" in ready:
                self._columns.received_date = self.day("received_at")
            relation = with_values(
                relation,
                {f"{MADE}time {name}": self._time(name, time) for name, time in ready.items()},
            )
            left = {name: time for name, time in left.items() if name not in ready}
        return with_values(
            relation,
            {
                f"{MADE}why {name}": self._complaint(name, time)
                for name, time in self._times.items()
            },
        )

    def time(self, field: str) -> Expression:
        """Date and time of day; null where not entered, unreadable or outside the plausible range."""
        return ColumnExpression(f"{MADE}time {field}")

    def day(self, field: str) -> Expression:
        """The date, kept where the time of day was not entered; null where unreadable or implausible."""
        return ColumnExpression(f"{MADE}day {field}")

    def complaint(self, field: str) -> Expression:
        """What is wrong with a time, in words; null where nothing is."""
        return ColumnExpression(f"{MADE}why {field}")

    def _time(self, field: str, time: Time) -> Expression:
        read = ColumnExpression(f"{MADE}read {field}")
        believed = _entered(read, time) & _plausible(read.cast("DATE"), time)
        if time.when is not None:
            believed = condition_expression(time.when, self._columns) & believed
        return CaseExpression(believed, self._local(read, time)).otherwise(null("TIMESTAMP"))

    def _day(self, field: str, time: Time) -> Expression:
        read = self._date(field, time)
        day = read
        if time.zone is not None:
            # Where the column is written in another zone, the program's day is that of the whole time.
            local = self._local(ColumnExpression(f"{MADE}read {field}"), time)
            day = CoalesceOperator(local.cast("DATE"), read)
        return CaseExpression(_plausible(read, time), day).otherwise(null("DATE"))

    def written(self, field: str) -> Expression:
        """What the file says of a time, as text for reports; null where it says nothing."""
        time = self._times[field]
        names = (time.column, time.date_column, time.duration_column, time.time_column)
        parts = [text for name in names if name for text in self._columns.written(name)]
        if len(parts) == 1:
            return parts[0]
        joined = call("concat_ws", ConstantExpression(" "), *parts)
        return call("nullif", joined, ConstantExpression(""))

    def _complaint(self, field: str, time: Time) -> Expression:
        written = self.written(field)
        day = self._date(field, time)
        only_date = time.date_column is not None and time.time_column is None
        read = day if only_date else ColumnExpression(f"{MADE}read {field}")
        asked = written.isnotnull()
        if time.when is not None:
            asked = condition_expression(time.when, self._columns) & asked
        chosen = CaseExpression(~asked, null("VARCHAR"))
        if time.date_column is not None and time.time_column is not None:
            lacks = self._columns.joined(time.time_column).isnull()
            chosen = chosen.when(lacks & day.isnotnull(), ConstantExpression("not entered"))
            undated = self._columns.joined(time.date_column).isnull()
            chosen = chosen.when(undated, ConstantExpression(NO_DATE))
        unread = read.isnull()
        if time.since is not None:
            lacks_start = self.time(time.since).isnull()
            chosen = chosen.when(unread & lacks_start, ConstantExpression(NO_START))
        return (
            chosen.when(unread & damaged_time(written), ConstantExpression(DAMAGED))
            .when(unread, ConstantExpression("unreadable"))
            .when(~_plausible(read.cast("DATE"), time), ConstantExpression("out of range"))
            .when(~_entered(read, time), ConstantExpression("not entered"))
            .otherwise(null("VARCHAR"))
        )

    def _read(self, time: Time) -> Expression:
        """As written, before any change of zone; null where only a date is."""
        if time.column is not None:
            return self._ordered(time.column, time.formats, time)
        if time.duration_column is not None:
            return self._after(time)
        if time.time_column is None:
            return null("TIMESTAMP")
        of_day = self._parsed(time.time_column, time.time_formats).cast("TIME")
        if time.date_column is not None:
            day = self._ordered(time.date_column, time.date_formats, time).cast("DATE")
            return at_the_end_of_the_day(day + of_day, self._columns.joined(time.time_column))
        start = self.time(time.since or "")
        same_day = at_the_end_of_the_day(
            start.cast("DATE") + of_day, self._columns.joined(time.time_column)
        )
        next_day = same_day + ConstantExpression(timedelta(days=1))
        is_past = same_day < start - ConstantExpression(ROLLS_OVER_AFTER)
        return CaseExpression(is_past, next_day).otherwise(same_day)

    def blamed(self, field: str) -> Expression:
        """Of what the file says of a time, the part that could not be read, where there are two and the other could."""
        time = self._times[field]
        written = self.written(field)
        if time.date_column is None or time.time_column is None:
            return written
        date_text = self._columns.joined(time.date_column)
        time_text = self._columns.joined(time.time_column)
        # What was read already is asked: to read it again would cost every load.
        day, unread = self.day(field), ColumnExpression(f"{MADE}read {field}").isnull()
        return (
            CaseExpression(unread & day.isnotnull(), time_text)
            .when(unread & date_text.isnotnull(), date_text)
            .otherwise(written)
        )

    def swapped_mark(self, field: str) -> list[Expression] | None:
        """Counts by which a spreadsheet that swapped day and month is known; None where the formats have one order.

        Dates that it made, those of at most the twelfth, texts that it left, and those after the twelfth.
        """
        time = self._times[field]
        made = time.spreadsheet_formats
        if made is None or time.day_and_month is not None:
            return None
        names = time.column if time.column is not None else time.date_column
        formats = time.formats if time.column is not None else time.date_formats
        date_of = call("day", self._parsed(names or "", made))
        left = call(
            "day", self._parsed(names or "", tuple(one for one in formats if one not in made))
        )
        left = CaseExpression(date_of.isnull(), left).otherwise(null("BIGINT"))
        twelfth = ConstantExpression(12)
        return [
            call("count", date_of),
            call("count", call("nullif", date_of <= twelfth, ConstantExpression(False))),
            call("count", left),
            call("count", call("nullif", left > twelfth, ConstantExpression(False))),
        ]

    def _date(self, field: str, time: Time) -> Expression:
        if time.date_column is not None:
            return self._ordered(time.date_column, time.date_formats, time).cast("DATE")
        return ColumnExpression(f"{MADE}read {field}").cast("DATE")

    def _after(self, time: Time) -> Expression:
        """The start and so much later in real time, as the clock on the wall shows it then."""
        text = self._columns.text(time.duration_column or "")
        if time.elapsed_format is not None:
            seconds = elapsed_seconds(text, time.elapsed_format)
        else:
            unit = 1 if time.seconds_column else 60
            seconds = self._columns.number(text) * ConstantExpression(unit)
        longest = ConstantExpression(LONGEST_DURATION_SECONDS)
        is_usable = (seconds < longest) & (seconds > -longest)
        usable = CaseExpression(is_usable, seconds).otherwise(null("DOUBLE"))
        zone = ConstantExpression(self._zone)
        instant = call("first_instant", zone, self.time(time.since or "")) + usable
        return call("timezone", zone, call("to_timestamp", instant))

    def _local(self, read: Expression, time: Time) -> Expression:
        if time.zone is None:
            return read
        instant = call("timezone", ConstantExpression(time.zone), read)
        return call("timezone", ConstantExpression(self._zone), instant)

    def _ordered(self, names: Columns, formats: tuple[str, ...], time: Time) -> Expression:
        """The date or time, with day and month put back where a spreadsheet swapped them."""
        is_date = time.date_column is not None
        made = time.spreadsheet_formats or ()
        if time.day_and_month != "swapped":
            return self._parsed(names, formats, is_date)
        read = self._parsed(names, made, is_date)
        parts = [call(part, read) for part in ("year", "day", "month", "hour", "minute", "second")]
        back = call("make_timestamp", *parts[:-1], parts[-1].cast("DOUBLE"))
        mended = CaseExpression(parts[1] <= ConstantExpression(12), back).otherwise(read)
        left = tuple(one for one in formats if one not in made)
        return CoalesceOperator(mended, self._parsed(names, left, is_date))

    def _parsed(
        self, names: Columns, formats: tuple[str, ...], is_date: bool = False
    ) -> Expression:
        """The first format that fits; formats with an offset or zone give the program's wall time."""
        text = self._columns.joined(names)
        readings: list[Expression] = []
        plain: list[str] = []
        for written in formats:
            if written not in COUNTS and "%z" not in written and "%Z" not in written:
                plain.append(written)
                continue
            if plain:
                readings.append(with_mended_clock(text, plain))
                plain = []
            readings.append(self._special(text, written, is_date))
        if plain:
            readings.append(with_mended_clock(text, plain))
        return readings[0] if len(readings) == 1 else CoalesceOperator(*readings)

    def _special(self, text: Expression, written: str, is_date: bool) -> Expression:
        zone = ConstantExpression(self._zone)
        if written not in COUNTS:
            return call("timezone", zone, instant_written(text, written))
        if written == "spreadsheet_days":
            days = self._between(text, 1, 2_958_465)
            seconds = call("round", days * ConstantExpression(86_400.0)) - ConstantExpression(
                (datetime(1970, 1, 1) - datetime(1899, 12, 30)).total_seconds()
            )
            return call("timezone", ConstantExpression("UTC"), call("to_timestamp", seconds))
        scale = 1_000.0 if written == "epoch_milliseconds" else 1.0
        instant = self._between(text, -1e10 * scale, 1e10 * scale) / ConstantExpression(scale)
        moment = call("to_timestamp", instant)
        local = call("timezone", zone, moment)
        if not is_date:
            return local
        # A date that was counted as midnight in UTC is that date, wherever the program is.
        in_utc = call("timezone", ConstantExpression("UTC"), moment)
        is_day = in_utc.cast("TIME") == ConstantExpression(time_of_day(0))
        return CaseExpression(is_day, in_utc).otherwise(local)

    def _between(self, text: Expression, least: float, most: float) -> Expression:
        number = self._columns.number(text)
        fits = (number >= ConstantExpression(least)) & (number <= ConstantExpression(most))
        # A spreadsheet's 1.77E+12 has lost what the rest of its digits said.
        return (
            CaseExpression(damaged_time(text), null("DOUBLE"))
            .when(fits, number)
            .otherwise(null("DOUBLE"))
        )


def _entered(read: Expression, time: Time) -> Expression:
    of_day = call("strftime", read, ConstantExpression("%H:%M:%S"))
    placeholders = [ConstantExpression(placeholder) for placeholder in time.placeholders]
    return ~of_day.isin(*placeholders) if placeholders else ConstantExpression(True)


def _plausible(day: Expression, time: Time) -> Expression:
    # No call of the log comes after the load; a day more is for clocks of other zones.
    latest = time.latest or datetime.now(UTC).date() + timedelta(days=1)
    return (day >= ConstantExpression(time.earliest)) & (day <= ConstantExpression(latest))


def is_mark_of_swap(made: int, left: int) -> bool:
    """Whether so many dates that a spreadsheet made, all up to the twelfth, and texts that it left, all after it, are no chance."""
    # By chance 12 of 30 days are of at most the twelfth, and 18 are not.
    return made > 0 and left > 0 and 0.4**made * 0.6**left < LEAST_CHANCE
