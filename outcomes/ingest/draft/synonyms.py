"""What names of columns and values of lists usually mean in dispatch logs: the word lists behind a draft."""

import re

from outcomes.ingest.draft.columns import Column
from outcomes.vocabulary.log import CallType

# Times by the column's name, the surest first; "Dispatch Request" is a request and no dispatch.
TIME_NAMES = (
    ("", r"transport|hospital|destination|birth|\bdob\b|watch|shift|updat|modif|extract|export"),
    # Stamps of an event table that are named with two letters.
    ("received_at", r"\b(ad|cd) ?ts\b|^(ad|cd)dts$"),
    ("dispatched_at", r"\bds ?ts\b|^dsdts$"),
    ("en_route_at", r"\b(en|er) ?ts\b"),
    ("arrived_at", r"\bar ?ts\b|^ardts$"),
    ("cleared_at", r"\b(cl|xc|xd) ?ts\b|^xdts$"),
    ("contact_at", r"engag|contact|patient side|at patient|face to face"),
    ("received_at", r"receiv|\bre?cvd\b|request|call ?(date|time)|time ?of ?call|phone pickup"),
    ("arrived_at", r"arriv|\barrv|on ?scene|at ?scene"),
    ("cleared_at", r"\bclear|depart|\bclos(e|ed)\b|availab|complet|in service|\bend(ed)?\b|finish"),
    ("en_route_at", r"en ?route|respond|response|rolling"),
    ("dispatched_at", r"dispatch|assign|\bdisp\b|\bsent\b|notified"),
    ("queued_at", r"queue|entry|entered|pending"),
    ("received_at", r"creat|report|opened|start|incident|event|\bcall|\balarm\b"),
    ("received_at", r"^(date|time|hour|date ?time|datetime|day|timestamp)\b"),
)
# Text fields by the column's name; the first pattern that some column fits wins.
TEXT_NAMES = {
    "area_id": (
        r"\bbeat\b",
        r"\bdistricts?\b",
        r"neighbou?r\w*|\bhood\b",
        r"\bdivision\b|\bprecinct\b|\bsector\b|\bzone\b|\bward\b",
        r"\bcity\b|\btown\b",
    ),
    "priority_code": (r"^priority$", r"final priority", r"\bpriority\b"),
    "acuity": (r"\bacuity\b|\btriage\b|\brisk level\b",),
    "gender": (r"\bgender\b|\bsex\b",),
    "race_ethnicity": (r"\brace\b", r"ethnic"),
}
AGE_NAME = r"^(age|age years|age in years|\w+ age)$"
UNIT_NAMES = (r"^unit( id| name| number)?$|unit id|prime ?unit|call ?sign|apparatus|vehicle",)
UNIT_TYPE_NAME = r"unit type|responder type|resource type|\bagency\b|\bservice\b"
KEY_NAMES = (
    r"\b(call|incident|inci?|event|alarm|run|cad|dispatch|case|master)\b.*\b(id|num|number|no|key)\b",
    r"^(id|incident|call|event|case|row ?id|object ?id|record|number)( #)?$",
    r"\b(id|num|number|key)\b",
)
CALL_TYPE_NAMES = (
    r"initial call type|^call ?type$|call type",
    r"reason (for|of)|\breason\b|complaint reported",
    r"(incident|inc|event|problem|nature|complaint|crime) ?(type|code|nature)|\bnature\b|\bproblem\b",
    r"^tycod\b|\btyp eng\b|^type$|\btype of call\b|final type",
)
FINAL_TYPE_NAME = r"final (call )?(type|nature|problem)"
# Fields with a closed list: names of columns that may hold them, and words of values.
WORD_NAMES = {
    "call_origin": r"source|origin|how received|call ?taker method|\bmethod\b",
    "contact_result": r"end point|outcome|\bresult|contact (made|result|status)",
    "police_involvement": r"\bpolice\b|law enforcement|\bpd\b|officers? (on|present|involved)",
    "disposition": r"\bdispo(sition)?\b|how (it )?ended|\bresult|outcome|clos(e|ed|ing) ?(code|as)",
    "transport_to": r"destination|transport(ed)? to|taken to",
    "responder_type": UNIT_TYPE_NAME,
}
WORD_VALUES = {
    "call_origin": (
        (r"\be?-?9-?1-?1\b", "911"),
        (r"\b988\b", "988"),
        (r"\b311\b", "311"),
        (r"non.?emerg|^tel\w*|phone|10.?digit|business|admin", "non_emergency"),
        (r"hot ?line|program line|direct line", "program_line"),
        (r"officer|police|\bpd\b|deput", "officer_request"),
        (r"self|on.?view|initiated|proactive|outreach", "responder_initiated"),
        (r"follow", "follow_up"),
    ),
    "contact_result": (
        (r"safety", "disengaged_for_safety"),
        (r"refus|declin", "refused"),
        (r"cancel", "cancelled"),
        (r"unable|utl|gone|\bgoa\b|not (found|located|there)|no contact", "unable_to_locate"),
        (r"engaged|contacted|contact made|^met\b|served|assisted|resolved on scene", "contacted"),
    ),
    "police_involvement": (
        (r"^(no|none|n|not involved)$", "none"),
        (r"co.?respon|with police|joint", "planned_co_response"),
        (r"already|first|on scene", "already_on_scene"),
        (r"request|asked|backup|called by", "requested_by_team"),
        (r"sent|dispatched", "sent_by_dispatch"),
    ),
    "disposition": (
        (r"arrest", "arrested"),
        (r"involuntary|\bhold\b|5150|custody", "involuntary_hold"),
        (r"refus|declin", "refused"),
        (r"cancel", "cancelled"),
        (r"unable|utl|gone|\bgoa\b|not (found|located)|no contact", "unable_to_locate"),
        (r"hospital|emergency (dep|room)|\bed\b|\ber\b", "transported_emergency_department"),
        (r"crisis center|detox|sober|respite|stabiliz", "transported_crisis_center"),
        (r"shelter", "transported_shelter"),
        (r"^(?!.*\b(no|not|non)\b).*(transport|taken home)", "transported_other"),
        (r"ambulance|medic|\bems\b", "handed_to_ambulance"),
        (r"police|\bpd\b|sheriff", "handed_to_police"),
        (r"referr|linked|connected", "referred"),
        (r"resolved|assisted|advised|de.?escalat|remained|on scene", "resolved_on_scene"),
    ),
    "transport_to": (
        (r"^(no|none|n/?a|not transported|no transport)$", "none"),
        (r"hospital|emergency|\bed\b|\ber\b|medical center", "emergency_department"),
        (r"crisis|detox|sober|respite|stabiliz", "crisis_center"),
        (r"shelter|mission", "shelter"),
        (r"\bhome\b|residence", "home"),
    ),
    "responder_type": (
        (r"crisis|community|mobile|behavio|cahoots|clinician|civilian|social", "community"),
        # Codes of units: crisis response, mobile crisis, care and their like.
        (
            r"^(crt|cru|crs?|mct|mcr|mcrt|mcit|mcu|care|bhrt?|bhu|hope|star|heart|cart)[- ]?\d*$",
            "community",
        ),
        (r"co.?respon", "co_response"),
        (r"police|patrol|\bpd\b|officer|sheriff|\blaw\b", "police"),
        (r"medic|ambul|\bems\b|private|\bals\b|\bbls\b", "ems"),
        (r"engine|truck|ladder|fire|rescue|chief|battalion", "fire"),
    ),
}
# Yes-or-no columns.
FLAG_NAMES = {
    "has_arrest": r"\barrest",
    "has_involuntary_hold": r"apprehen|involuntary|\bhold\b|5150|custody",
    "has_force": r"\bforce\b",
    "has_referral_accepted": r"referral accepted",
    "has_referral_offered": r"referr",
    "has_service_connected": r"connected|linked",
    "has_emergency_department": r"\bemergency (dept|department|room)\b|\bed\b|\bhospital\b",
    "has_transport": r"\btransport",
    "is_injury_recorded": r"injur|\bhurt\b",
}
YES, NO = ("yes", "y", "true", "t", "1"), ("no", "n", "false", "f", "0")
CALL_TYPE_WORDS = (
    (r"suicid|self.?harm", CallType.SUICIDE_RISK),
    (r"welfare|well.?being|check on|wellness", CallType.WELFARE_CHECK),
    (r"overdose|\bod\b", CallType.OVERDOSE),
    (r"intox|drunk|alcohol|substance|sober", CallType.INTOXICATION),
    (r"police assist|assist (police|pd|officer)", CallType.POLICE_ASSIST),
    (r"fire assist|assist fire", CallType.FIRE_ASSIST),
    (r"ems assist|assist ems", CallType.EMS_ASSIST),
    (
        r"mental|psych|emotional|behavioral health|in crisis|paranoi|disorganiz|^5150",
        CallType.MENTAL_HEALTH,
    ),
    (r"homeless|unhoused|shelter|encamp|camping", CallType.UNHOUSED),
    (r"trespass|unwanted", CallType.UNWANTED_PERSON),
    (r"dispute|argument", CallType.DISPUTE),
    (r"youth|juvenile|runaway|running away", CallType.YOUTH),
    (r"public assist|citizen assist", CallType.PUBLIC_ASSIST),
    (r"counsel", CallType.COUNSELING),
    (r"follow.?up", CallType.FOLLOW_UP),
    (r"traffic|collision|parking|\bdui\b|vehicle", CallType.TRAFFIC),
    (r"transport", CallType.TRANSPORT),
    (
        r"assault|weapon|firearm|\bfight|shoot|\bshots?\b|\bstab|robber|\bgun|domestic",
        CallType.VIOLENCE,
    ),
    (r"theft|burgl|stolen|vandal|shoplift|fraud|larceny", CallType.PROPERTY_CRIME),
    (r"disorder|disturb|agitat|disruptive|noise", CallType.DISRUPTIVE_BEHAVIOR),
    (r"\bfires?\b|smoke|alarm", CallType.FIRE),
    (r"medical|injur|sick|chest pain|breath|unconscious|\bfall\b", CallType.MEDICAL),
)
# An alarm may be a burglar's, shots fired and a hit-and-run are no fire and no fight, and a check is made of many things.
OTHER_MEANINGS = (
    r"^(?!.*(fire|smoke)).*alarm|\bfired\b|animal|\btest\b|training|\bnot? |\bnon[- ]|without"
)
# Numbers of those who work, of things and of places: never the id of a call.
NO_KEY_NAME = (
    r"\b(officer|staff|employee|emp|badge|responder|dispatcher|call ?taker|operator|user|driver|crew|"
    r"clinician|worker|unit|vehicle|beat|station|shift|phone|zip|zone|district|priority|type|code)s?\b"
)
# Numbers that only the file gave its rows.
ROW_NUMBER_NAME = r"\b(row|object|record|line|fid)\b"
# What a status of a unit says of its time.
STATUS_NAME = r"\bstatus\b|\baction\b|\bactivity\b|\bevent ?(type|code|name)?\b"
STATUS_WORDS = {
    "dispatched_at": r"d|dp|disp\w*|asg\w*|assigned|alerted",
    "en_route_at": r"er|enr\w*|en ?-?route|resp\w*|rolling",
    "arrived_at": r"os|ar|arr\w*|ons\w*|on ?-?scene|at ?-?scene|10-97",
    "cleared_at": r"aq|av|avail\w*|cl|clr|clear\w*|in ?-?service|compl\w*|10-98",
}
# Types that only a log of all calls holds: a community team is not sent to them.
NOT_FOR_TEAMS = (CallType.TRAFFIC, CallType.PROPERTY_CRIME, CallType.VIOLENCE)


def time_field(column: Column) -> str:
    """The time that the column's name speaks of; empty where it speaks of none.

    Under the name of a group its own name is asked first, unless that says only that it is a time.
    """
    (_, none), *named_times, generic = TIME_NAMES
    if re.search(none, column.words):
        return ""
    asked = [
        *((column.own_words, one) for one in named_times),
        *((column.words, one) for one in (*named_times, generic)),
    ]
    return next((name for words, (name, pattern) in asked if re.search(pattern, words)), "")


def named(columns: list[Column], *patterns: str) -> Column | None:
    """The first column that the first pattern finds which finds any."""
    for pattern in patterns:
        for column in columns:
            if column.filled and _is_named(column, pattern):
                return column
    return None


def also_named(columns: list[Column], chosen: Column, *patterns: str) -> list[str]:
    """Names of the other columns that a pattern finds, of which a person may have meant one."""
    return [
        column.name
        for column in columns
        if column.filled
        and column is not chosen
        and any(_is_named(column, pattern) for pattern in patterns)
    ]


def _is_named(column: Column, pattern: str) -> bool:
    return bool(re.search(pattern, column.words) or re.search(pattern, column.own_words))


def guessed_words(field: str, column: Column) -> dict[str, str]:
    """Word of the field's closed list by value of the column, for those values that say one."""
    found = {}
    for value in column.values:
        for pattern, word in WORD_VALUES[field]:
            if re.search(pattern, value, re.IGNORECASE):
                found[value] = word
                break
    return found


def yes_and_no(column: Column) -> tuple[list[str], list[str]] | None:
    """The column's own words for yes and no; None where it says anything else."""
    yes = [value for value in column.values if value.casefold() in YES]
    no = [value for value in column.values if value.casefold() in NO]
    return (yes, no) if yes and no and len(yes) + len(no) == column.distinct else None


def guessed_call_type(code: str) -> CallType:
    """The call type that the code's words speak of first; not mapped where they speak of none."""
    return next(iter(spoken_call_types(code)), CallType.NOT_MAPPED)


def spoken_call_types(code: str) -> list[CallType]:
    """Every call type that the code's words speak of, the guess first: of several a person has to choose."""
    return [kind for pattern, kind in CALL_TYPE_WORDS if re.search(pattern, code, re.IGNORECASE)]


def has_other_meaning(code: str) -> bool:
    """Whether the words that the guess stands on often mean something else, such as the alarm of a house."""
    return bool(re.search(OTHER_MEANINGS, code, re.IGNORECASE))
