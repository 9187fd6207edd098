"""The call type codes of each made-up agency, as its export writes them."""

from dataclasses import dataclass

from outcomes.vocabulary.log import CallType


@dataclass(frozen=True)
class Code:
    """One call type code of an agency. The agency's call_types.csv says the same to the loader."""

    # code as in the export
    code: str
    # what the agency calls it
    description: str
    # the common list's word for it
    call_type: CallType
    # whether the team may take it
    is_eligible: bool
    # how common it is, relative to the agency's other codes
    weight: float


CODES: dict[str, tuple[Code, ...]] = {
    "demo-alder-crossing": (
        Code("MENTAL", "Mental health concern", CallType.MENTAL_HEALTH, True, 6.5),
        Code("SUICIDAL", "Suicidal person, no weapon", CallType.SUICIDE_RISK, True, 2.4),
        Code("CHKWEL", "Check welfare", CallType.WELFARE_CHECK, True, 8.5),
        Code("INTOX", "Intoxicated person", CallType.INTOXICATION, True, 3.6),
        Code("UNWANT", "Unwanted person", CallType.UNWANTED_PERSON, True, 4.8),
        Code("SHELTER", "Person without shelter", CallType.UNHOUSED, True, 3.7),
        Code("ASSIST", "Assist public", CallType.PUBLIC_ASSIST, True, 2.6),
        Code("DISP", "Dispute, verbal only", CallType.DISPUTE, True, 2.0),
        Code("SUICIDWP", "Suicidal person with weapon", CallType.SUICIDE_RISK, False, 0.5),
        Code("TRAF", "Traffic complaint", CallType.TRAFFIC, False, 12.0),
        Code("MVA", "Motor vehicle crash", CallType.TRAFFIC, False, 8.0),
        Code("THEFT", "Theft", CallType.PROPERTY_CRIME, False, 11.0),
        Code("BURG", "Burglary", CallType.PROPERTY_CRIME, False, 5.0),
        Code("ASSAULT", "Assault", CallType.VIOLENCE, False, 6.0),
        Code("MEDIC", "Medical aid", CallType.MEDICAL, False, 10.5),
        Code("NOISE", "Noise complaint", CallType.OTHER, False, 6.5),
        Code("ALARM", "Alarm", CallType.OTHER, False, 6.4),
    ),
    "demo-port-lindry": (
        Code("1025", "Behavioral health crisis", CallType.MENTAL_HEALTH, True, 6.0),
        Code("1026", "Suicide threat, unarmed", CallType.SUICIDE_RISK, True, 2.2),
        Code("1027", "Disorderly, no weapon", CallType.DISRUPTIVE_BEHAVIOR, True, 4.0),
        Code("1040", "Check on person", CallType.WELFARE_CHECK, True, 7.5),
        Code("1041", "Person down, sleeping", CallType.UNHOUSED, True, 4.0),
        Code("1055", "Drunk in public", CallType.INTOXICATION, True, 4.0),
        Code("1071", "Trespass, refusing to leave", CallType.UNWANTED_PERSON, True, 4.3),
        Code("0210", "Assault in progress", CallType.VIOLENCE, False, 5.5),
        Code("0215", "Weapon seen", CallType.VIOLENCE, False, 2.0),
        Code("0310", "Theft report", CallType.PROPERTY_CRIME, False, 12.0),
        Code("0330", "Vehicle prowl", CallType.PROPERTY_CRIME, False, 7.0),
        Code("0410", "Collision", CallType.TRAFFIC, False, 9.0),
        Code("0420", "Traffic hazard", CallType.TRAFFIC, False, 8.0),
        Code("0510", "Medical emergency", CallType.MEDICAL, False, 12.0),
        Code("0610", "Fire alarm", CallType.FIRE, False, 3.5),
        Code("0900", "Miscellaneous", CallType.OTHER, False, 9.0),
    ),
    "demo-quillhaven": (
        Code("Mental health crisis", "Mental health crisis", CallType.MENTAL_HEALTH, True, 24),
        Code("Suicidal thoughts", "Suicidal thoughts", CallType.SUICIDE_RISK, True, 12),
        Code("Welfare check", "Check on welfare", CallType.WELFARE_CHECK, True, 22),
        Code("Basic needs", "Food, blanket, shelter", CallType.UNHOUSED, True, 15),
        Code("Substance use", "Under the influence", CallType.INTOXICATION, True, 12),
        Code("Family conflict", "Conflict at home", CallType.DISPUTE, True, 9),
        Code("Youth in crisis", "Person under 18", CallType.YOUTH, True, 6),
    ),
    "demo-marais-point": (
        Code("10A", "Emotional crisis", CallType.MENTAL_HEALTH, True, 17),
        Code("10S", "Suicidal ideation", CallType.SUICIDE_RISK, True, 7),
        Code("12W", "Well-being check", CallType.WELFARE_CHECK, True, 25),
        Code("14U", "Unwanted guest", CallType.UNWANTED_PERSON, True, 13),
        Code("16I", "Intoxicated subject", CallType.INTOXICATION, True, 12),
        Code("18H", "Person sleeping outside", CallType.UNHOUSED, True, 8),
        Code("20D", "Neighbor or family dispute", CallType.DISPUTE, True, 13),
        Code("22Y", "Youth out of control", CallType.YOUTH, True, 8),
    ),
    "demo-kestrel-mesa": (
        Code("MH-CRISIS", "Mental health crisis", CallType.MENTAL_HEALTH, True, 19),
        Code("MH-SUICIDE", "Suicidal, no weapon", CallType.SUICIDE_RISK, True, 7),
        Code("WELCK", "Welfare check", CallType.WELFARE_CHECK, True, 26),
        Code("TRESP", "Trespass or unwanted", CallType.UNWANTED_PERSON, True, 16),
        Code("UNSHEL", "Unsheltered person", CallType.UNHOUSED, True, 13),
        Code("SUBST", "Substance use", CallType.INTOXICATION, True, 10),
        Code("DISTURB", "Disturbance, no weapon", CallType.DISRUPTIVE_BEHAVIOR, True, 6),
        Code("CIVASST", "Citizen assist", CallType.PUBLIC_ASSIST, True, 5),
    ),
    "demo-hollin-ferry": (
        Code("PSYCH", "Psychiatric or emotional", CallType.MENTAL_HEALTH, True, 6.2),
        Code("SUICIDE-T", "Suicide threat", CallType.SUICIDE_RISK, True, 2.2),
        Code("WELFARE", "Check on welfare", CallType.WELFARE_CHECK, True, 9.0),
        Code("TRESPASS", "Trespass", CallType.UNWANTED_PERSON, True, 5.2),
        Code("INTOXICATED", "Intoxicated person", CallType.INTOXICATION, True, 3.0),
        Code("PANHANDLE", "Person asking for help", CallType.UNHOUSED, True, 3.6),
        Code("CITIZEN", "Citizen assist", CallType.PUBLIC_ASSIST, True, 3.0),
        Code("LARCENY", "Larceny", CallType.PROPERTY_CRIME, False, 13.0),
        Code("B&E", "Breaking and entering", CallType.PROPERTY_CRIME, False, 5.5),
        Code("DOMESTIC", "Domestic violence", CallType.VIOLENCE, False, 7.0),
        Code("SHOTS", "Shots heard", CallType.VIOLENCE, False, 2.5),
        Code("WRECK", "Vehicle wreck", CallType.TRAFFIC, False, 13.0),
        Code("STOP-ASSIST", "Disabled motorist", CallType.TRAFFIC, False, 6.0),
        Code("EMS", "Medical call", CallType.MEDICAL, False, 12.0),
        Code("MISC", "All other calls", CallType.OTHER, False, 8.8),
    ),
    "demo-brackwater": (
        Code("BH", "Behavioral health", CallType.MENTAL_HEALTH, True, 22),
        Code("BH-S", "Behavioral health, suicide", CallType.SUICIDE_RISK, True, 9),
        Code("WC", "Welfare check", CallType.WELFARE_CHECK, True, 28),
        Code("INTX", "Intoxication", CallType.INTOXICATION, True, 13),
        Code("DISO", "Disorderly person", CallType.DISRUPTIVE_BEHAVIOR, True, 12),
        Code("HMLS", "Homeless outreach", CallType.UNHOUSED, True, 16),
    ),
    "demo-sable-junction": (
        Code("MENTAL HEALTH", "Mental health call", CallType.MENTAL_HEALTH, True, 7.0),
        Code("WELFARE CONCERN", "Welfare concern", CallType.WELFARE_CHECK, True, 9.5),
        Code("DRUNK PERSON", "Drunk person", CallType.INTOXICATION, True, 4.6),
        Code("CRIMINAL TRESPASS", "Trespass", CallType.UNWANTED_PERSON, True, 4.2),
        Code("VERBAL DISTURBANCE", "Verbal disturbance", CallType.DISPUTE, True, 4.3),
        Code("CITIZEN ASSIST", "Citizen assist", CallType.PUBLIC_ASSIST, True, 3.0),
        Code("ASSAULT", "Assault", CallType.VIOLENCE, False, 6.4),
        Code("THEFT", "Theft", CallType.PROPERTY_CRIME, False, 13.5),
        Code("CRIMINAL MISCHIEF", "Damage", CallType.PROPERTY_CRIME, False, 6.5),
        Code("CRASH", "Crash", CallType.TRAFFIC, False, 12.5),
        Code("RECKLESS DRIVER", "Reckless driver", CallType.TRAFFIC, False, 7.5),
        Code("MEDICAL", "Medical", CallType.MEDICAL, False, 11.0),
        Code("LOOSE ANIMAL", "Animal", CallType.OTHER, False, 5.0),
        Code("OTHER SERVICE", "All other", CallType.OTHER, False, 5.0),
    ),
    "demo-eastmarch": (
        Code("Emotional distress", "Emotional distress", CallType.MENTAL_HEALTH, True, 23),
        Code("Thoughts of suicide", "Thoughts of suicide", CallType.SUICIDE_RISK, True, 8),
        Code("Well-being check", "Well-being check", CallType.WELFARE_CHECK, True, 28),
        Code("Neighbor dispute", "Neighbor dispute", CallType.DISPUTE, True, 14),
        Code("Youth concern", "Youth concern", CallType.YOUTH, True, 10),
        Code("Help with basic needs", "Basic needs", CallType.UNHOUSED, True, 10),
        Code("Assist resident", "Assist resident", CallType.PUBLIC_ASSIST, True, 7),
    ),
}
