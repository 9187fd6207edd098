"""What a log must record for a metric to be counted, in words that tell an agency what is missing."""

from collections.abc import Iterable
from enum import Enum

from outcomes.vocabulary.log import (
    NOT_SERVED,
    NOT_TOLD,
    Breakdown,
    CallOrigin,
    ContactResult,
    DatePrecision,
    Disposition,
    InjuredRole,
    InjurySeverity,
    LogHolds,
    NotReachedReason,
    PoliceInvolvement,
    PoliceRequestReason,
    TransportPlace,
)

# Logs in which the community team's work stands.
TEAM_LOGS = (LogHolds.ALL_CALLS, LogHolds.ELIGIBLE_CALLS, LogHolds.PROGRAM_WORK)


def _says(field: str, *words: str) -> tuple[str, ...]:
    """The answers that a field gives by these words."""
    return tuple(f"{field}={word}" for word in words)


def _yes_and_no(flag: str) -> tuple[tuple[str, ...], ...]:
    """A flag that can only say yes, or only no, would give every share as all or none."""
    return (_says(flag, "yes"), _says(flag, "no"))


def _yes_of(*fields: str) -> tuple[str, ...]:
    return tuple(f"{field}=yes" for field in fields)


def _but(words: Iterable[str], *left_out: str) -> tuple[str, ...]:
    return tuple(word for word in words if word not in left_out)


NOT_FROM_PUBLIC = ("officer_request", "responder_initiated", "follow_up", "not_recorded")
NO_POLICE = PoliceInvolvement.NONE
ASKED_FOR = PoliceInvolvement.REQUESTED_BY_TEAM
POLICE_WORDS = _but(PoliceInvolvement, NO_POLICE, "not_recorded")
POLICE_BEFORE_ASKING = (PoliceInvolvement.ALREADY_ON_SCENE, PoliceInvolvement.SENT_BY_DISPATCH)
TEAM_SENT = (
    "dispatched_at",
    "is_community_dispatched",
    "arrived_at",
    "dispatch_rows",
    "unit_rows",
)
# A call that was cancelled is no attempt to meet somebody: in a log without arrivals it was not reached.
NOT_MET = ("unable_to_locate", "refused", "disengaged_for_safety")
SAYS_AT_SCENE = _says("contact_result", "contacted", *NOT_MET)
RECORDABLE = (InjurySeverity.MEDICAL_TREATMENT, InjurySeverity.SERIOUS, InjurySeverity.FATAL)
LEFT_FOR_SAFETY = ContactResult.DISENGAGED_FOR_SAFETY
PLACES = _but(TransportPlace, "none", "not_recorded")


class Requirement(Enum):
    """Something that a log must record: the words for it, its fields, how much the log must hold and be able to say."""

    PUBLIC_CALLS = (
        "every call from the public, also those that were not sent to the team, with where it came from",
        ("call_origin",),
        (LogHolds.ALL_CALLS,),
        (_says("call_origin", *_but(CallOrigin, *NOT_FROM_PUBLIC)),),
    )
    ELIGIBLE_CALLS = (
        "every call that the team may take, reached or not, by a reviewed list that names at least one such call type",
        ("is_eligible",),
        (LogHolds.ALL_CALLS, LogHolds.ELIGIBLE_CALLS),
        (_says("is_eligible", "yes"),),
    )
    DISPATCHES = (
        "to which calls the team was sent",
        TEAM_SENT,
        (),
        (_yes_of(*TEAM_SENT),),
    )
    TEAM_CALLS = (
        "which calls were the team's",
        (*TEAM_SENT, "reached_rows", "contact_result", "contact_at"),
        (),
        ((*_yes_of(*TEAM_SENT, "reached_rows", "contact_at"), *SAYS_AT_SCENE),),
    )
    REACHED = (
        "which calls the team reached: when it arrived, what came of each attempt to meet the person, or that all rows were reached",
        ("arrived_at", "contact_result", "contact_at", "reached_rows"),
        (),
        ((*_yes_of("arrived_at", "contact_at", "reached_rows"), *SAYS_AT_SCENE),),
    )
    OUTSIDE_HOURS = (
        "which calls were not reached because they came outside service hours",
        ("not_reached_reason",),
        (),
        (_says("not_reached_reason", NotReachedReason.OUTSIDE_HOURS),),
    )
    CALL_ORIGIN = (
        "where each call came from (911, non-emergency, 988 ...)",
        ("call_origin",),
        (),
        (_says("call_origin", CallOrigin.CALL_911, CallOrigin.NON_EMERGENCY),),
    )
    ELIGIBILITY = (
        "which call types the team may take",
        ("is_eligible",),
        (),
        (_says("is_eligible", "yes"),),
    )
    POLICE_PRESENCE = (
        "whether police were present on each response, by words for both",
        ("police_involvement", "police_units"),
        (),
        (_says("police_involvement", NO_POLICE), _says("police_involvement", *POLICE_WORDS)),
    )
    POLICE_INVOLVEMENT = (
        "how police came to each response: not at all, there first, sent, or asked for by the team",
        ("police_involvement",),
        (),
        (
            _says("police_involvement", ASKED_FOR),
            _says("police_involvement", NO_POLICE),
        ),
    )
    POLICE_FIRST = (
        "on which responses police were there first or sent by dispatch, and on which not",
        ("police_involvement",),
        (),
        (
            _says("police_involvement", *POLICE_BEFORE_ASKING),
            _says("police_involvement", NO_POLICE),
        ),
    )
    REQUEST_REASONS = (
        "why the team asked for police",
        ("police_request_reason",),
        (),
        (_says("police_request_reason", *_but(PoliceRequestReason, "not_recorded")),),
    )
    SAFETY_REASONS = (
        "whether the team asked for police for its safety",
        ("police_request_reason",),
        (),
        (
            _says(
                "police_request_reason",
                PoliceRequestReason.SAFETY_EMERGENCY,
                PoliceRequestReason.SAFETY_ROUTINE,
            ),
        ),
    )
    EMERGENCY_REASONS = (
        "whether the team asked for police as a safety emergency",
        ("police_request_reason",),
        (),
        (_says("police_request_reason", PoliceRequestReason.SAFETY_EMERGENCY),),
    )
    DISENGAGEMENTS = (
        "what came of each attempt to meet the person, with a word for no contact because of a safety concern",
        ("contact_result",),
        (),
        (
            _says("contact_result", LEFT_FOR_SAFETY),
            _says("contact_result", *_but(ContactResult, LEFT_FOR_SAFETY, "not_recorded")),
        ),
    )
    CONTACTS = (
        "whether the person was met, by words for both",
        ("contact_result",),
        (),
        (
            _says("contact_result", ContactResult.CONTACTED),
            _says("contact_result", *NOT_MET),
        ),
    )
    ARRESTS = ("whether anyone was arrested", ("has_arrest",), (), _yes_and_no("has_arrest"))
    HOLDS = (
        "whether anyone was held against their will",
        ("has_involuntary_hold",),
        (),
        _yes_and_no("has_involuntary_hold"),
    )
    FORCE = ("whether force was used", ("has_force",), (), _yes_and_no("has_force"))
    EMERGENCY_DEPARTMENT = (
        "whether the person went to an emergency department",
        ("has_emergency_department", "transport_to"),
        (),
        (
            ("has_emergency_department=yes", "transport_to=emergency_department"),
            ("has_emergency_department=no", "transport_to=none"),
        ),
    )
    DISPOSITIONS = (
        "how each response ended, in a word or by contact result, arrest, hold and transport",
        (
            "disposition",
            "contact_result",
            "contact_at",
            "has_arrest",
            "has_involuntary_hold",
            "has_transport",
            "has_emergency_department",
            "transport_to",
        ),
    )
    SERVICE = (
        "on which responses somebody was served, and on which nobody",
        ("disposition", "contact_result", "contact_at", "transport_to"),
        (),
        (
            (
                *_says("disposition", *_but(Disposition, *NOT_SERVED, *NOT_TOLD)),
                "contact_result=contacted",
            ),
            (
                *_says("disposition", *NOT_SERVED),
                *_says("contact_result", *NOT_MET),
            ),
        ),
    )
    MEETINGS = (
        "on which responses somebody was met",
        ("contact_result", "contact_at", "reached_rows"),
        (),
        ((*_yes_of("contact_at", "reached_rows"), "contact_result=contacted"),),
    )
    TRANSPORTS = (
        "whether the person was taken anywhere, and where to",
        ("has_transport", "transport_to"),
        (),
        (
            ("has_transport=yes", *_says("transport_to", *PLACES)),
            ("has_transport=no", "transport_to=none"),
        ),
    )
    TRANSPORT_PLACES = (
        "where each person was taken",
        ("transport_to",),
        (),
        (_says("transport_to", *PLACES),),
    )
    REFERRALS_OFFERED = (
        "whether a referral was offered",
        ("has_referral_offered",),
        (),
        _yes_and_no("has_referral_offered"),
    )
    REFERRALS_ACCEPTED = (
        "whether the person accepted the referral",
        ("has_referral_accepted",),
        (),
        _yes_and_no("has_referral_accepted"),
    )
    CONNECTIONS = (
        "whether the person was connected to the service",
        ("has_service_connected",),
        (),
        _yes_and_no("has_service_connected"),
    )
    PERSONS = (
        "who each person is, by an id of which only a token is stored",
        ("person_token",),
    )
    AGES = ("the age of each person", ("age_band",))
    GENDERS = ("the gender of each person", ("gender",))
    RACES = ("the race and ethnicity of each person", ("race_ethnicity",))
    INJURY_ENTRIES = (
        "for each response, whether anyone was hurt, with a word for nobody as well as for somebody",
        ("is_injury_recorded",),
        (),
        (("nobody_hurt=yes",),),
    )
    INJURIES = (
        "for each response, whether anyone was hurt, who and how badly",
        ("is_injury_recorded",),
        (),
        (
            # A log that can only tell of deaths does not say how many were hurt.
            _says(
                "severity",
                InjurySeverity.FIRST_AID,
                InjurySeverity.MEDICAL_TREATMENT,
                "not_recorded",
            ),
        ),
    )
    RECORDABLE_INJURIES = (
        "for each response, whether anyone was hurt so badly that a doctor treated them",
        ("is_injury_recorded",),
        (),
        (_says("severity", *RECORDABLE),),
    )
    SERIOUS_INJURIES = (
        "for each response, whether anyone was hurt seriously or killed",
        ("is_injury_recorded",),
        (),
        (_says("severity", InjurySeverity.SERIOUS, InjurySeverity.FATAL),),
    )
    RESPONDER_INJURIES = (
        "for each response, whether a responder was hurt",
        ("is_injury_recorded",),
        (),
        # How badly others were hurt is said by another part of the profile.
        (
            tuple(
                f"injury={InjuredRole.RESPONDER}/{severity}"
                for severity in (
                    InjurySeverity.FIRST_AID,
                    InjurySeverity.MEDICAL_TREATMENT,
                    InjurySeverity.NOT_RECORDED,
                )
            ),
        ),
    )
    NEAR_MISSES = (
        "for each response, whether there was a near miss",
        ("is_injury_recorded",),
        (),
        (_says("severity", InjurySeverity.NEAR_MISS),),
    )
    DISPATCH_TIMES = ("when the team was sent", ("dispatched_at",))
    EN_ROUTE_TIMES = ("when the team set out", ("en_route_at",))
    CLEARED_TIMES = ("when the team was done", ("cleared_at",))
    RESPONSE_TARGET = (
        "a target for the wait, set in the program's profile as [[response_targets]]",
        ("response_target",),
    )
    RESPONSE_TIMES = ("when each call came in and when the team arrived", ("arrived_at",))

    RECEIVED_MONTH = (
        "in which month each call came in",
        (),
        tuple(LogHolds),
        (),
        DatePrecision.MONTH,
    )
    RECEIVED_DAY = ("on which day each call came in", (), tuple(LogHolds), (), DatePrecision.DAY)
    RECEIVED_TIME = (
        "at what time of day each call came in",
        ("received_at",),
        tuple(LogHolds),
        (),
        DatePrecision.MINUTE,
    )

    def __init__(
        self,
        words: str,
        any_field: tuple[str, ...],
        holds: tuple[LogHolds, ...] = (),
        answers: tuple[tuple[str, ...], ...] = (),
        precision: DatePrecision = DatePrecision.YEAR,
    ) -> None:
        # what would have to be recorded, in words that follow "record"
        self.words = words
        # contract fields of which the log must fill at least one; none where only dates are asked for
        self.any_field = any_field
        # how much of the calls the log must hold; by default any that holds the team's work
        self.holds = holds or TEAM_LOGS
        # of each of these lists the log must be able to say at least one: a share needs its yes and its no
        self.answers = answers
        # how finely the log must tell when a call came in
        self.precision = precision

    def is_met(
        self,
        recorded_fields: frozenset[str],
        log_holds: LogHolds,
        possible_answers: frozenset[str] | None,
        date_precision: DatePrecision,
    ) -> bool:
        """Whether a log that fills these fields, holds and can say this, and dates so finely, records what is required.

        What a log can say is not known where it was loaded before that was kept; then the fields decide.
        """
        has_field = not self.any_field or any(name in recorded_fields for name in self.any_field)
        can_say = possible_answers is None or all(
            any(answer in possible_answers for answer in either) for either in self.answers
        )
        is_dated = date_precision.tells(self.precision)
        return has_field and log_holds in self.holds and can_say and is_dated

    @property
    def is_of_dates(self) -> bool:
        """Whether it asks for nothing but finer dates."""
        return self.precision is not DatePrecision.YEAR


# What a log must record beside, for an answer by a group of people.
GROUP_NEEDS = {
    Breakdown.AGE_BAND: Requirement.AGES,
    Breakdown.GENDER: Requirement.GENDERS,
    Breakdown.RACE_ETHNICITY: Requirement.RACES,
}
# What a log must tell of when a call came in, for an answer by a stretch of time.
TIME_NEEDS = {
    Breakdown.MONTH: Requirement.RECEIVED_MONTH,
    Breakdown.QUARTER: Requirement.RECEIVED_MONTH,
    Breakdown.HOUR_OF_WEEK: Requirement.RECEIVED_TIME,
}
BREAKDOWN_NEEDS = GROUP_NEEDS | TIME_NEEDS
