"""What a log must record for a metric to be counted, in words that tell an agency what is missing."""

from enum import Enum

from outcomes.vocabulary.log import Breakdown, LogHolds

# Logs in which the community team's work stands.
TEAM_LOGS = (LogHolds.ALL_CALLS, LogHolds.ELIGIBLE_CALLS, LogHolds.PROGRAM_WORK)


class Requirement(Enum):
    """Something that a log must record: the words for it, the fields, and how much the log must hold."""

    PUBLIC_CALLS = (
        "every call from the public, also those that were not sent to the team, with where it came from",
        ("call_origin",),
        (LogHolds.ALL_CALLS,),
    )
    ELIGIBLE_CALLS = (
        "every call that the team may take, reached or not, by a reviewed list of call types",
        ("is_eligible",),
        (LogHolds.ALL_CALLS, LogHolds.ELIGIBLE_CALLS),
    )
    DISPATCHES = (
        "to which calls the team was sent",
        ("dispatched_at", "is_community_dispatched", "arrived_at", "dispatch_rows", "unit_rows"),
    )
    CALL_ORIGIN = ("where each call came from (911, non-emergency, 988 ...)", ("call_origin",))
    ELIGIBILITY = ("which call types the team may take", ("is_eligible",))
    POLICE_PRESENCE = (
        "whether police were present on each response",
        ("police_involvement", "police_units"),
    )
    POLICE_INVOLVEMENT = (
        "how police came to each response: not at all, there first, sent, or asked for by the team",
        ("police_involvement",),
    )
    REQUEST_REASONS = ("why the team asked for police", ("police_request_reason",))
    CONTACT_RESULTS = ("what came of each attempt to meet the person", ("contact_result",))
    CONTACTS = ("whether the person was met", ("contact_result", "contact_at"))
    ARRESTS = ("whether anyone was arrested", ("has_arrest",))
    HOLDS = ("whether anyone was held against their will", ("has_involuntary_hold",))
    FORCE = ("whether force was used", ("has_force",))
    EMERGENCY_DEPARTMENT = (
        "whether the person went to an emergency department",
        ("has_emergency_department", "transport_to"),
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
    MEETINGS = (
        "on which responses somebody was met",
        ("contact_result", "contact_at", "reached_rows"),
    )
    TRANSPORTS = (
        "whether the person was taken anywhere, and where to",
        ("has_transport", "transport_to"),
    )
    TRANSPORT_PLACES = ("where each person was taken", ("transport_to",))
    REFERRALS_OFFERED = ("whether a referral was offered", ("has_referral_offered",))
    REFERRALS_ACCEPTED = ("whether the person accepted the referral", ("has_referral_accepted",))
    CONNECTIONS = ("whether the person was connected to the service", ("has_service_connected",))
    PERSONS = ("who each person is, by an id of which only a token is stored", ("person_token",))
    AGES = ("the age of each person", ("age_band",))
    GENDERS = ("the gender of each person", ("gender",))
    RACES = ("the race and ethnicity of each person", ("race_ethnicity",))
    INJURIES = (
        "for each response, whether anyone was hurt, who and how badly",
        ("is_injury_recorded",),
    )
    TEAM_WORK = (
        "the community team's own work, not only that of other responders",
        ("received_at",),
    )
    DISPATCH_TIMES = ("when the team was sent", ("dispatched_at",))
    EN_ROUTE_TIMES = ("when the team set out", ("en_route_at",))
    CLEARED_TIMES = ("when the team was done", ("cleared_at",))
    RESPONSE_TARGET = (
        "a target for the wait, set in the program's profile as [[response_targets]]",
        ("response_target",),
    )
    RESPONSE_TIMES = ("when each call came in and when the team arrived", ("arrived_at",))

    def __init__(
        self, words: str, any_field: tuple[str, ...], holds: tuple[LogHolds, ...] = TEAM_LOGS
    ) -> None:
        # what would have to be recorded, in words that follow "record"
        self.words = words
        # contract fields of which the log must fill at least one
        self.any_field = any_field
        # how much of the calls the log must hold; by default any that holds the team's work
        self.holds = holds

    def is_met(self, recorded_fields: frozenset[str], log_holds: LogHolds) -> bool:
        """Whether a log that fills these fields and holds this much records what is required."""
        has_field = any(field in recorded_fields for field in self.any_field)
        return has_field and log_holds in self.holds


# What a log must record beside, for an answer by a group of people.
GROUP_NEEDS = {
    Breakdown.AGE_BAND: Requirement.AGES,
    Breakdown.GENDER: Requirement.GENDERS,
    Breakdown.RACE_ETHNICITY: Requirement.RACES,
}
