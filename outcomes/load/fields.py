"""How one field of the contract is filled from a row: rules, times, words of closed lists, and flags."""

from datetime import date
from typing import Annotated

import pyarrow
from pyarrow.compute import match_substring_regex
from pydantic import BaseModel, ConfigDict, Field, model_validator

from outcomes.vocabulary import (
    CallOrigin,
    ContactResult,
    NotReachedReason,
    PoliceInvolvement,
    PoliceRequestReason,
    ResponderType,
)

# Fields of the contract that hold one word of a closed list, and their lists.
WORD_FIELDS = {
    "call_origin": CallOrigin,
    "not_reached_reason": NotReachedReason,
    "contact_result": ContactResult,
    "police_involvement": PoliceInvolvement,
    "police_request_reason": PoliceRequestReason,
    "responder_type": ResponderType,
}
# Fields that answer yes, no or (null) not recorded.
FLAG_FIELDS = (
    "is_eligible",
    "is_community_dispatched",
    "has_arrest",
    "has_involuntary_hold",
    "has_force",
    "has_transport",
    "has_emergency_department",
    "has_referral_offered",
    "has_referral_accepted",
    "has_service_connected",
    "is_injury_recorded",
)
TIME_FIELDS = (
    "received_at",
    "queued_at",
    "dispatched_at",
    "en_route_at",
    "arrived_at",
    "contact_at",
    "cleared_at",
)
# Plain text fields: kept as the agency writes them, trimmed. None may hold a person's name or address.
TEXT_FIELDS = (
    "incident_id",
    "unit_id",
    "priority_code",
    "acuity",
    "area_id",
    "gender",
    "race_ethnicity",
)


class Strict(BaseModel):
    """A part of a profile that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Strict):
    """A yes-or-no question about a row's columns. Exactly one kind of test, or all, any, not of further rules."""

    column: str | None = None
    is_: Annotated[tuple[str, ...], Field(min_length=1)] | None = Field(None, alias="is")
    matches: str | None = None
    recorded: bool | None = None
    at_least: float | None = None
    all: Annotated[tuple["Rule", ...], Field(min_length=1)] | None = None
    any: Annotated[tuple["Rule", ...], Field(min_length=1)] | None = None
    not_: "Rule | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def one_test(self) -> "Rule":
        tests = [self.is_, self.matches, self.recorded, self.at_least]
        groups = [self.all, self.any, self.not_]
        on_column = sum(test is not None for test in tests)
        grouped = sum(group is not None for group in groups)
        if self.column is not None and (on_column != 1 or grouped):
            raise ValueError(
                "a rule on a column needs exactly one of: is, matches, recorded, at_least"
            )
        if self.column is None and (grouped != 1 or on_column):
            raise ValueError("a rule needs a column with a test, or exactly one of: all, any, not")
        if self.matches is not None:
            # The dialect in which DuckDB will ask it; raises ValueError where the pattern is none.
            match_substring_regex(pyarrow.array([""]), self.matches)
        return self


class Time(Strict):
    """One time of the contract: one column, or a date column and a time column."""

    column: str | None = None
    date_column: str | None = None
    time_column: str | None = None
    formats: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    time_formats: tuple[str, ...] = ()
    # times of day that mean "not entered"; the date is kept
    placeholders: tuple[str, ...] = ()
    # plausible range of days; a year written with two digits falls outside it
    earliest: date = date(1990, 1, 1)
    latest: date = date(2100, 12, 31)

    @model_validator(mode="after")
    def one_or_two_columns(self) -> "Time":
        single = self.column is not None and self.date_column is None and self.time_column is None
        double = self.column is None and self.date_column is not None
        if not (single or double):
            raise ValueError("give either column, or date_column with time_column")
        if single and not self.formats:
            raise ValueError("give formats, the ways in which the column writes date and time")
        if double and not self.date_formats:
            raise ValueError("give date_formats, the ways in which date_column writes a date")
        if double and self.time_column and not self.time_formats:
            raise ValueError("give time_formats, the ways in which time_column writes a time")
        return self


class Case(Strict):
    """One step of a field's rules: when the rule holds, the field has this word."""

    when: Rule
    then: str


class Word(Strict):
    """How a field with a closed list is filled: a constant, a column's values, or rules tried in order."""

    constant: str | None = None
    column: str | None = None
    values: dict[str, str] = Field(default_factory=dict)
    cases: tuple[Case, ...] = ()

    @model_validator(mode="after")
    def one_way(self) -> "Word":
        ways = [self.constant is not None, self.column is not None, bool(self.cases)]
        if sum(ways) != 1:
            raise ValueError("give exactly one of: constant, column with values, cases")
        if self.column is not None and not self.values:
            raise ValueError("a column needs values, the word for each of the column's values")
        return self

    def words(self) -> list[str]:
        """Every word that the field can take by these rules."""
        constant = [self.constant] if self.constant is not None else []
        return constant + list(self.values.values()) + [case.then for case in self.cases]


class Flag(Strict):
    """A field that is yes, no or not recorded: yes is tried first, then no, otherwise it is not recorded."""

    yes: Rule | None = None
    no: Rule | None = None
    constant: bool | None = None

    @model_validator(mode="after")
    def rules_or_constant(self) -> "Flag":
        if (self.constant is None) == (self.yes is None and self.no is None):
            raise ValueError("give yes and no rules, or a constant")
        return self
