"""One row of each of the registry's files, checked with pydantic: what a column may hold, and what it may not."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from outcomes.registry.words import (
    Bound,
    Confidence,
    CountsOrigin,
    DispatchedBy,
    EventKind,
    Precision,
    ProgramType,
    StudyKind,
    Team,
    YesNo,
)

DATE_PATTERN = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]))?$")
FIRST_YEAR, LAST_YEAR = 1960, 2100


def _partial_date(text: str) -> str:
    if text and not (DATE_PATTERN.match(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR):
        raise ValueError("expected YYYY-MM or YYYY, such as 2021-06")
    return text


def _address(text: str) -> str:
    if not re.match(r"^https?://[^\s]+\.[^\s]+$", text):
        raise ValueError("expected the full address of a page, beginning with https://")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("expected a text, because nothing is in the registry without it")
    return text


def _words(text: str) -> str:
    if text and not re.match(r"^[a-z0-9_]+(;[a-z0-9_]+)*$", text):
        raise ValueError(
            "expected words in lower case with ; between and no blanks, such as welfare_check"
        )
    return text


def _state(text: str) -> str:
    if not re.match(r"^[A-Z]{2}$", text):
        raise ValueError("expected a state as two capital letters, such as OR")
    return text


def _key(text: str) -> str:
    if not re.match(r"^[a-z0-9][a-z0-9_.-]{1,120}$", text):
        raise ValueError(
            "expected lower-case letters, digits and hyphens, such as or-eugene-cahoots"
        )
    return text


def _number_or_none(text: object) -> object:
    return None if text == "" else text


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Address = Annotated[str, AfterValidator(_address)]
Said = Annotated[str, AfterValidator(_said)]
Key = Annotated[str, AfterValidator(_key)]
State = Annotated[str, AfterValidator(_state)]
Words = Annotated[str, AfterValidator(_words)]
Number = Annotated[float | None, BeforeValidator(_number_or_none)]
Whole = Annotated[int | None, BeforeValidator(_number_or_none)]
OptionalBound = Annotated[Bound | None, BeforeValidator(_number_or_none)]


def first_possible(text: str) -> date | None:
    """First day that a partial date can mean: of its month, or of January; None where it is empty."""
    if not text:
        return None
    year, _, month = text.partition("-")
    return date(int(year), int(month or 1), 1)


def last_possible(text: str) -> date | None:
    """First day of the last month that a partial date can mean: its month, or December; None where empty."""
    if not text:
        return None
    year, _, month = text.partition("-")
    return date(int(year), int(month or 12), 1)


def precision_of(text: str) -> Precision:
    """How exactly a partial date is known."""
    return {0: Precision.UNKNOWN, 4: Precision.YEAR, 7: Precision.MONTH}[len(text)]


class Row(BaseModel):
    """A row that has exactly the columns that its file has."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class ProgramRow(Row):
    """One program of programs.csv."""

    program_id: Key
    program_name: Said
    city: Said
    state: State
    program_type: ProgramType
    # first call answered, not the announcement
    first_response: PartialDate
    first_response_precision: Precision
    # empty while it runs
    end_date: PartialDate
    end_date_precision: Annotated[Precision | None, BeforeValidator(_number_or_none)]
    is_pilot: YesNo
    team: Team
    dispatch: DispatchedBy
    call_types: Words
    hours: str
    source_title: Said
    source_url: Address
    source_year: Whole
    confidence: Confidence
    # what of the dates the row's own notes put in doubt; empty where nothing is
    doubt: str
    # conflicts between sources, kept
    notes: str

    @model_validator(mode="after")
    def dates_agree(self) -> "ProgramRow":
        if precision_of(self.first_response) is not self.first_response_precision:
            raise ValueError(
                "first_response_precision: expected month for YYYY-MM, year for YYYY, unknown for nothing"
            )
        ends = precision_of(self.end_date) if self.end_date else None
        if ends is not self.end_date_precision:
            raise ValueError(
                "end_date_precision: expected month for YYYY-MM, year for YYYY, nothing while it runs"
            )
        start, end = first_possible(self.first_response), last_possible(self.end_date)
        if start and end and start > end:
            raise ValueError("end_date: expected an end after the first response")
        return self


class EventRow(Row):
    """One dated change of program_events.csv."""

    program_id: Key
    event_id: Key
    event_date: PartialDate
    event_date_precision: Precision
    event_kind: EventKind
    event_words: Said
    source_title: Said
    source_url: Address
    confidence: Confidence

    @model_validator(mode="after")
    def has_a_date(self) -> "EventRow":
        if not self.event_date or precision_of(self.event_date) is not self.event_date_precision:
            raise ValueError(
                "event_date_precision: expected month for YYYY-MM and year for YYYY; an event has a date"
            )
        return self


class StateRow(Row):
    """One state of states.csv, with its place in the tile grid."""

    state: State
    state_name: Said
    census_region: Said
    grid_row: Annotated[int, Field(ge=0, le=7)]
    grid_column: Annotated[int, Field(ge=0, le=10)]
    population: Annotated[int, Field(gt=0)]
    population_year: int
    source_title: Said
    source_url: Address


class FigureRow(Row):
    """One figure that was published, of published_figures.csv."""

    figure_id: Key
    program: Said
    # empty where it is about several programs, or about one that is not in programs.csv
    program_id: str
    scope: Annotated[str, Field(pattern=r"^(program|sector)$")]
    period_start: PartialDate
    period_end: PartialDate
    metric: Key
    value: float
    unit: Said
    value_bound: Bound
    numerator: Number
    numerator_bound: OptionalBound
    denominator: Number
    denominator_bound: OptionalBound
    counts_origin: CountsOrigin
    # figures of one definition count the same over the same, and may be added up
    definition: str
    # figures of one conflict contradict each other, or seem to
    conflict: str
    definition_note: str
    source_title: Said
    source_url: Address
    confidence: Confidence

    @model_validator(mode="after")
    def bounds_stand_with_numbers(self) -> "FigureRow":
        for name in ("numerator", "denominator"):
            if (getattr(self, name) is None) != (getattr(self, f"{name}_bound") is None):
                raise ValueError(f"{name}_bound: expected a bound exactly where there is a {name}")
        return self


class ConflictRow(Row):
    """A set of published figures that contradict each other, of published_conflicts.csv."""

    conflict: Key
    title: Said
    explanation: Said


class DefinitionRow(Row):
    """What may be added up over programs, of published_definitions.csv."""

    definition: Key
    label: Said
    numerator_words: Said
    denominator_words: Said
    rule: Said


class MetricWordRow(Row):
    """The plain words for a published metric, of metric_words.csv."""

    metric: Key
    label: Said
    group: Said
    question: Said


class ClaimRow(Row):
    """One published count of programs or states, of growth_claims.csv."""

    claim_id: Key
    claim: Said
    year_published: int
    as_of: PartialDate
    count_programs: Whole
    count_states: Whole
    count_bound: Bound
    # what was counted, in words: programs, cities, teams, states ...
    counted: Said
    definition_note: Said
    # what of the registry comes nearest: programs, states, or none
    nearest: Annotated[str, Field(pattern=r"^(programs|states|none)$")]
    # kinds counted for it, with ; between
    nearest_types: str
    # one state where the claim is about one
    nearest_state: str
    # month that the registry is counted at
    nearest_month: PartialDate
    why_it_differs: Said
    source_title: Said
    source_url: Address


class SeedClaimRow(Row):
    """One sentence of the seed claims, of seed_claims.csv."""

    claim_id: Key
    claim: Said
    # which check answers it
    check: Annotated[
        str, Field(pattern=r"^(growth|states|volume|harm|police|staffing|survey|teams)$")
    ]
    what_stands_behind_it: Said
    what_does_not: Said
    source_title: Said
    source_url: Address


class StudyRow(Row):
    """One study, audit or survey, of studies.csv."""

    study_id: Key
    kind: StudyKind
    program: Said
    title: Said
    source_title: Said
    year: int
    source_url: Address
    design: Said
    outcome: Said
    effect_as_published: Said
    criticism_or_limit: Said
    confidence: Confidence
    note: str


class SurveyRow(Row):
    """One answer of a survey, of survey_answers.csv; answers of one survey are shown together."""

    study_id: Key
    question: Said
    asked: Said
    asked_count: Whole
    share_percent: float
    share_bound: Bound
    reported_by: Said
    source_url: Address
