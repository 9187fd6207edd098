"""What a snapshot says of its programs: records read once, for they are asked for on every click."""

from dataclasses import dataclass
from datetime import date, datetime

from outcomes.vocabulary.log import (
    ChangeKind,
    Coverage,
    DataKind,
    DatePrecision,
    GoalDirection,
    GoalUnit,
    LogHolds,
    RecordGrain,
)


@dataclass(frozen=True)
class Program:
    """One program, as its log and profile say."""

    program_id: str
    program_name: str
    city: str
    state: str
    data_owner: str
    # real or made up
    data_kind: DataKind
    # what one incident of the log is
    record_grain: RecordGrain
    # how much of the public's calls the log holds
    log_holds: LogHolds
    # contract fields that the log fills
    recorded_fields: frozenset[str]
    # what closed lists of the log can say, as field=word; None where it was loaded before that was kept
    possible_answers: frozenset[str] | None
    # how finely the log tells when each call came in
    date_precision: DatePrecision
    # first and last day that the records tell of; None where no record has a date
    first_day: date | None
    last_day: date | None
    # incidents in the log, and how many of them have no date
    call_count: int
    undated_count: int
    # when it was last loaded, UTC, and from which files
    loaded_at: datetime | None
    file_names: tuple[str, ...]

    @property
    def short_name(self) -> str:
        """Its city where its name begins with it, else its name."""
        return self.city if self.program_name.startswith(self.city) else self.program_name


@dataclass(frozen=True)
class LogMonth:
    """What a log could say of one month by one of the profiles that read its rows."""

    # first day of the month; None for incidents without a date
    month: date | None
    # how much of the public's calls it held
    log_holds: LogHolds
    # contract fields that it filled
    recorded_fields: frozenset[str]
    # what closed lists could say, as field=word; None where it was loaded before that was kept
    possible_answers: frozenset[str] | None
    # incidents so read
    incident_count: int


@dataclass(frozen=True)
class ResponseTarget:
    """A program's own target for the time from call to arrival."""

    program_id: str
    # longest time that meets it, in minutes
    target_min: float
    # the agency's priority codes that it is for; empty for every call
    priority_codes: tuple[str, ...]
    # first day on which it counts; None for always
    since_date: date | None


@dataclass(frozen=True)
class Goal:
    """What a program, or whom it answers to, wants one figure to be."""

    program_id: str
    # the figure that it is for
    metric_key: str
    direction: GoalDirection
    # in its unit; a share in percent
    value: float
    unit: GoalUnit
    # who set it
    set_by: str
    # first day on which it counts
    since_date: date


@dataclass(frozen=True)
class ServiceHours:
    """Hours of the day in which a program's team works, on some days of the week."""

    program_id: str
    # days on which they begin, 1 (Monday) to 7
    weekdays: tuple[int, ...]
    # minutes after midnight; the end is over 1440 where it lies on the next day
    from_minute: int
    to_minute: int
    # first and last day on which they hold; None for always, and for no end
    since_date: date | None
    until_date: date | None


@dataclass(frozen=True)
class CoveredMonth:
    """How much of one month a log, or several, cover."""

    # first day of the month
    month: date
    # whole, partial, or gap where there is no record at all
    coverage: Coverage
    # days of the month from the log's first record to its last
    covered_days: int


@dataclass(frozen=True)
class ProgramChange:
    """A dated change in a program."""

    program_id: str
    change_date: date
    change_kind: ChangeKind
    change_label: str
