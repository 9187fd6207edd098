"""The words of the registry: kinds of program, teams, sources and bounds; closed lists, each word with its meaning."""

from enum import StrEnum


class ProgramType(StrEnum):
    """What kind of program it is; the kinds are never counted together unasked."""

    COMMUNITY_RESPONDER = "community_responder"
    CO_RESPONSE = "co_response"
    MOBILE_CRISIS = "mobile_crisis"
    FIRE_EMS_BASED = "fire_ems_based"
    CALL_DIVERSION = "call_diversion"
    UNCLEAR = "unclear"


class Team(StrEnum):
    """Who is on the team."""

    EMT_CLINICIAN = "emt_clinician"
    CLINICIAN_ONLY = "clinician_only"
    PEER_CLINICIAN = "peer_clinician"
    TRAINED_CIVILIAN = "trained_civilian"
    CIVILIAN_EMT = "civilian_emt"
    MEDIATOR = "mediator"
    CO_RESPONSE = "co_response"
    MIXED = "mixed"
    NOT_RECORDED = "not_recorded"


class DispatchedBy(StrEnum):
    """Which line sends the team."""

    CALL_911 = "911"
    CALL_988 = "988"
    OWN_LINE = "own_line"
    MIXED = "mixed"
    NOT_RECORDED = "not_recorded"


class Confidence(StrEnum):
    """Whether the source was read by whoever wrote the row."""

    SOURCED = "sourced"
    UNVERIFIED = "unverified"


class YesNo(StrEnum):
    """An answer of three values."""

    YES = "yes"
    NO = "no"
    NOT_RECORDED = "not_recorded"


class Precision(StrEnum):
    """How exactly a date is known."""

    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class EventKind(StrEnum):
    """What happened to a program."""

    EXPANSION = "expansion"
    MODEL_CHANGE = "model_change"
    FUNDING = "funding"
    PAUSE = "pause"
    CLOSURE = "closure"


class Column(StrEnum):
    """A column of programs.csv that the row's own words can contradict."""

    FIRST_RESPONSE = "first_response"
    END_DATE = "end_date"
    PROGRAM_TYPE = "program_type"
    DISPATCH = "dispatch"
    TEAM = "team"
    IS_PILOT = "is_pilot"


class Wording(StrEnum):
    """Whether a claim stands as its source has it."""

    QUOTED = "quoted"
    IN_SHORT = "in_short"


class Bound(StrEnum):
    """What a published number says: itself, about itself, or that it is more or less."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    NOT_RECORDED = "not_recorded"


class CountsOrigin(StrEnum):
    """Whether the counts behind a published rate were printed, or worked out by whoever wrote the row."""

    PUBLISHED = "published"
    DERIVED = "derived"
    NONE = "none"


class StudyKind(StrEnum):
    """What kind of evidence it is."""

    STUDY = "study"
    EVALUATION = "evaluation"
    AUDIT = "audit"
    SURVEY = "survey"
    CRITIQUE = "critique"
    COUNT = "count"
    JOURNALISM = "journalism"


class EffectDirection(StrEnum):
    """Which way an effect went, as published."""

    FEWER = "fewer"
    MORE = "more"
    MIXED = "mixed"
    NONE = "none"


class ClaimWord(StrEnum):
    """Our word on a claim that is checked."""

    NEAR = "near"
    FAR = "far"
    CANNOT_BE_CHECKED = "cannot_be_checked"
    HALF = "half"
    NOT_HELD = "not_held"


# What each kind of program is, in one sentence.
TYPE_MEANINGS = {
    ProgramType.COMMUNITY_RESPONDER: "civilians who answer 911 or similar calls in place of police",
    ProgramType.CO_RESPONSE: "a clinician or medic who rides along with a police officer",
    ProgramType.MOBILE_CRISIS: "crisis teams of the health system, mostly sent by their own line or 988",
    ProgramType.FIRE_EMS_BASED: "teams of a fire department or ambulance service",
    ProgramType.CALL_DIVERSION: "calls handed to a clinician on the phone",
    ProgramType.UNCLEAR: "sources do not say who answers",
}

# Labels where the word itself, with blanks, is not plain enough.
REGISTRY_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (ProgramType.CO_RESPONSE, "Co-response with police"),
    (ProgramType.FIRE_EMS_BASED, "Fire or ambulance based"),
    (ProgramType.CALL_DIVERSION, "911 calls handed to a clinician by phone"),
    (ProgramType.UNCLEAR, "Type unclear"),
    (Team.EMT_CLINICIAN, "EMT or paramedic and clinician"),
    (Team.CLINICIAN_ONLY, "Clinicians only"),
    (Team.PEER_CLINICIAN, "Peer and clinician"),
    (Team.TRAINED_CIVILIAN, "Trained civilians"),
    (Team.CIVILIAN_EMT, "Civilians and an EMT"),
    (Team.MEDIATOR, "Mediators"),
    (Team.CO_RESPONSE, "With a police officer"),
    (DispatchedBy.CALL_911, "911"),
    (DispatchedBy.CALL_988, "988"),
    (DispatchedBy.OWN_LINE, "Its own line"),
    (EventKind.MODEL_CHANGE, "Change of model"),
    (Bound.AT_LEAST, "at least"),
    (Bound.MORE_THAN, "more than"),
    (Bound.AT_MOST, "at most"),
    (Bound.ABOUT, "about"),
    (Bound.EXACT, ""),
    (StudyKind.COUNT, "Count of programs"),
    (EffectDirection.MIXED, "Fewer of some, more of others"),
    (EffectDirection.NONE, "Does not measure effects"),
    (ClaimWord.NEAR, "Our count comes near"),
    (ClaimWord.FAR, "Our count differs"),
    (ClaimWord.HALF, "Half of the finding"),
    (ClaimWord.NOT_HELD, "Not in the registry"),
)
