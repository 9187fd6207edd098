"""Forty-three calls written by hand, each there to make one definition's includes or excludes matter."""

from datetime import datetime, timedelta


def _call(number: int, day: str, **cells: str) -> dict[str, str]:
    """One call: received at 10:00, sent at 10:05, on the way at 10:07, there at 10:20 and done at 11:00 unless
    said otherwise; no outcome is filled in."""
    reached = cells.pop("reached", "yes") == "yes"
    call = {
        "id": f"C{number:02d}",
        "received": f"2024-{day} 10:00:00",
        "type": "MH",
        "origin": "911",
        "area": "north" if number % 3 else "south",
    }
    if reached:
        call |= {
            "sent": "yes",
            "dispatched": f"2024-{day} 10:05:00",
            "en route": f"2024-{day} 10:07:00",
            "arrived": f"2024-{day} 10:20:00",
            "cleared": f"2024-{day} 11:00:00",
            "result": "contacted",
            "police": "none",
        }
    named = {
        key.replace("_", " ") if key.startswith(("hurt", "final", "en")) else key: value
        for key, value in cells.items()
    }
    return call | named


def _later(received: str, **after: float) -> str:
    return str(datetime.fromisoformat(received) + timedelta(**after))


NOTHING = {"arrest": "no", "hold": "no", "force": "no", "transport": "no", "ed": "no"}
NOT_REACHED = {"reached": "no"}

CALLS: list[dict[str, str]] = [
    # The plain case: an eligible 911 call, reached and handled without police; everything is recorded.
    _call(
        1,
        "01-02",
        **NOTHING,
        hurt_asked="yes",
        age="17",
        gender="F",
        race="A",
        ended="resolved_on_scene",
        person="P1",
    ),
    # By the non-emergency line: strict too.
    _call(
        2,
        "01-03",
        origin="non_emergency",
        type="WELF",
        **NOTHING,
        hurt_asked="yes",
        age="18",
        person="P2",
    ),
    # By 988: from the public, but not strict.
    _call(3, "01-05", origin="988", **NOTHING, hurt_asked="yes", age="24", person="P3"),
    # A type that the list does not allow: broad alone. A referral was offered and not accepted.
    _call(
        4,
        "01-06",
        type="VIOL",
        **NOTHING,
        hurt_asked="no",
        age="25",
        offered="yes",
        accepted="no",
        connected="no",
    ),
    # Officers asked the team to come: a response, but no call from the public and not eligible. Met on 2 January too.
    _call(
        5,
        "01-07",
        origin="officer_request",
        police="already_on_scene",
        **NOTHING,
        age="44",
        person="P1",
    ),
    # The team's own work: broad alone. A referral was accepted, and led nowhere.
    _call(
        6,
        "01-08",
        origin="responder_initiated",
        type="WELF",
        age="45",
        offered="yes",
        accepted="yes",
        connected="no",
        person="P6",
    ),
    # Police presence unknown: neither diverted nor ruled out. Connected to a service, with nothing said of an offer: known
    # only because of the yes, so in none of the shares of referrals.
    _call(7, "01-09", police="", age="64", connected="yes", person="P6"),
    # Known by its outcome alone: contact, without an arrival time. No referral was offered.
    _call(8, "01-10", arrived="", age="65", offered="no"),
    # Known by an arrest alone; police sent by dispatch; the contact result is not recorded.
    _call(
        9,
        "01-11",
        type="SUIC",
        arrived="",
        result="",
        police="sent_by_dispatch",
        arrest="yes",
        hold="no",
        age="121",
    ),
    # Everything at once: an emergency request, a hold, a transport, and two people hurt.
    _call(
        10,
        "01-12",
        type="SUIC",
        police="requested_by_team",
        request="safety_emergency",
        arrest="no",
        hold="yes",
        force="no",
        transport="yes",
        ed="yes",
        hurt_asked="yes",
        hurt_1="responder:first_aid",
        hurt_2="person_served:medical_treatment",
    ),
    # A routine safety request, with force.
    _call(
        11,
        "01-13",
        police="requested_by_team",
        request="safety_routine",
        arrest="no",
        hold="no",
        force="yes",
        transport="no",
        ed="no",
    ),
    # A request for a legal hold: not for safety.
    # Seven days after 7 January, to the day: the same person.
    _call(
        12,
        "01-14",
        police="requested_by_team",
        request="legal_hold",
        hold="yes",
        arrest="no",
        person="P1",
    ),
    # A request without a reason: not counted as safety, and told. Where to says that there was a transport.
    _call(13, "01-15", type="WELF", police="requested_by_team", destination="shelter"),
    # A planned co-response: police present, neither there first nor asked for.
    _call(14, "01-16", type="WELF", police="planned_co_response", ended="handed_to_police"),
    # Three exits after arrival, all without contact: whom nobody met was neither helped nor met again.
    _call(15, "01-17", result="unable_to_locate", ended="resolved_on_scene", person="P3"),
    _call(16, "01-18", result="refused", offered="yes"),
    # Cancelled on the way: dispatched, not a response.
    _call(17, "01-19", arrived="", result="cancelled", **NOTHING),
    # Held back for safety before arriving: a dispatch that ended for safety, not a response.
    _call(18, "01-20", arrived="", result="disengaged_for_safety"),
    # Held back for safety after arriving, and asked for police as an emergency.
    _call(
        19,
        "01-21",
        type="WELF",
        result="disengaged_for_safety",
        police="requested_by_team",
        request="safety_emergency",
    ),
    # Eligible calls that were not reached, by reason.
    _call(20, "01-22", **NOT_REACHED, sent="no", exit="outside_hours"),
    _call(21, "01-23", **NOT_REACHED, sent="no", exit="no_unit_available"),
    _call(22, "01-24", **NOT_REACHED, type="WELF", sent="no"),
    # The list is silent about the type: strict unknown, broad yes, not eligible.
    _call(23, "01-25", type="TRAF", destination="crisis_center"),
    # A public call that the team may not take and did not.
    _call(24, "01-26", **NOT_REACHED, type="VIOL", sent="no"),
    _call(25, "01-27", **NOT_REACHED, origin="311", type="WELF", sent="no", exit="outside_area"),
    # By the program's own line: public and eligible, not strict.
    _call(26, "01-28", origin="program_line", type="WELF"),
    # Origin not recorded: eligible, not public, strict unknown.
    _call(27, "01-29", origin=""),
    # A follow-up: outside the funnel.
    _call(28, "01-30", origin="follow_up", person="P8"),
    # A weapon disqualifies an eligible type. The same person at the same time: one event. Accepted or not is not said.
    _call(29, "01-30", weapon="yes", offered="yes", person="P8"),
    # A responder seriously hurt on the way: counts as hurt, though the call has no response.
    _call(30, "01-30", arrived="", result="", hurt_asked="yes", hurt_1="responder:serious"),
    # Received a minute before midnight, reached after it, in the next month.
    _call(
        31,
        "01-31",
        type="SUIC",
        received="2024-01-31 23:59:00",
        dispatched="2024-02-01 00:01:00",
        en_route="2024-02-01 00:02:00",
        arrived="2024-02-01 00:05:00",
        cleared="2024-02-01 01:00:00",
        person="P1",
    ),
    # A code that no list has, and no code at all; an ending that tells nothing.
    _call(32, "02-01", type="ZZZ", ended="other"),
    _call(33, "02-02", type="", person="P7"),
    # Waiting times that are not used: negative, zero, over range.
    _call(34, "02-03", arrived="2024-02-03 09:50:00"),
    _call(35, "02-04", arrived="2024-02-04 10:00:00"),
    _call(36, "02-05", arrived=_later("2024-02-05 10:00:00", days=2)),
    # A near miss is no injury.
    _call(37, "02-28", type="WELF", hurt_asked="yes", hurt_1="responder:near_miss", person="P4"),
    # After a month without any record: an injury of unknown severity, and a death.
    _call(38, "04-10", type="WELF", hurt_asked="yes", hurt_1="officer:", person="P4"),
    _call(
        39,
        "04-29",
        type="WELF",
        hurt_asked="yes",
        hurt_1="bystander:fatal",
        person="P5",
    ),
    # No date at all: nobody can say when the person was met again.
    _call(
        40,
        "02-10",
        received="",
        dispatched="",
        en_route="",
        arrived="",
        cleared="",
        person="P5",
    ),
    # A test entry, filtered with its reason.
    _call(41, "02-11", type="TEST"),
    # Contact known by its time alone.
    _call(42, "02-12", result="", contact="2024-02-12 10:22:00", person="P1"),
    # Whether a team was sent is not said; without a time of a team it was not.
    _call(43, "02-13", **NOT_REACHED, exit="declined_by_dispatch"),
]

# Unit rows of a second program in another state: police units stand in its log.
UNIT_COLUMNS = ("call", "unit", "received", "dispatched", "arrived", "cleared", "type", "hurt")
UNIT_ROWS: list[tuple[str, ...]] = [
    # Two community units and one police unit that came after them.
    (
        "U1",
        "CR1",
        "2024-01-05 08:00",
        "2024-01-05 08:02",
        "2024-01-05 08:12",
        "2024-01-05 08:40",
        "MH",
        "P1",
    ),
    (
        "U1",
        "CR2",
        "2024-01-05 08:00",
        "2024-01-05 08:03",
        "2024-01-05 08:10",
        "2024-01-05 08:50",
        "MH",
        "P1",
    ),
    (
        "U1",
        "PD7",
        "2024-01-05 08:00",
        "2024-01-05 08:05",
        "2024-01-05 08:30",
        "2024-01-05 09:30",
        "MH",
        "P1",
    ),
    # The team alone: no police unit in the log means no police.
    (
        "U2",
        "CR1",
        "2024-01-06 08:00",
        "2024-01-06 08:02",
        "2024-01-06 08:07",
        "2024-01-06 08:40",
        "MH",
        "",
    ),
    # Police there first.
    (
        "U3",
        "PD7",
        "2024-01-07 08:00",
        "2024-01-07 08:01",
        "2024-01-07 08:05",
        "2024-01-07 08:40",
        "WELF",
        "",
    ),
    (
        "U3",
        "CR1",
        "2024-01-07 08:00",
        "2024-01-07 08:02",
        "2024-01-07 08:15",
        "2024-01-07 08:40",
        "WELF",
        "",
    ),
    # Police alone: no dispatch of the team.
    (
        "U4",
        "PD7",
        "2024-01-08 08:00",
        "2024-01-08 08:01",
        "2024-01-08 08:05",
        "2024-01-08 08:40",
        "MH",
        "",
    ),
    # A unit that no pattern knows is unknown, never police; the team never arrived.
    (
        "U5",
        "XX9",
        "2024-01-31 08:00",
        "2024-01-31 08:01",
        "2024-01-31 08:05",
        "2024-01-31 08:40",
        "MH",
        "",
    ),
    ("U5", "CR1", "2024-01-31 08:00", "2024-01-31 08:02", "", "2024-01-31 08:40", "MH", ""),
    # The same row twice: an exact repeat is filtered.
    (
        "U2",
        "CR1",
        "2024-01-06 08:00",
        "2024-01-06 08:02",
        "2024-01-06 08:07",
        "2024-01-06 08:40",
        "MH",
        "",
    ),
]
UNIT_PROFILE = """
[program]
id = "test-town"
name = "Test Town Team"
city = "Test Town"
state = "WA"
time_zone = "America/Los_Angeles"
data_owner = "The tests"

[log]
rows_are = "unit"
holds = "program_work"
records_police_units = true

[file]
format = "csv"

[text]
incident_id = "call"
unit_id = "unit"

[times.received_at]
column = "received"
formats = ["%Y-%m-%d %H:%M"]
[times.dispatched_at]
column = "dispatched"
formats = ["%Y-%m-%d %H:%M"]
[times.arrived_at]
column = "arrived"
formats = ["%Y-%m-%d %H:%M"]
[times.cleared_at]
column = "cleared"
formats = ["%Y-%m-%d %H:%M"]

[call_type]
column = "type"

[words.responder_type]
[[words.responder_type.cases]]
when = { column = "unit", matches = "CR[0-9]" }
then = "community"
[[words.responder_type.cases]]
when = { column = "unit", matches = "PD[0-9]" }
then = "police"

[flags.is_injury_recorded]
yes = { column = "type", recorded = true }

[[injuries]]
when = { column = "hurt", is = ["P1"] }
role = { constant = "person_served" }
severity = { constant = "first_aid" }

[[changes]]
date = 2024-01-15
kind = "hours"
label = "Nights too"
"""
