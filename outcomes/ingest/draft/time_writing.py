"""How times are written around their digits: weekdays, offsets, zones, long decimals, and counts since a moment."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas

from outcomes.ingest.draft.columns import Column
from outcomes.ingest.draft.synonyms import time_field
from outcomes.ingest.transform.time_text import DIGITS, DOTTED_HALF, OFFSETS

# What stands around a time; the letters of a zone are those that a load knows.
AROUND = re.compile(
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?P<rest>[a-z]*)(?P<gap>,? ))?"
    r"(?P<core>.*?)(?P<decimals>\.\d{7,9}|,\d{3})?"
    rf"(?P<space> ?)(?P<zone>[+-]\d\d(?::?\d\d)?|{'|'.join(OFFSETS)})?",
    re.IGNORECASE,
)
# An offset follows a time of day; -05 after 2026-01 is a day.
ENDS_IN_CLOCK = re.compile(
    r"\d{8}[T ]?\d{4}(\d\d)?|.*\d:\d\d(:\d\d(\.\d+)?)?( ?[ap]\.?m\.?)?", re.IGNORECASE
)
UNIVERSAL = re.compile(r".*\d(Z|[+-]00(:?00)?| ?UTC| ?GMT)", re.IGNORECASE)
# Pieces of a format by what they look like in a value whose digits are 9 and whose letters are A.
LOOKS = {
    "%Y": "9999",
    "%y": "99",
    "%j": "999",
    "%f": "9{1,6}",
    "%b": "A",
    "%B": "A",
    "%p": "A",
}
NUMBER = re.compile(r"\d+(\.\d+)?")
NO_TIME_NAME = re.compile(r"\b(id|num|number|no|code|type|key|zip|phone)\b")
TIME_NAME = re.compile(r"\b(date|time|dt|dttm|datetime|timestamp)\b")
# Counts between the years 1990 and 2100, and the pandas unit of each.
RANGES = {
    "epoch_milliseconds": (631_152_000_000, 4_102_444_800_000),
    "epoch_seconds": (631_152_000, 4_102_444_800),
    "spreadsheet_days": (32_874, 73_051),
}
SPREADSHEET_ZERO = "1899-12-30"
NEARLY_ALL = 0.95


@dataclass(frozen=True)
class Around:
    """What stands before and after a time, as a format writes it."""

    # such as "%a "
    before: str = ""
    # such as " %Z"
    after: str = ""

    @property
    def is_zoned(self) -> bool:
        """Whether an offset or zone is told, which a load turns into the program's wall time."""
        return self.after.casefold().endswith("%z")

    def format(self, core: str) -> str:
        """The format of the whole value."""
        return f"{self.before}{core}{self.after}"


def around(value: str) -> tuple[Around, str]:
    """What stands around the time of a value, and the time itself with its a.m. as AM."""
    found = AROUND.fullmatch(value)
    if found is None:
        return Around(), value
    core, zone, decimals = found["core"], found["zone"] or "", found["decimals"] or ""
    if zone and not ENDS_IN_CLOCK.fullmatch(core + decimals):
        core, zone, decimals = f"{core}{decimals}{found['space']}{zone}", "", ""
    before = ""
    if found["weekday"]:
        before = ("%A" if found["rest"] else "%a") + found["gap"]
    code = "%Z" if zone.isalpha() and len(zone) > 1 else "%z" if zone else ""
    fraction = {"": "", ",": ",%g"}.get(decimals[:1], ".%n")
    after = fraction + (found["space"] + code if zone else "")
    return Around(before, after), re.sub(DOTTED_HALF, r"\1m", core)


def common_around(values: Mapping[str, int]) -> Around:
    """What stands around most times of a sample, given its values with their rows."""
    seen: Counter[Around] = Counter()
    for value, rows in values.items():
        seen[around(value)[0]] += rows
    return max(seen, key=lambda one: seen[one], default=Around())


def may_fit(written: str, values: list[str]) -> bool:
    """Whether a value looks like the format; the database then tries the format itself."""
    parts = re.findall("%.|[^%]", written)
    # Codes without a sign between them have all their digits.
    packed = {
        n
        for n in range(len(parts))
        if any(_is_number(parts, n) and _is_number(parts, one) for one in (n - 1, n + 1))
    }
    looks = "".join(
        re.escape(part)
        if not part.startswith("%")
        else LOOKS.get(part, "99" if place in packed else "99?")
        for place, part in enumerate(parts)
    )
    pattern = re.compile(looks)
    return any(pattern.fullmatch(shape) for shape in values)


def _is_number(parts: list[str], place: int) -> bool:
    return 0 <= place < len(parts) and parts[place] in DIGITS


def shape_of(value: str) -> str:
    """The value with its digits as 9 and each run of letters as A, but for the T and Z of one standard."""
    lettered = re.sub(r"[^\W\d_]+", lambda run: run[0] if run[0] in "TZ" else "A", value)
    return re.sub(r"\d", "9", lettered)


def counted_times(column: Column, values: pandas.Series) -> tuple[str, pandas.Series] | None:
    """The count that the column's numbers are, with each as a time; None where they seem to be none.

    Only a name that speaks of a time makes times of numbers: ids have ten digits too.
    """
    is_named = bool(time_field(column) or TIME_NAME.search(column.words))
    if not is_named or NO_TIME_NAME.search(column.words) or column.share(NUMBER) < NEARLY_ALL:
        return None
    numbers = pandas.to_numeric(values, errors="coerce")
    for name, (least, most) in RANGES.items():
        fits = numbers.between(least, most)
        if fits.mean() < NEARLY_ALL:
            continue
        kept = numbers.where(fits)
        if name == "spreadsheet_days":
            times = pandas.to_datetime(kept, unit="D", origin=SPREADSHEET_ZERO).dt.round("s")
        else:
            times = pandas.to_datetime(kept, unit="ms" if name == "epoch_milliseconds" else "s")
        return name, times
    return None
