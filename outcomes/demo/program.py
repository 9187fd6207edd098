"""The made-up programs: what describes one, and those that cities.toml lists."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter

from outcomes.vocabulary.log import CallOrigin, CallType, LogHolds

# Last day in the made-up logs; its month is partial on purpose.
DEMO_THROUGH = date(2026, 11, 15)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WEEKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class ServiceHours:
    """Hours of the day in which a team answers, from a day on."""

    # first day on which these hours hold
    since: date
    # hour at which the team starts, 0 to 23
    first_hour: int
    # hour at which it stops, 1 to 24
    last_hour: int
    # days of the week on which it works; Monday is 0
    weekdays: tuple[int, ...] = EVERY_DAY


@dataclass(frozen=True)
class Staffing:
    """How often no unit is free, from a day on."""

    # first day on which this holds
    since: date
    # share of the eligible calls within hours for which no unit is free
    no_unit_share: float


@dataclass(frozen=True)
class Area:
    """A beat or district."""

    # name as the export writes it
    name: str
    # share of the calls, relative to the other areas
    weight: float
    # day on which the team began to serve it; none where it always did
    since: date | None = None


@dataclass(frozen=True)
class DemoProgram:
    """One made-up program, its city and the quirks of its log."""

    # id, equal to the folder's name in data/agencies
    agency_id: str
    # invented city
    city: str
    # state, two letters
    state: str
    # IANA zone of its clocks
    time_zone: str
    # first day of its log
    first_day: date
    # how much of the public's calls the log holds
    holds: LogHolds
    # calls a day in the first year, with all areas and call types in service
    calls_per_day: float
    # growth of calls from year to year
    yearly_growth: float
    # beats or districts
    areas: tuple[Area, ...]
    # service hours, earliest first
    hours: tuple[ServiceHours, ...]
    # staffing, earliest first
    staffing: tuple[Staffing, ...]
    # where calls come from, with shares
    origins: tuple[tuple[CallOrigin, float], ...]
    # call types that the team took on later, with the day
    types_added: tuple[tuple[CallType, date], ...] = ()
    # how often it asks for police for safety, relative to the usual
    safety_factor: float = 1.0
    # how long dispatch and travel take, relative to the usual
    pace_factor: float = 1.0
    # month with far more safety requests than usual, by its first day
    surge_month: date | None = None
    # months without any row, by their first days
    gap_months: tuple[date, ...] = ()
    # codes in the export that the agency's list lacks
    unlisted_codes: tuple[str, ...] = ()


FILE = Path(__file__).with_name("cities.toml")
PROGRAMS = TypeAdapter(tuple[DemoProgram, ...]).validate_python(
    tomllib.loads(FILE.read_text(encoding="utf-8"))["programs"]
)
