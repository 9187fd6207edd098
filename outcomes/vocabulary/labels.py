"""Plain-language labels of the words of the field, as pages, charts and files show them."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from outcomes.vocabulary.log import (
    CallOrigin,
    CallType,
    ContactResult,
    DataKind,
    Disposition,
    InjuredRole,
    IntervalName,
    NotReachedReason,
    PoliceInvolvement,
    PoliceRequestReason,
    RecordGrain,
    TransportPlace,
    View,
)
from outcomes.vocabulary.registry import REGISTRY_LABELS

# The states and the District of Columbia.
US_STATES = frozenset((
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN",
    "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ",
    "NM", "NV", "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA",
    "WI", "WV", "WY",
))  # fmt: skip
_LABEL_PAIRS: tuple[tuple[StrEnum, str], ...] = (
    (RecordGrain.CALL, "calls"),
    (RecordGrain.DISPATCH, "dispatches"),
    (RecordGrain.PERSON, "people served"),
    (DataKind.REAL, "real log"),
    (DataKind.MADE_UP, "made-up demonstration data"),
    (View.PROGRAM, "program view"),
    (View.PUBLIC, "public view"),
    (CallOrigin.CALL_911, "911"),
    (CallOrigin.CALL_311, "311"),
    (CallOrigin.CALL_988, "988"),
    (ContactResult.DISENGAGED_FOR_SAFETY, "No contact, for safety"),
    (Disposition.RESOLVED_ON_SCENE, "Helped where they were"),
    (Disposition.REFERRED, "Referred or connected"),
    (Disposition.TRANSPORTED_CRISIS_CENTER, "To crisis or sobering center"),
    (Disposition.TRANSPORTED_SHELTER, "To shelter"),
    (Disposition.TRANSPORTED_OTHER, "Taken home or elsewhere"),
    (Disposition.TRANSPORTED_EMERGENCY_DEPARTMENT, "To emergency department"),
    (Disposition.HANDED_TO_AMBULANCE, "Handed over to ambulance"),
    (Disposition.HANDED_TO_POLICE, "Handed over to police"),
    (Disposition.MET, "Met, nothing else recorded"),
    (TransportPlace.NONE, "No transport"),
    (TransportPlace.CRISIS_CENTER, "Crisis or sobering center"),
    (PoliceInvolvement.NONE, "No police"),
    (PoliceInvolvement.PLANNED_CO_RESPONSE, "Planned together"),
    (PoliceInvolvement.ALREADY_ON_SCENE, "Police there first"),
    (PoliceInvolvement.SENT_BY_DISPATCH, "Sent by dispatch"),
    (PoliceInvolvement.REQUESTED_BY_TEAM, "Team asked for police"),
    (PoliceRequestReason.SAFETY_EMERGENCY, "Safety, lights and sirens"),
    (PoliceRequestReason.SAFETY_ROUTINE, "Safety, routine cover"),
    (PoliceRequestReason.CRIME, "Crime discovered"),
    (PoliceRequestReason.ASKED_BY_PERSON, "Asked for by the person"),
    (NotReachedReason.OUTSIDE_HOURS, "Outside service hours"),
    (NotReachedReason.OUTSIDE_AREA, "Outside service area"),
    (NotReachedReason.NO_UNIT_AVAILABLE, "No unit available"),
    (NotReachedReason.NOT_RECORDED, "Reason not recorded"),
    (InjuredRole.OFFICER, "Police officer"),
    (CallType.MENTAL_HEALTH, "Mental health"),
    (CallType.WELFARE_CHECK, "Check on welfare"),
    (CallType.UNHOUSED, "Person without shelter"),
    (CallType.UNWANTED_PERSON, "Unwanted person or trespass"),
    (CallType.DISPUTE, "Dispute without violence"),
    (CallType.DISRUPTIVE_BEHAVIOR, "Agitated or disruptive behavior"),
    (CallType.POLICE_ASSIST, "Help for police"),
    (CallType.FIRE_ASSIST, "Help for fire service"),
    (CallType.EMS_ASSIST, "Help for ambulance service"),
    (CallType.FOLLOW_UP, "Follow-up"),
    (CallType.VIOLENCE, "Violence or weapon"),
    (CallType.NOT_MAPPED, "Type not on the agency's list"),
    (IntervalName.RESPONSE, "Received to arrived"),
    (IntervalName.CALL_PROCESSING, "Call processing"),
    (IntervalName.TURNOUT, "Turnout"),
    (IntervalName.TRAVEL, "Travel"),
    (IntervalName.ON_SCENE, "On scene"),
    (IntervalName.COMMITTED, "Committed"),
    *REGISTRY_LABELS,
)


# Monday first, as the numbers 1 to 7 of a weekday.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_label(day: date) -> str:
    """A day as people in the United States write it: 'Nov 5, 2026'."""
    return f"{day:%b} {day.day}, {day.year}"


def hour_label(hour: int) -> str:
    """An hour of the day, 0 to 23, as it begins: 'midnight', '1 a.m.', 'noon', '1 p.m.'."""
    if hour % 12 == 0:
        return "noon" if hour else "midnight"
    return f"{hour % 12} {'p.m.' if hour >= 12 else 'a.m.'}"


# Labels of the columns of an hour of the week.
TIME_LABELS = {"weekday": lambda weekday: WEEKDAYS[weekday - 1], "hour": hour_label}


# Equal words of two lists are equal as dictionary keys, so the list is part of the key.
_LABEL_OF = {(type(word), word.value): words for word, words in _LABEL_PAIRS}


def label(word: StrEnum) -> str:
    """Plain-language label of a word of this vocabulary, as shown on pages and axes."""
    plain = word.value.replace("_", " ").capitalize()
    return _LABEL_OF.get((type(word), word.value), plain)


Word = TypeVar("Word", bound=StrEnum)


def label_of(vocabulary: type[Word], value: str | None) -> str:
    """Label of a stored value of a vocabulary; an unknown value is returned as it is, none as 'Not recorded'."""
    if value is None:
        return "Not recorded"
    try:
        return label(vocabulary(value))
    except ValueError:
        return value
