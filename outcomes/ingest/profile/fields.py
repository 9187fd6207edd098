"""How one field of the contract is filled from a row: the fields there are, words of closed lists, and flags."""

from pydantic import Field, model_validator

from outcomes.ingest.profile.conditions import Condition, Strict
from outcomes.vocabulary.log import (
    CallOrigin,
    ContactResult,
    Disposition,
    NotReachedReason,
    PoliceInvolvement,
    PoliceRequestReason,
    ResponderType,
    TransportPlace,
)

# Fields of the contract that hold one word of a closed list, and their lists.
WORD_FIELDS = {
    "call_origin": CallOrigin,
    "not_reached_reason": NotReachedReason,
    "contact_result": ContactResult,
    "disposition": Disposition,
    "transport_to": TransportPlace,
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


class Case(Strict):
    """One step of a field's rules: when the rule holds, the field has this word."""

    when: Condition
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

    yes: Condition | None = None
    no: Condition | None = None
    constant: bool | None = None

    @model_validator(mode="after")
    def rules_or_constant(self) -> "Flag":
        if (self.constant is None) == (self.yes is None and self.no is None):
            raise ValueError("give yes and no rules, or a constant")
        return self

    def answers(self) -> list[str]:
        """What the field can say by these rules: yes, no or both."""
        if self.constant is not None:
            return ["yes" if self.constant else "no"]
        rules = {"yes": self.yes, "no": self.no}
        return [said for said, rule in rules.items() if rule is not None]
