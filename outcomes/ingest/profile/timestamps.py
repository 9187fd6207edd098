"""How one time of the contract is said in a profile: columns and formats, parts, durations, times of day."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from outcomes.ingest.profile.conditions import Condition, Strict
from outcomes.vocabulary.log import DatePrecision
from outcomes.vocabulary.time_zones import time_zones

# One column, or several whose texts are joined with one blank between them.
Columns = Annotated[
    str | Annotated[tuple[str, ...], Field(min_length=1)], Field(union_mode="smart")
]
# Formats that are no strftime codes: counts since a fixed moment.
COUNTS = ("epoch_seconds", "epoch_milliseconds", "spreadsheet_days")
# Every code that a format may have, and how one is written.
CODES = tuple("aAbBcdfgGHIjmMnpSuUVwWxXyYzZ%")
CODE = re.compile(r"%-?.?", re.DOTALL)
# Codes that say a time of day, and that say minutes.
OF_DAY = ("%H", "%I", "%X", "%c", "%-H", "%-I")
TO_THE_MINUTE = ("%M", "%-M", "%X", "%c", *COUNTS)
# Codes that say a day by themselves, a month, a week, and a day of the week.
OF_DATE = ("d", "j", "x", "c")
OF_MONTH = ("m", "b", "B")
OF_WEEK = ("U", "V", "W")
OF_WEEKDAY = ("a", "A", "u", "w")
OF_QUARTER = re.compile("[Qq]%-?m")
# What a format may end in, after the time of day, that is an offset or the name of one, and which of these say UTC.
LITERAL_OFFSET = re.compile(
    r"%-?[SfgMnHpTX]\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?|(?:[ECMP]|AK)[SD]?T|HST)$", re.IGNORECASE
)
UTC_OFFSET = re.compile(r"Z|UTC|GMT|[+-]00(?::?00)?", re.IGNORECASE)
# How numeric parts of a date follow one another.
ORDER_OF_DATE = re.compile(r"%-?([Yymd])")


class Time(Strict):
    """One time of the contract. Four ways: a column; a date with or without a time of day; a duration; a time of day."""

    column: Columns | None = None
    date_column: Columns | None = None
    time_column: Columns | None = None
    # how long after the time named in since
    seconds_column: str | None = None
    minutes_column: str | None = None
    # or a duration that is written with colons, and in which parts
    elapsed_column: str | None = None
    elapsed_format: Literal["h:mm:ss", "h:mm", "m:ss", "m:ss:00"] | None = None
    # the earlier time that a duration or a time of day without a date is told from
    since: str | None = None
    formats: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    time_formats: tuple[str, ...] = ()
    # times of day that mean "not entered"; the date is kept
    placeholders: tuple[str, ...] = ()
    # plausible range of days; a year written with two digits falls outside it
    earliest: date = date(1990, 1, 1)
    # none for the day after the load: what comes later is a slip
    latest: date | None = None
    # what a spreadsheet did to dates that it took for its own: it swapped day and month, or it did not
    day_and_month: Literal["swapped", "as_written"] | None = None
    # zone in which the column is written, where it is not the program's
    zone: str | None = None
    # the time is taken only where this rule holds, such as on the team's own rows
    when: Condition | None = None

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in time_zones():
            raise ValueError("expected an IANA time zone such as UTC or America/Denver")
        return zone

    @model_validator(mode="after")
    def one_way(self) -> "Time":
        ways = (
            self.column is not None,
            self.date_column is not None,
            self.duration_column is not None,
            self.time_column is not None and self.date_column is None,
        )
        durations = (self.seconds_column, self.minutes_column, self.elapsed_column)
        if sum(ways) != 1 or sum(column is not None for column in durations) > 1:
            raise ValueError(
                "give exactly one of: column; date_column with or without time_column; "
                "seconds_column, minutes_column or elapsed_column with since; time_column with since"
            )
        if (self.elapsed_column is None) != (self.elapsed_format is None):
            raise ValueError(
                "give elapsed_column with elapsed_format, which is h:mm:ss, h:mm, m:ss or m:ss:00"
            )
        if (self.since is not None) != (ways[2] or ways[3]):
            raise ValueError(
                "since names the earlier time of a duration or of a time of day without a date; "
                "give both or neither"
            )
        self._check_formats()
        return self

    def _check_formats(self) -> None:
        for written in (*self.formats, *self.date_formats, *self.time_formats):
            unknown = [
                code for code in CODE.findall(written) if code.replace("-", "")[1:] not in CODES
            ]
            if written not in COUNTS and (unknown or not CODE.findall(written)):
                raise ValueError(
                    f"the format {written!r} has {unknown[0] if unknown else 'no code'}; codes are "
                    f"% and one of {' '.join(CODES)}, or the whole is one of {', '.join(COUNTS)}"
                )
        if self.column is not None and not self.formats:
            raise ValueError("give formats, the ways in which the column writes date and time")
        if self.date_column is not None and not self.date_formats:
            raise ValueError("give date_formats, the ways in which date_column writes a date")
        if self.time_column is not None and not self.time_formats:
            raise ValueError("give time_formats, the ways in which time_column writes a time")
        self._check_zones()
        for written in (*self.formats, *self.time_formats):
            if re.search("%-?I", written) and "%p" not in written:
                raise ValueError(
                    f"the format {written!r} has a clock of twelve hours without %p: two in the afternoon would stand at "
                    "two at night; add %p, or write %H where the clock has 24 hours"
                )
        if self.day_and_month is not None and self.spreadsheet_formats is None:
            raise ValueError(
                "day_and_month is for formats in two orders of day, month and year: those that a spreadsheet made "
                "of dates, and those of the texts that it left"
            )
        for written in self.formats:
            if written not in COUNTS and not any(code in written for code in OF_DAY):
                raise ValueError(
                    f"the format {written!r} has no time of day; give such a column as date_column"
                )
        self._check_days()

    def _check_days(self) -> None:
        """A week lies in two months and is none of the precisions; a time of day needs its day."""
        for written in (*self.formats, *self.date_formats):
            codes = _codes(written)
            precision = date_precision(written)
            if OF_QUARTER.search(written):
                raise ValueError(
                    f"the format {written!r} would read a quarter as a month, the third as March; give the year alone"
                )
            if not precision.tells(DatePrecision.DAY) and codes & set(OF_WEEK):
                raise ValueError(
                    f"the format {written!r} tells a week without a day of the week; give a column that tells "
                    "the day, the month or the year"
                )
            with_time = written in self.formats or self.time_column is not None
            if with_time and not precision.tells(DatePrecision.DAY):
                raise ValueError(
                    f"the format {written!r} has a time of day without its day; give the date alone as date_column "
                    "with date_formats, and leave the time of day out"
                )

    def _check_zones(self) -> None:
        """An offset counts from a whole date and time; a bare Z is one too, and would be read past."""
        for written in (*self.date_formats, *self.time_formats):
            if "%z" in written or "%Z" in written:
                raise ValueError(
                    f"the format {written!r} has a zone without both date and time: give column, a list "
                    "of the date's and the time's column, with formats instead"
                )
        for written in (*self.formats, *self.time_formats):
            self._check_literal_offset(written)

    def _check_literal_offset(self, written: str) -> None:
        found = LITERAL_OFFSET.search(written)
        if found is None:
            return
        offset = found[1]
        if UTC_OFFSET.fullmatch(offset):
            is_told = self.zone in ("UTC", "GMT", "Etc/UTC", "Etc/GMT")
            meaning, way = "UTC", ', or add zone = "UTC"'
        else:
            # Letters name the clock of a zone; a number is another one in summer.
            is_told = self.zone is not None and offset.isalpha()
            meaning = f"an offset of {offset}"
            way = ", or add zone, the clock's IANA name" if offset.isalpha() else ""
        if not is_told:
            code = "%Z" if offset.isalpha() and offset.upper() != "Z" else "%z"
            raise ValueError(
                f"the format {written!r} ends in {offset}, which says that the time is in {meaning}: "
                f"write {code} in place of {offset}{way}"
            )

    @property
    def spreadsheet_formats(self) -> tuple[str, ...] | None:
        """Formats of dates that a spreadsheet made, where other formats have another order of day, month and year; else None.

        They are those that begin with the year, or else those of the first order.
        """
        orders = {written: _order(written) for written in self.formats or self.date_formats}
        numeric = {written: order for written, order in orders.items() if len(order) == 3}
        if len(set(numeric.values())) < 2:
            return None
        own = "ymd" if "ymd" in numeric.values() else next(iter(numeric.values()))
        return tuple(written for written, order in numeric.items() if order == own)

    @property
    def duration_column(self) -> str | None:
        """The column that holds how long after since it was; None where there is none."""
        return self.seconds_column or self.minutes_column or self.elapsed_column

    @property
    def precision(self) -> DatePrecision:
        """How finely the formats tell when it was: with several of a date, the coarsest."""
        if self.date_column is None or self.time_column is not None:
            return DatePrecision.MINUTE
        order = list(DatePrecision)
        return min(map(date_precision, self.date_formats), key=order.index)

    @property
    def is_to_the_minute(self) -> bool:
        """Whether what is written tells minutes; an hour alone does not."""
        formats = self.time_formats if self.time_column is not None else self.formats
        return all(any(code in written for code in TO_THE_MINUTE) for written in formats)


def date_precision(written: str) -> DatePrecision:
    """How finely a format tells a date: a day, a month or a year alone; its time of day is not looked at."""
    codes = _codes(written)
    if written in COUNTS or codes & set(OF_DATE):
        return DatePrecision.DAY
    if codes & set(OF_WEEK) and codes & set(OF_WEEKDAY):
        return DatePrecision.DAY
    return DatePrecision.MONTH if codes & set(OF_MONTH) else DatePrecision.YEAR


def _order(written: str) -> str:
    return "".join(ORDER_OF_DATE.findall(written)).lower() if written not in COUNTS else ""


def _codes(written: str) -> set[str]:
    return {code[-1] for code in CODE.findall(written)}
