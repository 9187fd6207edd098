"""The closed lists that answers are told by, and which of their words a log can say at all."""

from enum import StrEnum

from outcomes.vocabulary.log import (
    Disposition,
    InjuredRole,
    InjurySeverity,
    NotReachedReason,
    PoliceRequestReason,
    TransportPlace,
)

# Closed lists whose every word has a row, also where nothing happened: zero is an answer of a log that can say the word.
VOCABULARIES: dict[str, type[StrEnum]] = {
    "police_request_reasons": PoliceRequestReason,
    "not_reached_reasons": NotReachedReason,
    "dispositions": Disposition,
    "transport_places": TransportPlace,
    "role": InjuredRole,
    "severity": InjurySeverity,
}
CLOSED_LISTS = {
    name: [word.value for word in words if word is not TransportPlace.NONE]
    for name, words in VOCABULARIES.items()
}
# The field whose own words a list holds.
_OWN_FIELD = {
    "police_request_reasons": "police_request_reason",
    "not_reached_reasons": "not_reached_reason",
    "dispositions": "disposition",
    "transport_places": "transport_to",
    "role": "injured_role",
    "severity": "severity",
}
# Words that are worked out from other fields too: any of these answers gives them, or any of these fields.
_WORKED_OUT = {
    ("not_reached_reasons", "cancelled_before_arrival"): ("contact_result=cancelled",),
    ("transport_places", "emergency_department"): ("has_emergency_department=yes",),
    ("dispositions", "arrested"): ("has_arrest=yes",),
    ("dispositions", "involuntary_hold"): ("has_involuntary_hold=yes",),
    ("dispositions", "transported_emergency_department"): (
        "has_emergency_department=yes",
        "transport_to=emergency_department",
    ),
    ("dispositions", "transported_crisis_center"): ("transport_to=crisis_center",),
    ("dispositions", "transported_shelter"): ("transport_to=shelter",),
    ("dispositions", "transported_other"): (
        "has_transport=yes",
        "transport_to=home",
        "transport_to=other",
    ),
    ("dispositions", "unable_to_locate"): ("contact_result=unable_to_locate",),
    ("dispositions", "refused"): ("contact_result=refused",),
    ("dispositions", "cancelled"): ("contact_result=cancelled",),
    ("dispositions", "left_for_safety"): ("contact_result=disengaged_for_safety",),
    ("dispositions", "referred"): ("has_referral_accepted=yes", "has_service_connected=yes"),
    ("dispositions", "met"): ("contact_result=contacted", "contact_at", "reached_rows"),
}


def can_say(
    closed_list: str,
    word: str,
    recorded_fields: frozenset[str],
    possible_answers: frozenset[str] | None,
) -> bool:
    """Whether a log that fills these fields and can say this can say a word of a closed list; silence always.

    A log that was loaded before its possible answers were kept is taken to say every word.
    """
    if possible_answers is None or word == "not_recorded":
        return True
    sources = (f"{_OWN_FIELD[closed_list]}={word}", *_WORKED_OUT.get((closed_list, word), ()))
    return any(source in possible_answers or source in recorded_fields for source in sources)


def can_say_hurt(
    role: str, severities: tuple[str, ...], possible_answers: frozenset[str] | None
) -> bool:
    """Whether a log can say of somebody in this role that they were hurt so badly, by one and the same block of its profile."""
    if possible_answers is None or role == "not_recorded" or "not_recorded" in severities[:1]:
        return True
    return any(f"injury={role}/{severity}" in possible_answers for severity in severities)
