"""The words of the field: closed lists, and what they have in common."""

from enum import StrEnum


class RecordGrain(StrEnum):
    """What one row of the contract's incident table stands for."""

    CALL = "call"
    DISPATCH = "dispatch"
    PERSON = "person"


class LogHolds(StrEnum):
    """How much of the public's calls an agency's log contains, which decides what can be a denominator."""

    ALL_CALLS = "all_calls"
    ELIGIBLE_CALLS = "eligible_calls"
    PROGRAM_WORK = "program_work"
    # what other responders did, such as police or fire; no community team is in the log
    OTHER_WORK = "other_work"


class DatePrecision(StrEnum):
    """How finely a log tells when each call came in, coarsest first."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    # the day and a time of day
    MINUTE = "minute"

    def tells(self, asked: "DatePrecision") -> bool:
        """Whether a log with dates of this precision tells the one asked for."""
        order = list(DatePrecision)
        return order.index(self) >= order.index(asked)


class DataKind(StrEnum):
    """Whether a log is an agency's own or made up; the two are never added together."""

    REAL = "real"
    MADE_UP = "made_up"


class GoalDirection(StrEnum):
    """Which side of its value a goal wants a figure on."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class GoalUnit(StrEnum):
    """What the value of a goal is in."""

    PERCENT = "percent"
    MINUTES = "minutes"
    # on average, of full months
    A_MONTH = "a_month"
    PER_10K = "per_10k"


class View(StrEnum):
    """Who is looking: the agency's own staff, or anyone."""

    PROGRAM = "program"
    PUBLIC = "public"


class Breakdown(StrEnum):
    """What an answer can be broken down by."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CALL_TYPE = "call_type"
    CALL_TYPE_AND_ACUITY = "call_type_and_acuity"
    AREA = "area"
    PROGRAM = "program"
    STATE = "state"
    REASON = "reason"
    DISPOSITION = "disposition"
    PLACE = "place"
    AGE_BAND = "age_band"
    GENDER = "gender"
    RACE_ETHNICITY = "race_ethnicity"
    ROLE = "role"
    SEVERITY = "severity"
    ROLE_AND_SEVERITY = "role_and_severity"
    PRIORITY = "priority"
    HOUR_OF_WEEK = "hour_of_week"


# Columns that name the rows of an answer, by what it is broken down by.
GRAIN_COLUMNS: dict[Breakdown, tuple[str, ...]] = {
    Breakdown.MONTH: ("month",),
    Breakdown.QUARTER: ("quarter",),
    Breakdown.YEAR: ("year",),
    Breakdown.CALL_TYPE: ("call_type",),
    Breakdown.CALL_TYPE_AND_ACUITY: ("call_type", "acuity"),
    Breakdown.AREA: ("program_id", "area_id"),
    Breakdown.PROGRAM: ("program_id",),
    Breakdown.STATE: ("state",),
    Breakdown.REASON: ("reason",),
    Breakdown.DISPOSITION: ("disposition",),
    Breakdown.PLACE: ("place",),
    Breakdown.AGE_BAND: ("age_band",),
    Breakdown.GENDER: ("gender",),
    Breakdown.RACE_ETHNICITY: ("race_ethnicity",),
    Breakdown.ROLE: ("role",),
    Breakdown.SEVERITY: ("severity",),
    Breakdown.ROLE_AND_SEVERITY: ("role", "severity"),
    Breakdown.PRIORITY: ("priority_code",),
    Breakdown.HOUR_OF_WEEK: ("weekday", "hour"),
}


class Status(StrEnum):
    """What one cell of an answer is: a number that may be shown, or the reason why there is none."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    UNSTABLE = "unstable"
    NO_CASES = "no cases"
    NOT_RECORDED = "not recorded"


class Coverage(StrEnum):
    """How much of a month a log covers."""

    WHOLE = "whole"
    PARTIAL = "partial"
    GAP = "gap"


class CallOrigin(StrEnum):
    """Where a call came from."""

    CALL_911 = "911"
    NON_EMERGENCY = "non_emergency"
    CALL_311 = "311"
    CALL_988 = "988"
    PROGRAM_LINE = "program_line"
    OFFICER_REQUEST = "officer_request"
    RESPONDER_INITIATED = "responder_initiated"
    FOLLOW_UP = "follow_up"
    NOT_RECORDED = "not_recorded"


class NotReachedReason(StrEnum):
    """Why an eligible call was not reached by the team."""

    OUTSIDE_HOURS = "outside_hours"
    OUTSIDE_AREA = "outside_area"
    NO_UNIT_AVAILABLE = "no_unit_available"
    NOT_TRIAGED = "not_triaged"
    DECLINED_BY_DISPATCH = "declined_by_dispatch"
    CANCELLED_BEFORE_DISPATCH = "cancelled_before_dispatch"
    CANCELLED_BEFORE_ARRIVAL = "cancelled_before_arrival"
    NOT_RECORDED = "not_recorded"


class ContactResult(StrEnum):
    """What came of the attempt to meet the person."""

    CONTACTED = "contacted"
    UNABLE_TO_LOCATE = "unable_to_locate"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    DISENGAGED_FOR_SAFETY = "disengaged_for_safety"
    NOT_RECORDED = "not_recorded"


class Disposition(StrEnum):
    """How a response ended: the primary one, one per response. First those on which someone was served."""

    # helped where the person was; nobody was taken anywhere
    RESOLVED_ON_SCENE = "resolved_on_scene"
    # led to a service: a referral was accepted, or the person was connected
    REFERRED = "referred"
    # taken to a crisis, respite, sobering or detox center
    TRANSPORTED_CRISIS_CENTER = "transported_crisis_center"
    TRANSPORTED_SHELTER = "transported_shelter"
    # taken home, or to any other place, also where the log does not say which
    TRANSPORTED_OTHER = "transported_other"
    TRANSPORTED_EMERGENCY_DEPARTMENT = "transported_emergency_department"
    HANDED_TO_AMBULANCE = "handed_to_ambulance"
    HANDED_TO_POLICE = "handed_to_police"
    # held against the person's will under the state's law
    INVOLUNTARY_HOLD = "involuntary_hold"
    ARRESTED = "arrested"
    # met, and no more than that is recorded
    MET = "met"
    # on these nobody was served
    UNABLE_TO_LOCATE = "unable_to_locate"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    LEFT_FOR_SAFETY = "left_for_safety"
    # these do not tell whether anybody was served
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


class TransportPlace(StrEnum):
    """Where a person was taken."""

    # nobody was taken anywhere
    NONE = "none"
    EMERGENCY_DEPARTMENT = "emergency_department"
    # a crisis, respite, sobering or detox center
    CRISIS_CENTER = "crisis_center"
    SHELTER = "shelter"
    HOME = "home"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


class PoliceInvolvement(StrEnum):
    """How police came to be, or not to be, on a response."""

    NONE = "none"
    PLANNED_CO_RESPONSE = "planned_co_response"
    ALREADY_ON_SCENE = "already_on_scene"
    SENT_BY_DISPATCH = "sent_by_dispatch"
    REQUESTED_BY_TEAM = "requested_by_team"
    NOT_RECORDED = "not_recorded"


class PoliceRequestReason(StrEnum):
    """Why the team asked for police."""

    SAFETY_EMERGENCY = "safety_emergency"
    SAFETY_ROUTINE = "safety_routine"
    LEGAL_HOLD = "legal_hold"
    CRIME = "crime"
    TRANSPORT_OR_ENTRY = "transport_or_entry"
    ASKED_BY_PERSON = "asked_by_person"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


SAFETY_REASONS = (PoliceRequestReason.SAFETY_EMERGENCY, PoliceRequestReason.SAFETY_ROUTINE)


class ResponderType(StrEnum):
    """Whose unit it is; a unit that no pattern knows is unknown, never police."""

    COMMUNITY = "community"
    CO_RESPONSE = "co_response"
    POLICE = "police"
    EMS = "ems"
    FIRE = "fire"
    OTHER = "other"
    UNKNOWN = "unknown"


class InjuredRole(StrEnum):
    """Who was hurt."""

    RESPONDER = "responder"
    PERSON_SERVED = "person_served"
    BYSTANDER = "bystander"
    OFFICER = "officer"
    NOT_RECORDED = "not_recorded"


class InjurySeverity(StrEnum):
    """How badly, from least to most."""

    NEAR_MISS = "near_miss"
    FIRST_AID = "first_aid"
    MEDICAL_TREATMENT = "medical_treatment"
    SERIOUS = "serious"
    FATAL = "fatal"
    NOT_RECORDED = "not_recorded"


SERIOUS_INJURIES = (InjurySeverity.SERIOUS, InjurySeverity.FATAL)


class CallType(StrEnum):
    """The common list that every agency's call types are mapped to."""

    MENTAL_HEALTH = "mental_health"
    SUICIDE_RISK = "suicide_risk"
    DISRUPTIVE_BEHAVIOR = "disruptive_behavior"
    WELFARE_CHECK = "welfare_check"
    INTOXICATION = "intoxication"
    OVERDOSE = "overdose"
    UNHOUSED = "unhoused"
    UNWANTED_PERSON = "unwanted_person"
    DISPUTE = "dispute"
    YOUTH = "youth"
    PUBLIC_ASSIST = "public_assist"
    TRANSPORT = "transport"
    COUNSELING = "counseling"
    POLICE_ASSIST = "police_assist"
    FIRE_ASSIST = "fire_assist"
    EMS_ASSIST = "ems_assist"
    FOLLOW_UP = "follow_up"
    MEDICAL = "medical"
    FIRE = "fire"
    TRAFFIC = "traffic"
    VIOLENCE = "violence"
    PROPERTY_CRIME = "property_crime"
    OTHER = "other"
    NOT_MAPPED = "not_mapped"
    NOT_RECORDED = "not_recorded"


class IntervalName(StrEnum):
    """The named stretches of a response; each says from what to what."""

    CALL_PROCESSING = "call_processing_min"
    TURNOUT = "turnout_min"
    TRAVEL = "travel_min"
    RESPONSE = "response_min"
    ON_SCENE = "on_scene_min"
    COMMITTED = "committed_min"


class ChangeKind(StrEnum):
    """What changed in a program on a day; drawn under every time series."""

    HOURS = "hours"
    CALL_TYPES = "call_types"
    AREA = "area"
    MODEL = "model"
    STAFFING = "staffing"
    OTHER = "other"


# Dispositions on which nobody was served, and those that do not tell; on all others someone was.
NOT_SERVED = (
    Disposition.UNABLE_TO_LOCATE,
    Disposition.REFUSED,
    Disposition.CANCELLED,
    Disposition.LEFT_FOR_SAFETY,
)
NOT_TOLD = (Disposition.OTHER, Disposition.NOT_RECORDED)

# Rows that a load read, and what became of each.
ROW_COUNTS = ("rows_read", "loaded", "filtered", "rejected", "unchanged")
# Breakdowns by a group of people, which is known only of those whom somebody asked.
GROUPS = (Breakdown.AGE_BAND, Breakdown.GENDER, Breakdown.RACE_ETHNICITY)
