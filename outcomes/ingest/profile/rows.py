"""What a profile says of single rows: call types, units in a cell, filters, injuries; and dated changes."""

import re
from datetime import UTC, date, datetime
from typing import Literal

from pydantic import Field, field_validator, model_validator

from outcomes.ingest.profile.conditions import Condition, FileName, Strict
from outcomes.ingest.profile.fields import Word
from outcomes.metrics.definition import Direction
from outcomes.metrics.goal import goal_units
from outcomes.metrics.registry import UnknownMetricError, find_metric
from outcomes.selection import SelectionError, parse_month
from outcomes.vocabulary.log import ChangeKind, GoalDirection, GoalUnit


class CallTypes(Strict):
    """Where the call type stands, and the agency's list that maps its codes to the common list."""

    column: str
    final_column: str | None = None
    # further columns with reasons, after the first
    more_columns: tuple[str, ...] = ()
    # the type that stands for the call: what column says, or the first of all columns that says something
    primary: Literal["column", "first_filled"] = "column"
    # whether the primary type alone decides if the team may take the call, or any of them
    eligible_by: Literal["primary", "any"] = "primary"
    list: FileName = "call_types.csv"


class Units(Strict):
    """A cell that names several units of one call."""

    column: str
    # what stands between two units; blanks around a unit are taken off
    separator: str = Field(min_length=1)


class Filter(Strict):
    """Rows that are no incidents, with the reason that is shown beside their count."""

    reason: str
    when: Condition | None = None
    # columns in which a later row says the same as an earlier one; empty for every column
    repeats: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def one_way(self) -> "Filter":
        if (self.when is None) == (self.repeats is None):
            raise ValueError("give either when, a rule, or repeats, a list of columns")
        return self


class Injury(Strict):
    """How one injured person is read from a row; one block per place where a row can hold one."""

    when: Condition
    role: Word
    severity: Word


class ProgramEvent(Strict):
    """A dated change in the program, drawn under every time series."""

    date: date
    kind: ChangeKind
    label: str


class ResponseTarget(Strict):
    """The program's own target for the time from call to arrival."""

    # longest time that meets it, in minutes
    minutes: float = Field(gt=0, le=24 * 60)
    # the agency's priority codes that it is for; empty for every call
    priorities: tuple[str, ...] = ()
    # first day on which it counts; none for always
    since: date | None = None


class Goal(Strict):
    """What the program, or whom it answers to, wants one figure to be."""

    # key of the figure
    metric: str
    direction: GoalDirection
    # in the unit; a share in percent
    value: float
    unit: GoalUnit
    # who set it, as pages name them
    set_by: str = Field(min_length=1, max_length=60)
    # first day on which it counts: a day, or a month in quotes such as "2026-01"
    since: date

    @field_validator("since", mode="before")
    @classmethod
    def a_day_or_month(cls, said: object) -> object:
        if isinstance(said, date):
            return said
        try:
            return parse_month(str(said))
        except SelectionError:
            raise ValueError(
                'a date such as 2026-01-15, or a month in quotes such as "2026-01"'
            ) from None

    @model_validator(mode="after")
    def can_be_judged(self) -> "Goal":
        try:
            metric = find_metric(self.metric)
        except UnknownMetricError as problem:
            raise ValueError(str(problem)) from None
        units = goal_units(metric)
        if not units:
            raise ValueError(f"a metric that can have a goal, which {metric.key} cannot")
        if self.unit not in units:
            raise ValueError(f"unit {' or '.join(units)} for {metric.key}, and not {self.unit}")
        wrong = {Direction.HIGHER: GoalDirection.AT_MOST, Direction.LOWER: GoalDirection.AT_LEAST}
        if wrong.get(metric.direction) is self.direction:
            other = next(each for each in GoalDirection if each is not self.direction)
            raise ValueError(
                f"direction {other} for {metric.key}, of which {metric.direction} is better, "
                f"and not {self.direction}"
            )
        self._refuse_value()
        if self.since > datetime.now(UTC).date():
            raise ValueError(f"since on a day that has come, and not {self.since}")
        return self

    def _refuse_value(self) -> None:
        """Raise ValueError for a value that no figure could be shown to keep, or to miss."""
        if self.unit is GoalUnit.PERCENT and not 0 < self.value < 100:
            raise ValueError(
                f"value in percent, above 0 and below 100, such as 40 for 40%, and not {self.value:g}"
            )
        if self.unit is GoalUnit.A_MONTH and self.direction is GoalDirection.AT_MOST:
            if not 0 <= self.value < MOST_A_GOAL:
                raise ValueError(f"value of 0 or more a month, and not {self.value:g}")
        elif not 0 < self.value < MOST_A_GOAL:
            raise ValueError(f"value above 0 and below {MOST_A_GOAL:,}, and not {self.value:g}")


Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
# Above what any team does in a month.
MOST_A_GOAL = 1_000_000
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class ServiceHours(Strict):
    """Hours of the day in which the team works, on some days of the week."""

    # days on which the hours begin; left out for every day
    days: tuple[Day, ...] = Field(DAYS, min_length=1)
    # local time, such as "08:00"
    from_: str = Field(alias="from")
    # local time; "24:00" is midnight, and an earlier one than from lies on the next day
    to: str
    # first day on which they hold; none for always
    since: date | None = None
    # last day on which they hold; none for no end
    until: date | None = None

    @field_validator("from_", "to", mode="before")
    @classmethod
    def a_time_of_day(cls, text: object) -> object:
        if not isinstance(text, str) or not CLOCK.fullmatch(text):
            raise ValueError('a time of day in quotes, such as "08:00" or "24:00"')
        return text

    @model_validator(mode="after")
    def some_hours(self) -> "ServiceHours":
        if self.from_ == "24:00" or self.from_ == self.to:
            raise ValueError(
                'to at another time than from; round the clock is from = "00:00", to = "24:00"'
            )
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since on or before until, and not {self.since} after {self.until}")
        return self

    @property
    def from_minute(self) -> int:
        """Minutes after midnight at which they begin."""
        return _minutes(self.from_)

    @property
    def to_minute(self) -> int:
        """Minutes after the same midnight at which they end; over 1440 where that is on the next day."""
        end = _minutes(self.to)
        return end if end > self.from_minute else end + MINUTES_A_DAY

    def weekdays(self) -> list[int]:
        """The days, Monday as 1."""
        return [number for number, day in enumerate(DAYS, start=1) if day in self.days]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
