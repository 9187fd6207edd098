"""An agency's profile: how to read one agency's export, said in TOML and checked with pydantic."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from outcomes.ingest.privacy.pii import private_content
from outcomes.ingest.profile.columns import Column
from outcomes.ingest.profile.conditions import Strict, holds_only_where
from outcomes.ingest.profile.fields import (
    FLAG_FIELDS,
    TEXT_FIELDS,
    TIME_FIELDS,
    WORD_FIELDS,
    Flag,
    Word,
)
from outcomes.ingest.profile.file_format import FileFormat
from outcomes.ingest.profile.grouping import check_rules, complete_rules
from outcomes.ingest.profile.rows import (
    CallTypes,
    Filter,
    Goal,
    Injury,
    ProgramEvent,
    ResponseTarget,
    ServiceHours,
    Units,
)
from outcomes.ingest.profile.timestamps import Time
from outcomes.vocabulary.log import (
    DataKind,
    DatePrecision,
    InjuredRole,
    InjurySeverity,
    LogHolds,
    RecordGrain,
)
from outcomes.vocabulary.time_zones import time_zones

# What says something of the community team: nobody's where none of the named responders can be the team.
TEAM_FIELDS = {
    "dispatched_at",
    "en_route_at",
    "arrived_at",
    "contact_at",
    "cleared_at",
    "contact_result",
    "is_community_dispatched",
    "reached_rows",
    "dispatch_rows",
    "unit_rows",
    "is_injury_recorded",
}

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
        if zone not in time_zones():
            raise ValueError("expected an IANA time zone such as America/Denver")
        return zone


class Log(Strict):
    """What a row is and how much of the public's calls the log holds."""

    rows_are: Literal["call", "dispatch", "person", "unit", "outcome"]
    holds: LogHolds
    # every row reached the scene, because the log holds only people or calls that were served
    all_rows_reached: bool = False
    # police units stand in the same log, so a call without one had no police
    records_police_units: bool = False
    # what several rows with one incident_id are: a later version of the row, or parts of one call
    same_id: Literal["later_row", "join"] | None = None
    # the agency numbers its calls from the beginning again each year, month or day
    ids_restart: Literal["year", "month", "day"] | None = None
    # what to do with an interval of exactly zero minutes
    zero_intervals: Literal["leave_out", "keep"] = "leave_out"
    # longest believable interval, in hours
    longest_interval_hours: float = Field(24, gt=0, le=240)

    @property
    def record_grain(self) -> RecordGrain:
        """The grain of the incident table; unit and outcome rows are parts of calls."""
        is_part = self.rows_are in ("unit", "outcome")
        return RecordGrain.CALL if is_part else RecordGrain(self.rows_are)

    @property
    def joins_rows(self) -> bool:
        """Whether several rows with one incident_id are one call."""
        return (self.same_id or "later_row") == "join" or self.rows_are in ("unit", "outcome")


class Profile(Strict):
    """How to read one agency's export."""

    program: Program
    log: Log
    file: FileFormat
    text: dict[str, str] = Field(default_factory=dict)
    # the profile's own columns: found by another name, pattern or place, or made from others
    columns: dict[str, Column] = Field(default_factory=dict)
    times: dict[str, Time] = Field(default_factory=dict)
    call_type: CallTypes | None = None
    words: dict[str, Word] = Field(default_factory=dict)
    flags: dict[str, Flag] = Field(default_factory=dict)
    units: Units | None = None
    # which of several joined rows speaks for the call, by field
    group: dict[str, str] = Field(default_factory=dict)
    age_column: str | None = None
    birth_year_column: str | None = None
    # kept as a token alone, made with a secret that is kept elsewhere
    person_id_column: str | None = None
    filters: tuple[Filter, ...] = ()
    injuries: tuple[Injury, ...] = ()
    changes: tuple[ProgramEvent, ...] = ()
    response_targets: tuple[ResponseTarget, ...] = ()
    service_hours: tuple[ServiceHours, ...] = ()
    goals: tuple[Goal, ...] = ()
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
        check_rules(self.group)
        if "received_at" not in self.times:
            raise ValueError("times.received_at is missing: expected when the call came in")
        if self.injuries and "is_injury_recorded" not in self.flags:
            raise ValueError(
                "flags.is_injury_recorded is missing: with injuries, say on which rows the log records them"
            )
        if self.log.joins_rows and "incident_id" not in self.text:
            raise ValueError(
                f"text.incident_id is missing: expected the column that joins {self.log.rows_are} rows; "
                "where no column does alone, join several that do in [columns], such as the day, the time "
                "and the area of the call"
            )
        if self.log.ids_restart is not None and "incident_id" not in self.text:
            raise ValueError(
                "log.ids_restart needs text.incident_id, the column of the ids that restart"
            )
        return self

    @model_validator(mode="after")
    def consistent(self) -> "Profile":
        for name in self.times:
            self._refuse_circle(name)
        received = self.times["received_at"]
        later = [name for name in self.times if name != "received_at"]
        if later and not received.is_to_the_minute:
            raise ValueError(
                "times.received_at is told to the hour alone, so that no waiting time can be measured "
                f"from it: leave out times.{later[0]}"
            )
        if received.when is not None and received.when.asks_for_dates():
            raise ValueError("times.received_at.when asks for the day that it is to tell")
        for number, target in enumerate(self.response_targets):
            if target.priorities and "priority_code" not in self.text:
                raise ValueError(
                    f"response_targets.{number}.priorities needs text.priority_code, the column of priorities"
                )
        if self.units is not None and (self.log.rows_are == "unit" or "unit_id" in self.text):
            raise ValueError(
                "units is for a cell with several units; leave out text.unit_id and unit rows"
            )
        police = self.words.get("responder_type")
        if self.log.records_police_units and not (police and "police" in police.words()):
            raise ValueError(
                "log.records_police_units says that police units stand in this log: expected words.responder_type "
                "with the word 'police', by which they are known"
            )
        if sum(rule.repeats is not None for rule in self.filters) > 1:
            raise ValueError("filters: expected at most one with repeats")
        if self.age_column is not None and self.birth_year_column is not None:
            raise ValueError("give either age_column or birth_year_column")
        both = {name.casefold() for name in self.file.columns_from_name} & {
            name.casefold() for name in self.columns
        }
        if both:
            raise ValueError(
                f"columns.{both.pop()} is a group of file.name_pattern too; rename one"
            )
        return self

    @model_validator(mode="after")
    def one_goal_at_a_time(self) -> "Profile":
        for number, goal in enumerate(self.goals):
            for other in self.goals[:number]:
                if (goal.metric, goal.since) == (other.metric, other.since):
                    raise ValueError(
                        f"goals.{number}.since: one goal for {goal.metric} at a time, and not two since "
                        f"{goal.since}"
                    )
        return self

    @model_validator(mode="after")
    def nothing_private(self) -> "Profile":
        for key, column in self.stored_columns():
            content = private_content(column)
            if content is not None:
                raise ValueError(
                    f"{key} names the column [{column}], which by its name holds {content}; these are "
                    "never stored: map another column or leave the key out"
                )
        return self

    def _refuse_circle(self, name: str) -> None:
        seen = [name]
        while (since := self.times[seen[-1]].since) is not None:
            if since not in self.times or since in seen:
                raise ValueError(
                    f"times.{seen[-1]}.since: expected another time of this profile that is not told "
                    f"from this one, found {since!r}"
                )
            seen.append(since)

    @property
    def words_of_rows(self) -> dict[str, Word]:
        """The words that a row has; the units of one cell have a type each, and the row none."""
        is_of_units = self.units is not None
        return {n: w for n, w in self.words.items() if not (is_of_units and n == "responder_type")}

    def stored_columns(self) -> list[tuple[str, str]]:
        """Key and column of everything whose text, or day, is kept."""
        found = [(f"text.{field}", column) for field, column in self.text.items()]
        if self.call_type is not None:
            types = self.call_type
            found.append(("call_type.column", types.column))
            if types.final_column is not None:
                found.append(("call_type.final_column", types.final_column))
            found += [("call_type.more_columns", column) for column in types.more_columns]
        if self.units is not None:
            found.append(("units.column", self.units.column))
        for field, time in self.times.items():
            for names in (time.column, time.date_column):
                columns = [names] if isinstance(names, str) else list(names or ())
                found += [(f"times.{field}", column) for column in columns]
        return [(key, name) for key, column in found for name in self._source_names(column)]

    def _source_names(self, column: str) -> list[str]:
        """The names in the file that a column of the profile may be read from."""
        own = {name.casefold(): made for name, made in self.columns.items()}.get(column.casefold())
        if own is None:
            return [column]
        if own.joined:
            return [name for part in own.joined for name in self._source_names(part)]
        if own.lookup is not None or own.part_of is not None:
            # What is kept is the meaning of a code, or a part; the values are looked at all the same.
            return []
        return [column, *own.names]

    @property
    def date_precision(self) -> DatePrecision:
        """How finely the log tells when each call came in, by the formats of received_at."""
        return self.times["received_at"].precision

    @property
    def has_ids(self) -> bool:
        """Whether the export has an id of its own for each incident, so that an amended row is matched."""
        return "incident_id" in self.text

    @property
    def group_rules(self) -> dict[str, str]:
        """For every field the rule by which joined rows become one call."""
        return complete_rules(self.group)

    @property
    def knows_team_units(self) -> bool:
        """Whether any unit of this log can be the community team's."""
        types = self.words.get("responder_type")
        return bool(types and {"community", "co_response"} & set(types.words()))

    @property
    def lists_responder_words(self) -> bool:
        """Whether the profile lists the words for responders, so that another word is one that it does not know."""
        types = self.words.get("responder_type")
        return types is not None and types.column is not None

    @property
    def lists_units(self) -> bool:
        """Whether rows are units, or cells name several."""
        return self.log.rows_are == "unit" or self.units is not None

    @property
    def rows_name_responders(self) -> bool:
        """Whether each row, which is no unit, says whose work it is."""
        return not self.lists_units and "responder_type" in self.words

    @property
    def names_responders(self) -> bool:
        """Whether rows, units or cells say whose work it is, so that only the team's own is the team's."""
        return self.lists_units or self.rows_name_responders

    @property
    def says_who_was_not_hurt(self) -> bool:
        """Whether injuries are recorded also where nobody was hurt, and not by the rule for somebody hurt itself."""
        recorded = self.flags.get("is_injury_recorded")
        if recorded is None:
            return False
        hurt = [injury.when for injury in self.injuries]
        return bool(recorded.constant) or (
            recorded.yes is not None and not holds_only_where(recorded.yes, hurt)
        )

    @property
    def recorded_fields(self) -> list[str]:
        """Names of the contract fields that this profile fills, sorted; all others are not recorded.

        Where the log names responders and none can be the team's, what it says of a team is nobody's.
        """
        lists = ["initial_call_type_code", "call_type"] if self.call_type else []
        police_units = ["police_units"] if self.log.records_police_units else []
        reached_rows = ["reached_rows"] if self.log.all_rows_reached else []
        # Rows of units say whom they were sent to only where the profile knows the team's units.
        says_team = self.log.rows_are == "dispatch" or (
            self.log.rows_are == "unit" and self.knows_team_units
        )
        team_rows = [f"{self.log.rows_are}_rows"] if says_team else []
        own = {
            "age_band": self.age_column or self.birth_year_column,
            "person_token": self.person_id_column,
            "is_community_dispatched": self.units,
        }
        mapped = [*self.text, *self.times, *self.words, *self.flags]
        mapped += [name for name, given in own.items() if given and name not in mapped]
        targets = ["response_target"] if self.response_targets else []
        own_rows = ["responder_rows"] if self.rows_name_responders else []
        is_mixed = self.lists_units or (self.rows_name_responders and self.log.joins_rows)
        mixed = ["mixed_responders"] if is_mixed else []
        fields = {*mapped, *lists, *police_units, *reached_rows, *team_rows, *targets}
        fields |= {*own_rows, *mixed}
        if self.names_responders and not self.knows_team_units:
            fields -= TEAM_FIELDS
        return sorted(fields)

    @property
    def possible_answers(self) -> list[str]:
        """What the fields of closed lists can say by these rules, as "field=word", sorted.

        A word that no rule gives is not recorded, however often it happened.
        """
        words = {f"{name}={word}" for name, rule in self.words.items() for word in rule.words()}
        flags = {f"{name}={said}" for name, rule in self.flags.items() for said in rule.answers()}
        if self.units is not None and self.knows_team_units:
            flags |= {"is_community_dispatched=yes", "is_community_dispatched=no"}
        if self.log.records_police_units:
            words |= {"police_involvement=none", "police_involvement=already_on_scene"}
        times = {f"{name}=yes" for name in self.times}
        times |= {f"{name}=yes" for name in self.recorded_fields if name.endswith("_rows")}
        for injury in self.injuries:
            roles, severities = injury.role.words(), injury.severity.words()
            words |= {f"injured_role={word}" for word in roles}
            words |= {f"severity={word}" for word in severities}
            # Who was hurt how badly is said by one block: another block's severities are not those of its people.
            words |= {f"injury={role}/{severity}" for role in roles for severity in severities}
        if self.says_who_was_not_hurt:
            words.add("nobody_hurt=yes")
        return sorted(words | flags | times)


def _refuse_unknown(part: str, given: Mapping[str, object], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"{part}.{name} is not a field; expected one of: {', '.join(known)}")


def _refuse_words(place: str, word: Word, vocabulary: type[StrEnum]) -> None:
    known = [str(item) for item in vocabulary]
    for found in word.words():
        if found not in known:
            raise ValueError(f"{place} has the word {found!r}; expected one of: {', '.join(known)}")
