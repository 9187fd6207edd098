"""What a profile says of single rows: call types, units in a cell, filters, injuries; and dated changes."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from outcomes.load.fields import Word
from outcomes.load.questions import Rule, Strict
from outcomes.vocabulary import ChangeKind


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
    list: str = "call_types.csv"


class Units(Strict):
    """A cell that names several units of one call."""

    column: str
    # what stands between two units; blanks around a unit are taken off
    separator: str = Field(min_length=1)


class Filter(Strict):
    """Rows that are no incidents, with the reason that is shown beside their count."""

    reason: str
    when: Rule | None = None
    # columns in which a later row says the same as an earlier one; empty for every column
    repeats: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def one_way(self) -> "Filter":
        if (self.when is None) == (self.repeats is None):
            raise ValueError("give either when, a rule, or repeats, a list of columns")
        return self


class Injury(Strict):
    """How one injured person is read from a row; one block per place where a row can hold one."""

    when: Rule
    role: Word
    severity: Word


class Change(Strict):
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
