"""Selection: which programs, months, call types and view an answer is for. Frozen, and equal to its URL."""

import re
from dataclasses import dataclass, replace
from datetime import date

from outcomes.vocabulary.log import CallType, View
from outcomes.vocabulary.problem import Problem

MONTH_PATTERN = re.compile(r"^(\d{4})-(\d{2})$")


class SelectionError(Problem, ValueError):
    """A selection that cannot be answered; its text is one sentence for the reader."""


def parse_month(text: str) -> date:
    """First day of the month written as YYYY-MM.

    Raises SelectionError where the text is not a month of the years 1990 to 2100.
    """
    match = MONTH_PATTERN.match(text.strip())
    if match and 1990 <= int(match[1]) <= 2100 and 1 <= int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), 1)
    raise SelectionError(f"Expected a month as YYYY-MM, found [{text}]; write for example 2024-08.")


def add_months(month: date, months: int) -> date:
    """First day of the month that lies the given number of months later (earlier where negative)."""
    index = month.year * 12 + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """First days of every month from first to last, both included; empty where last is earlier."""
    return [add_months(first, step) for step in range(month_count(first, last))]


def month_count(first: date, last: date) -> int:
    """Number of months from first to last, both included; zero where last is earlier."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


@dataclass(frozen=True)
class Selection:
    """What is asked about. Empty tuples and None mean: all of it."""

    # programs asked about, by id; empty means every program of one data kind
    program_ids: tuple[str, ...] = ()
    # states asked about, two letters; empty means every state
    states: tuple[str, ...] = ()
    # first month asked about, as its first day; None means from the log's first month
    first_month: date | None = None
    # last month asked about, as its first day, included; None means to the log's last month
    last_month: date | None = None
    # call types of the common list; empty means every call type
    call_types: tuple[str, ...] = ()
    # the audience, which decides what must be hidden
    view: View = View.PROGRAM

    def __post_init__(self) -> None:
        for word in self.call_types:
            if word not in list(CallType):
                raise SelectionError(
                    f"Expected a call type of the common list, found [{word}]; "
                    f"choose from {', '.join(CallType)}."
                )
        if self.first_month and self.last_month and self.first_month > self.last_month:
            raise SelectionError(
                f"Expected the first month before the last, found [{self.first_month:%Y-%m}] "
                f"after [{self.last_month:%Y-%m}]; exchange them."
            )

    def month_after(self) -> date | None:
        """First day after the selection, the open end of its half-open date range; None where open."""
        return add_months(self.last_month, 1) if self.last_month else None

    def holds(self, month: date | None) -> bool:
        """Whether a month, by its first day, is asked about; what has no month is where every month is."""
        after = self.month_after()
        if month is None:
            return self.first_month is None and after is None
        return (self.first_month is None or month >= self.first_month) and (
            after is None or month < after
        )

    def period_before(self, months_back: int | None = None) -> "Selection | None":
        """The same selection moved back by its own length, or by the months given; None where open-ended."""
        if self.first_month is None or self.last_month is None:
            return None
        shift = months_back or month_count(self.first_month, self.last_month)
        return replace(
            self,
            first_month=add_months(self.first_month, -shift),
            last_month=add_months(self.last_month, -shift),
        )
