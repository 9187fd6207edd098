"""One row of each of the registry's files, checked with pydantic: what a column may hold, and what it may not."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from outcomes.registry.cells import (
    Address,
    Key,
    Number,
    OptionalBound,
    PartialDate,
    Said,
    State,
    Whole,
    Words,
    first_possible,
    last_possible,
    number_or_none,
    precision_of,
)
from outcomes.vocabulary.registry import (
    Bound,
    Column,
    Confidence,
    CountsOrigin,
    DispatchedBy,
    EffectDirection,
    EventKind,
    Precision,
    ProgramType,
    StudyKind,
    Team,
    Wording,
    YesNo,
)


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
    end_date_precision: Annotated[Precision | None, BeforeValidator(number_or_none)]
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


class KeptRow(Row):
    """Why a column stands although the row's own words seem to contradict it, of kept_contradictions.csv."""

    program_id: Key
    column: Column
    reason: Said


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
    # the source's sentence, or the same in short
    claim: Said
    # the same in so few words that it fits a table
    in_short: Said
    # the number that it gives, if it gives one, and what that is a number of
    claimed: Number
    claimed_bound: Bound
    claimed_unit: str
    # why ours is another, or why there is none, in one or two short sentences
    why: Said
    # quoted: word for word; in_short: only what stands in quotation marks is
    wording: Wording
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
    # the same in a few words
    design_in_short: Said
    outcome: Said
    effect_as_published: Said
    # which way the effect went
    direction: EffectDirection
    # the same with what there was fewer or more of; empty where no effect was measured
    direction_in_short: str
    # the effect as published in a few words, with its size where one could be read
    size: Said
    criticism_or_limit: Said
    confidence: Confidence
    note: str

    @model_validator(mode="after")
    def direction_says_of_what(self) -> "StudyRow":
        if (self.direction is EffectDirection.NONE) != (not self.direction_in_short):
            raise ValueError(
                "direction_in_short: expected words exactly where direction is not none"
            )
        return self


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
