"""Random logs, and a reading of their raw CSV by slow and obvious Python, row by row.

Written from docs and the metrics' own words; it shares no code with the SQL.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
from made_city import FLAGS, ROLES, SEVERITIES, WORDS

TYPES = {
    "MH": ("mental_health", True),
    "WELF": ("welfare_check", True),
    "SUIC": ("suicide_risk", True),
    "VIOL": ("violence", False),
    "TRAF": ("traffic", None),
    "ZZZ": ("not_mapped", None),
    "": ("not_recorded", None),
}
PUBLIC = ("911", "non_emergency", "311", "988", "program_line")
# From what to what each interval goes.
ENDS = {
    "call_processing": ("received", "dispatched"),
    "turnout": ("dispatched", "en route"),
    "travel": ("en route", "arrived"),
    "response": ("received", "arrived"),
    "on_scene": ("arrived", "cleared"),
    "committed": ("dispatched", "cleared"),
}
WRITTEN = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Variant:
    """One kind of log: how much it holds, what it lacks, and its seed."""

    name: str
    seed: int
    holds: str = "all_calls"
    without: tuple[str, ...] = ()
    log_keys: str = ""
    rows_are: str = "call"

    def records(self, field: str) -> bool:
        return field not in self.without


VARIANTS = (
    Variant("everything recorded", 1),
    Variant("only eligible calls", 2, holds="eligible_calls", without=("is_community_dispatched",)),
    Variant(
        "dispatches, zero kept",
        3,
        holds="program_work",
        rows_are="dispatch",
        log_keys='zero_intervals = "keep"\nlongest_interval_hours = 2',
    ),
    Variant("no arrival times", 4, without=("arrived_at", "police_request_reason", "acuity")),
    Variant(
        "all reached",
        5,
        log_keys="all_rows_reached = true",
        without=("contact_result", "is_community_dispatched"),
    ),
)


def random_time(chance: random.Random, start: datetime, furthest: float) -> str:
    """A time after (now and then before) another one, missing, unreadable or a placeholder."""
    kind = chance.random()
    if kind < 0.12:
        return ""
    if kind < 0.14:
        return "yesterday"
    if kind < 0.16:
        return start.strftime("%Y-%m-%d 00:00:00")
    if kind < 0.18:
        return (start - timedelta(minutes=chance.randint(1, 90))).strftime(WRITTEN)
    if kind < 0.21:
        return start.strftime(WRITTEN)
    if kind < 0.23:
        return (start + timedelta(minutes=chance.randint(1500, 4000))).strftime(WRITTEN)
    return (start + timedelta(seconds=chance.randint(0, int(furthest * 60)))).strftime(WRITTEN)


def random_rows(variant: Variant, size: int = 400) -> list[dict[str, str]]:
    """Rows of a log with missing values, repeated ids, test entries and rows without an id."""
    chance = random.Random(variant.seed)
    rows = []
    for number in range(size):
        received = datetime(2024, 1, 1, 0, 1) + timedelta(minutes=chance.randint(0, 181 * 1440))
        if received.month == 4:
            # A month that the log does not cover.
            received += timedelta(days=31)
        row = {
            "id": f"A{number}" if chance.random() > 0.02 else "",
            "received": received.strftime(WRITTEN) if chance.random() > 0.03 else "",
            "dispatched": random_time(chance, received, 10),
            "arrived": random_time(chance, received, 60),
            "contact": random_time(chance, received, 80),
            "en route": random_time(chance, received, 20),
            "cleared": random_time(chance, received, 200),
            "priority": chance.choice(["1", "2", "P3", ""]),
            "acuity": ("high", "low", "")[number % 3],
            "person": f"P{chance.randint(0, 30)}" if chance.random() > 0.3 else "",
            "type": chance.choice([*TYPES, "MH", "WELF", "SUIC"]),
            "area": chance.choice(["north", "south", "007", ""]),
            "weapon": chance.choice(["yes", "", "", "", ""]),
        }
        if chance.random() < 0.02:
            row["received"] = received.strftime("%Y-%m-%d 00:00:00")
        if chance.random() < 0.02:
            row["type"] = "TEST"
        for column, words in WORDS.values():
            row[column] = chance.choice([*words.split(), "", "", "strange"])
        for column in FLAGS.values():
            row[column] = chance.choice(["yes", "no", "no", "", " NO "])
        for column in ("hurt 1", "hurt 2"):
            if chance.random() < 0.1:
                role, severity = chance.choice(ROLES.split()), chance.choice(SEVERITIES.split())
                row[column] = chance.choice([f"{role}:{severity}", f"{role}:", "somebody"])
        rows.append(row)
        if chance.random() < 0.04:
            rows.append({**row, "result": "contacted"})
        if chance.random() < 0.08 and row["received"]:
            # The same person calls again soon: within the same visit, after it, or just so many days later.
            later = chance.choice(
                [{"minutes": 15}, {"hours": 5}, {"days": 7}, {"days": 8}, {"days": 30}]
            )
            again = received + timedelta(**later)
            if again.month in (1, 2, 3, 5, 6):
                more = {"received": again.strftime(WRITTEN), "result": "contacted"}
                rows.append({**row, "id": f"A{number}again", **more})
    chance.shuffle(rows)
    return rows


def word(row: dict[str, str], field: str, variant: Variant) -> str:
    column, words = WORDS[field]
    value = row[column].strip().lower()
    return value if variant.records(field) and value in words.split() else "not_recorded"


def flag(row: dict[str, str], field: str, variant: Variant) -> bool | None:
    value = row[FLAGS[field]].strip().lower()
    return {"yes": True, "no": False}.get(value) if variant.records(field) else None


def moment(row: dict[str, str], column: str) -> datetime | None:
    """A time of a row; None where missing, unreadable, or midnight standing for "not entered"."""
    try:
        read = datetime.strptime(row[column], WRITTEN)
    except ValueError:
        return None
    return None if row[column].endswith("00:00:00") else read


def all_of(*answers: bool | None) -> bool | None:
    """Yes where all are yes, no where one is no, else open."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def reading(row: dict[str, str], variant: Variant) -> dict[str, object]:  # noqa: C901 - to be read down beside the definitions
    """What one row says, by the definitions in words."""
    call_type, listed = TYPES[row["type"]]
    origin = word(row, "call_origin", variant)
    result = word(row, "contact_result", variant)
    police = word(row, "police_involvement", variant)
    reason = word(row, "police_request_reason", variant)
    arrived = moment(row, "arrived") if variant.records("arrived_at") else None
    dispatched = moment(row, "dispatched")
    received = moment(row, "received")
    all_reached = "all_rows_reached" in variant.log_keys

    # The list says which types are eligible; a weapon disqualifies.
    eligible = False if row["weapon"] == "yes" else listed
    public = None if origin == "not_recorded" else origin in PUBLIC
    in_funnel = variant.holds != "program_work" and eligible is True and public is not False
    counts_as_public = variant.holds == "all_calls" and public is True

    sent = flag(row, "is_community_dispatched", variant)
    if sent is None:
        if variant.rows_are == "dispatch" or all_reached or dispatched or arrived:
            sent = True
        elif variant.records("arrived_at"):
            sent = False
        elif result not in ("not_recorded", "cancelled"):
            # Whoever met, looked for or left somebody was sent.
            sent = True
        elif result != "cancelled" and moment(row, "contact") is not None:
            sent = True

    said = {name: flag(row, name, variant) for name in FLAGS}
    destination = word(row, "transport_to", variant)
    if said["has_transport"] is None and destination != "not_recorded":
        said["has_transport"] = destination != "none"
    if said["has_emergency_department"] is None and destination != "not_recorded":
        said["has_emergency_department"] = destination == "emergency_department"
    own = word(row, "disposition", variant)
    done = own.startswith(("transported", "handed")) or own in ("arrested", "involuntary_hold")
    done = done or any(
        said[name]
        for name in (
            "has_arrest",
            "has_involuntary_hold",
            "has_transport",
            "has_emergency_department",
        )
    )
    engaged = moment(row, "contact") is not None
    helped = engaged or own in ("resolved_on_scene", "referred", "met")
    met_nobody = result in ("unable_to_locate", "cancelled")
    on_scene = done or result == "contacted" or (helped and not met_nobody)
    # Every variant's profile maps the time of contact, so that each log says which calls were reached.
    if sent is None:
        response = None
    elif not sent:
        response = False
    elif all_reached or arrived:
        response = True
    elif variant.records("arrived_at"):
        response = on_scene
    else:
        # Without arrivals no outcome decides, but what came of the attempt to meet somebody.
        result_says = {"cancelled": False, "not_recorded": True if engaged else None}
        response = result_says.get(result, True)

    contact = None
    if response:
        if result == "contacted":
            contact = True
        elif result != "not_recorded" or (own in NOBODY_MET and not engaged):
            contact = False
        elif all_reached or engaged:
            contact = True
    present = None if police == "not_recorded" else police != "none"
    offered, accepted, connected = (
        flag(row, name, variant)
        for name in ("has_referral_offered", "has_referral_accepted", "has_service_connected")
    )
    is_referred = bool(accepted or connected)
    # Who was connected had accepted, and who accepted had been offered something; a blank step stays blank.
    is_offer_told = offered is not None or not variant.records("has_referral_offered")
    offered = True if is_offer_told and is_referred else offered
    accepted = True if accepted is not None and connected else accepted
    ended = ending(row, variant, said, is_referred, contact) if response else None

    alone = response is True and present is False
    caller = None if origin == "not_recorded" else origin in ("911", "non_emergency")
    absent = None if present is None else not present
    broad = all_of(response, absent)
    strict = all_of(response, absent, caller, eligible)
    not_reached = in_funnel and response is not True
    exit_reason = word(row, "not_reached_reason", variant)
    hurt = []
    # Of a call to which the team was not sent, by the log's own word, people hurt are another service's.
    is_the_teams = flag(row, "is_community_dispatched", variant) is not False
    for column in ("hurt 1", "hurt 2"):
        if row.get(column) and is_the_teams:
            role, _, severity = row[column].partition(":")
            known = role in ROLES.split() and ":" in row[column]
            hurt.append((role if known else "not_recorded", severity or "not_recorded"))
    times = {
        "received": received,
        "dispatched": dispatched,
        "en route": moment(row, "en route"),
        "arrived": arrived,
        "cleared": moment(row, "cleared"),
    }
    return {
        "priority": row["priority"] or "not_recorded",
        # Without an acuity the agency's priority says how urgent a call is.
        "acuity": row["acuity" if variant.records("acuity") else "priority"] or "not_recorded",
        "weekday": received.isoweekday() if received else None,
        "hour": received.hour if received else None,
        "no call": origin in ("responder_initiated", "follow_up"),
        **{
            f"{name} minutes": (times[last] - times[first]).total_seconds() / 60
            if response and times[first] and times[last]
            else None
            for name, (first, last) in ENDS.items()
        },
        "month": row["received"][:7] or None,
        "day": row["received"][:10] or None,
        "call_type": call_type,
        "area": row["area"] or "not_recorded",
        "public": counts_as_public,
        "eligible": in_funnel,
        "in hours": in_funnel and (response is True or exit_reason != "outside_hours"),
        "sent": sent is True,
        "response": response is True,
        "reached": in_funnel and response is True,
        "not reached": not_reached and response is False,
        "contact": contact is True,
        "contact known": contact is not None,
        "presence known": response is True and present is not None,
        "alone": alone,
        "strict": alone and eligible is True and origin in ("911", "non_emergency"),
        # What the log leaves open.
        "reach open": in_funnel and response is None,
        "reach open in hours": in_funnel and response is None and exit_reason != "outside_hours",
        "strict open": strict is None,
        "strict open, nobody's": strict is None and caller is None,
        "strict open, eligible": strict is None and in_funnel,
        "broad open": broad is None,
        "reason open": response is True
        and police == "requested_by_team"
        and reason == "not_recorded",
        "result open": sent is True and result == "not_recorded",
        "severity open": sum(severity == "not_recorded" for _, severity in hurt),
        "role open": sum(r == "not_recorded" and s != "near_miss" for r, s in hurt),
        "police known": response is True and police != "not_recorded",
        "requested": response is True and police == "requested_by_team",
        "for safety": response is True
        and police == "requested_by_team"
        and reason in ("safety_emergency", "safety_routine"),
        "emergency": response is True
        and police == "requested_by_team"
        and reason == "safety_emergency",
        "already": response is True and police in ("already_on_scene", "sent_by_dispatch"),
        "disengaged": sent is True and result == "disengaged_for_safety",
        "asked about injuries": response is True
        and flag(row, "is_injury_recorded", variant) is True,
        "hurt": sum(severity != "near_miss" for _, severity in hurt),
        "recordable": sum(s in ("medical_treatment", "serious", "fatal") for _, s in hurt),
        "serious": sum(severity in ("serious", "fatal") for _, severity in hurt),
        "responders": sum(r == "responder" and s != "near_miss" for r, s in hurt),
        "near miss": sum(severity == "near_miss" for _, severity in hurt),
        "ended": ended,
        "place": destination
        if destination not in ("none", "not_recorded")
        else "emergency_department"
        if said["has_emergency_department"]
        else "not_recorded",
        "served": ended is not None and ended not in (*EXITS.values(), "other", "not_recorded"),
        "served known": ended is not None and ended not in ("other", "not_recorded"),
        "offered": contact is True and offered is True,
        "offered known": contact is True and offered is not None,
        "accepted": contact is True and offered is True and accepted is True,
        "accepted known": contact is True and offered is True and accepted is not None,
        "connected": contact is True and offered is True and accepted is True and connected is True,
        "connected known": contact is True
        and offered is True
        and accepted is True
        and connected is not None,
        "id": row["id"],
        "person": row["person"] or None,
        "received": received,
        "cleared": moment(row, "cleared"),
        **{
            f"{name} {of}": base and (value is True if what == "yes" else value is not None)
            for name in ("arrest", "involuntary_hold", "force", "emergency_department", "transport")
            for value in [said[f"has_{name}"]]
            for of, base, what in (
                ("yes", response is True, "yes"),
                ("known", response is True, "known"),
                ("yes of sent", sent is True, "yes"),
                ("known of sent", sent is True, "known"),
            )
        },
    }


NOBODY_MET = ("unable_to_locate", "refused", "cancelled", "left_for_safety")
EXITS = {
    "unable_to_locate": "unable_to_locate",
    "refused": "refused",
    "cancelled": "cancelled",
    "disengaged_for_safety": "left_for_safety",
}
PLACES = {
    "emergency_department": "transported_emergency_department",
    "crisis_center": "transported_crisis_center",
    "shelter": "transported_shelter",
}


def ending(
    row: dict[str, str],
    variant: Variant,
    said: dict[str, bool | None],
    is_referred: bool,
    contact: bool | None,
) -> str:
    """The primary disposition of a response, by docs/adding_an_agency.md."""
    own = word(row, "disposition", variant)
    result = word(row, "contact_result", variant)
    if own.startswith(("transported", "handed")) or own in ("arrested", "involuntary_hold"):
        return own
    if own == "not_recorded":
        if said["has_arrest"]:
            return "arrested"
        if said["has_involuntary_hold"]:
            return "involuntary_hold"
        if said["has_emergency_department"]:
            return PLACES["emergency_department"]
        if said["has_transport"]:
            return PLACES.get(word(row, "transport_to", variant), "transported_other")
    if result in EXITS:
        return EXITS[result]
    if own != "not_recorded":
        return own
    if is_referred:
        return "referred"
    return "met" if contact else "not_recorded"


def followed_up(read: pd.DataFrame, days: int) -> pd.DataFrame:  # noqa: C901 - to be read down beside the definitions
    """Every contact, with whether its next so many days are seen, and whether the person was met in them."""
    contacts = read[read.contact].sort_values("id").copy()
    contacts["date"] = pd.to_datetime(contacts.day)
    seen = sorted({pd.Timestamp(day) for day in read.day.dropna()})
    months = {day.strftime("%Y-%m") for day in seen}
    results = []
    for row in contacts.to_dict("records"):
        row["followed"], row["again"], row["counted"] = False, False, False
        results.append(row)
    by_person: dict[str, list[dict]] = {}
    for row in results:
        if pd.isna(row["person"]):
            continue
        row["counted"] = True
        if row["date"] is not pd.NaT:
            by_person.setdefault(row["person"], []).append(row)
    for visits in by_person.values():
        for row in visits:
            timed = row["received"] is not None and row["received"] is not pd.NaT
            row["began"] = pd.Timestamp(row["received"]) if timed else row["date"]
            row["until"] = row["began"] if timed else row["date"] + pd.Timedelta(hours=23.9999)
            if timed and row["cleared"] is not pd.NaT and row["cleared"] is not None:
                stay = (pd.Timestamp(row["cleared"]) - row["began"]).total_seconds() / 60
                if 0 <= stay <= row["longest"]:
                    row["until"] = pd.Timestamp(row["cleared"])
        visits.sort(key=lambda row: (row["began"], row["id"]))
        until = pd.Timestamp.min
        kept: list[dict] = []
        for row in visits:
            if row["began"] <= until:
                row["counted"] = False
            else:
                kept.append(row)
            until = max(until, row["until"])
        for row, after in zip(kept, [*kept[1:], None], strict=True):
            if after is not None:
                row["again"] = (after["date"] - row["date"]).days <= days
    for row in results:
        if row["counted"] and row["date"] is not pd.NaT:
            window = pd.date_range(row["date"], row["date"] + pd.Timedelta(days=days))
            whole = all(day.strftime("%Y-%m") in months for day in window)
            # Where a month without records follows, what was seen ends with the last record before it.
            after = [day for day in seen if day > row["date"]]
            last = row["date"]
            for day in after:
                between = pd.date_range(last.replace(day=1), day.replace(day=1), freq="MS")
                if any(month.strftime("%Y-%m") not in months for month in between):
                    break
                last = day
            row["followed"] = whole and window[-1] <= last
    return pd.DataFrame(results)


# Numerator and denominator of each metric, as columns of the second reading.
READ = {
    "calls_for_service": ("public", None),
    "eligible_calls": ("eligible", None),
    "dispatches": ("sent", None),
    "responses": ("response", None),
    "eligible_reached_share": ("reached", "eligible"),
    "eligible_reached_in_hours_share": ("reached", "in hours"),
    "not_reached_share": ("not reached", "eligible"),
    "contact_share": ("contact", "contact known"),
    "diverted_strict": ("strict", "public"),
    "diverted_broad": ("alone", "public"),
    "diverted_strict_eligible_share": ("strict", "eligible"),
    "diverted_strict_public_share": ("strict", "public"),
    "diverted_broad_public_share": ("alone", "public"),
    "without_police_share": ("alone", "presence known"),
    "safety_escalation_rate": ("for safety", "police known"),
    "emergency_backup_rate": ("emergency", "police known"),
    "police_request_rate": ("requested", "police known"),
    "police_already_there_share": ("already", "police known"),
    "safety_disengagement_rate": ("disengaged", "sent"),
    "arrest_rate": ("arrest yes", "arrest known"),
    "arrest_dispatch_share": ("arrest yes of sent", "arrest known of sent"),
    "involuntary_hold_rate": ("involuntary_hold yes", "involuntary_hold known"),
    "force_rate": ("force yes", "force known"),
    "emergency_department_share": ("emergency_department yes", "emergency_department known"),
    "emergency_department_dispatch_share": (
        "emergency_department yes of sent",
        "emergency_department known of sent",
    ),
    "served_share": ("served", "served known"),
    "contacts": ("contact", None),
    "transport_share": ("transport yes", "transport known"),
    "referral_offered_share": ("offered", "offered known"),
    "referral_accepted_share": ("accepted", "accepted known"),
    "service_connected_share": ("connected", "connected known"),
    "injury_recorded_share": ("asked about injuries", "response"),
    "injury_rate": ("hurt", "asked about injuries"),
    "recordable_injury_rate": ("recordable", "asked about injuries"),
    "serious_injury_rate": ("serious", "asked about injuries"),
    "responder_injury_rate": ("responders", "asked about injuries"),
    "near_miss_rate": ("near miss", "asked about injuries"),
}
# What could be a yes, all that should be recorded, and what would join it: None for nothing, the denominator, nothing.
OVER_RESPONSES = (None, "response", None)
LEFT_OPEN = {
    "eligible_reached_share": ("reach open", None, None),
    "not_reached_share": ("reach open", None, None),
    "eligible_reached_in_hours_share": ("reach open in hours", None, None),
    "contact_share": OVER_RESPONSES,
    "diverted_strict": ("strict open", None, "strict open, nobody's"),
    "diverted_strict_public_share": ("strict open", None, "strict open, nobody's"),
    "diverted_strict_eligible_share": ("strict open, eligible", None, None),
    "diverted_broad": ("broad open", None, None),
    "diverted_broad_public_share": ("broad open", None, None),
    "without_police_share": OVER_RESPONSES,
    "safety_escalation_rate": ("reason open", "response", None),
    "emergency_backup_rate": ("reason open", "response", None),
    "police_request_rate": OVER_RESPONSES,
    "police_already_there_share": OVER_RESPONSES,
    "safety_disengagement_rate": ("result open", None, None),
    "arrest_rate": OVER_RESPONSES,
    "arrest_dispatch_share": (None, "sent", None),
    "involuntary_hold_rate": OVER_RESPONSES,
    "force_rate": OVER_RESPONSES,
    "emergency_department_share": OVER_RESPONSES,
    "emergency_department_dispatch_share": (None, "sent", None),
    "served_share": OVER_RESPONSES,
    "transport_share": OVER_RESPONSES,
    "referral_offered_share": (None, "contact", None),
    "referral_accepted_share": (None, "offered", None),
    "service_connected_share": (None, "accepted", None),
    "injury_rate": OVER_RESPONSES,
    "recordable_injury_rate": ("severity open", "response", None),
    "serious_injury_rate": ("severity open", "response", None),
    "responder_injury_rate": ("role open", "response", None),
    "near_miss_rate": OVER_RESPONSES,
}
COUNTED_BY_REASON = {"not_reached_reasons": "not reached", "police_request_reasons": "requested"}
REPEATS = {f"repeat_contact_{days}_share": days for days in (7, 30, 90)}
ELSEWHERE = (
    "net_diverted",
    "over_target_share",
    *(f"{name}_{end}" for name in ENDS for end in ("min", "p90_min")),
    "dispositions",
    "transport_places",
    *REPEATS,
)
