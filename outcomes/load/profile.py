"""An agency's profile: how to read one agency's export, said in TOML and checked with pydantic."""

import codecs
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator

from outcomes.load.fields import (
    FLAG_FIELDS,
    TEXT_FIELDS,
    TIME_FIELDS,
    WORD_FIELDS,
    Flag,
    Rule,
    Strict,
    Time,
    Word,
)
from outcomes.vocabulary import (
    ChangeKind,
    DataKind,
    InjuredRole,
    InjurySeverity,
    LogHolds,
    RecordGrain,
)

ProgramId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]


class Program(Strict):
    """Whose log it is."""

    id: ProgramId
    name: str
    city: str
    state: str = Field(pattern=r"^[A-Z]{2}$")
    time_zone: str
    data_owner: str
    data_kind: DataKind = DataKind.REAL

    @field_validator("time_zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("expected an IANA time zone such as America/Denver")
        return zone


class Log(Strict):
    """What a row is and how much of the public's calls the log holds."""

    rows_are: Literal["call", "dispatch", "person", "unit"]
    holds: LogHolds
    # every row reached the scene, because the log holds only people or calls that were served
    all_rows_reached: bool = False
    # police units stand in the same log, so a call without one had no police
    records_police_units: bool = False
    # what to do with an interval of exactly zero minutes
    zero_intervals: Literal["leave_out", "keep"] = "leave_out"
    # longest believable interval, in hours
    longest_interval_hours: float = Field(24, gt=0, le=240)

    @property
    def record_grain(self) -> RecordGrain:
        """The grain of the incident table; unit rows are grouped to calls."""
        return RecordGrain.CALL if self.rows_are == "unit" else RecordGrain(self.rows_are)


class FileFormat(Strict):
    """The container and its text."""

    format: Literal["csv", "xlsx", "parquet", "json_lines"]
    sheet: str | None = None
    header_row: int = Field(1, ge=1)
    delimiter: str = Field(",", min_length=1, max_length=1)
    encoding: str = "utf-8"
    null_words: tuple[str, ...] = ()

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, encoding: str) -> str:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise ValueError("expected an encoding such as utf-8, latin-1 or cp1252") from None
        return encoding

    @model_validator(mode="after")
    def sheet_for_workbooks(self) -> "FileFormat":
        if self.format == "xlsx" and not self.sheet:
            raise ValueError("an xlsx file needs sheet, the name of the sheet that holds the rows")
        return self


class CallTypes(Strict):
    """Where the call type stands, and the agency's list that maps its codes to the common list."""

    column: str
    final_column: str | None = None
    list: str = "call_types.csv"


class Filter(Strict):
    """Rows that are no incidents, with the reason that is shown beside their count."""

    reason: str
    when: Rule


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


class Profile(Strict):
    """How to read one agency's export."""

    program: Program
    log: Log
    file: FileFormat
    text: dict[str, str]
    times: dict[str, Time] = Field(default_factory=dict)
    call_type: CallTypes | None = None
    words: dict[str, Word] = Field(default_factory=dict)
    flags: dict[str, Flag] = Field(default_factory=dict)
    age_column: str | None = None
    filters: tuple[Filter, ...] = ()
    injuries: tuple[Injury, ...] = ()
    changes: tuple[Change, ...] = ()
    # columns read and then dropped on purpose, so that they are not reported as unused
    ignored_columns: tuple[str, ...] = ()

    @model_validator(mode="after")
    def known_fields(self) -> "Profile":
        _refuse_unknown("times", self.times, TIME_FIELDS)
        _refuse_unknown("words", self.words, tuple(WORD_FIELDS))
        _refuse_unknown("flags", self.flags, FLAG_FIELDS)
        _refuse_unknown("text", self.text, TEXT_FIELDS)
        for name, word in self.words.items():
            _refuse_words(f"words.{name}", word, WORD_FIELDS[name])
        for number, injury in enumerate(self.injuries):
            _refuse_words(f"injuries.{number}.role", injury.role, InjuredRole)
            _refuse_words(f"injuries.{number}.severity", injury.severity, InjurySeverity)
        if "received_at" not in self.times:
            raise ValueError("times.received_at is missing: expected when the call came in")
        if self.injuries and "is_injury_recorded" not in self.flags:
            raise ValueError(
                "flags.is_injury_recorded is missing: with injuries, say on which rows the log records them"
            )
        if self.log.rows_are == "unit" and "incident_id" not in self.text:
            raise ValueError(
                "text.incident_id is missing: expected the column that joins unit rows"
            )
        return self

    @property
    def has_ids(self) -> bool:
        """Whether the export has an id of its own for each incident, so that an amended row is matched."""
        return "incident_id" in self.text

    @property
    def recorded_fields(self) -> list[str]:
        """Names of the contract fields that this profile fills, sorted; all others are not recorded."""
        lists = ["initial_call_type_code", "call_type"] if self.call_type else []
        police_units = ["police_units"] if self.log.records_police_units else []
        reached_rows = ["reached_rows"] if self.log.all_rows_reached else []
        team_rows = (
            [f"{self.log.rows_are}_rows"] if self.log.rows_are in ("dispatch", "unit") else []
        )
        mapped = [*self.text, *self.times, *self.words, *self.flags]
        return sorted([*mapped, *lists, *police_units, *reached_rows, *team_rows])


def _refuse_unknown(part: str, given: Mapping[str, object], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"{part}.{name} is not a field; expected one of: {', '.join(known)}")


def _refuse_words(place: str, word: Word, vocabulary: type[StrEnum]) -> None:
    known = [str(item) for item in vocabulary]
    for found in word.words():
        if found not in known:
            raise ValueError(f"{place} has the word {found!r}; expected one of: {', '.join(known)}")
