"""Columns of the exports that hold all calls of the public, one function a city."""

import numpy as np
import pandas as pd
import pyarrow as pa

from outcomes.demo.columns import ExportRows, where
from outcomes.demo.dirt import (
    with_blanks,
    with_constant_rows,
    with_odd_spelling,
    with_repeats,
    with_unlisted_codes,
)
from outcomes.demo.program import DemoProgram
from outcomes.demo.unit_rows import draw_unit_rows

ISO = "%Y-%m-%d %H:%M:%S"
US_12_HOURS = "%m/%d/%Y %I:%M:%S %p"
MONTH_NAME = "%d-%b-%Y %H:%M:%S"
# Priority by call type, one to four; what is not named here has three.
PRIORITIES = {"suicide_risk": "1", "violence": "1", "medical": "1", "fire": "1"} | dict.fromkeys(
    ("mental_health", "disruptive_behavior", "property_crime"), "2"
)


def priority(rows: ExportRows) -> pa.Array:
    """Priority of each call, from its type."""
    return pa.array([PRIORITIES.get(word, "3") for word in rows["call_type"]])


def alder_crossing(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per call, plain names, a yes or no for each outcome."""
    rows = ExportRows(calls)
    blocks = rng.integers(1, 60, len(rows)) * 100
    streets = np.array(["ALDER ST", "MILL RD", "RIVER AVE", "4TH AVE", "ORCHARD LN"])
    street = streets[rng.integers(0, len(streets), len(rows))]
    columns = {
        "incident_number": rows.ids("AC-{year}-", 6),
        "call_datetime": rows.times("received_at", ISO),
        "call_source": rows.words("call_origin", {
            "non_emergency": "NON-EMERG", "officer_request": "OFFICER",
            "responder_initiated": "ON-VIEW"}),
        "call_type": rows.plain("code"),
        "final_call_type": rows.plain("final_code"),
        "priority": priority(rows),
        "district": rows.plain("area"),
        "location": pa.array([f"{b} BLOCK {s}" for b, s in zip(blocks, street, strict=True)]),
        "team_dispatched": rows.times("dispatched_at", ISO),
        "team_en_route": rows.times("en_route_at", ISO),
        "team_on_scene": rows.times("arrived_at", ISO),
        "first_contact": rows.times("contact_at", ISO),
        "team_cleared": rows.times("cleared_at", ISO),
        "team_not_sent_because": rows.words("not_reached_reason", {
            "outside_hours": "off hours", "outside_area": "outside area",
            "no_unit_available": "no team free", "not_triaged": "not screened",
            "declined_by_dispatch": "dispatcher declined", "not_recorded": None,
            "cancelled_before_dispatch": "cancelled", "cancelled_before_arrival": "turned back"}),
        "contact": rows.words("contact_result", {
            "contacted": "made contact", "unable_to_locate": "unable to locate",
            "disengaged_for_safety": "left for safety", "not_recorded": None}),
        "police": rows.words("police_involvement", {
            "planned_co_response": "planned", "already_on_scene": "there first",
            "sent_by_dispatch": "sent with team", "requested_by_team": "team asked",
            "not_recorded": None}),
        "police_why": rows.words("police_request_reason", {
            "safety_emergency": "safety code 3", "safety_routine": "safety cover",
            "legal_hold": "custody hold", "crime": "crime found",
            "transport_or_entry": "transport or entry", "asked_by_person": "person asked",
            "not_recorded": None}),
        "arrest": rows.yes_no("has_arrest", "Y", "N"),
        "hold": rows.yes_no("has_involuntary_hold", "Y", "N"),
        "force_used": rows.yes_no("has_force", "Y", "N"),
        "transported_to": rows.words("transport_to", {"emergency_department": "hospital ED"}),
        "referral": rows.plain("referral"),
        "outcome": rows.words("ending", {
            "resolved_on_scene": "resolved", "referred": "referral made",
            "transported_crisis_center": "to crisis center", "transported_shelter": "to shelter",
            "transported_other": "taken home or elsewhere",
            "transported_emergency_department": "to hospital ED",
            "handed_to_ambulance": "to medics", "handed_to_police": "to police",
            "involuntary_hold": "custody hold", "arrested": "arrest",
            "unable_to_locate": "unable to locate", "left_for_safety": "left for safety"}),
        "injury_form": where(
            pd.isna(rows["injury_severity"]), rows.yes_no("is_injury_recorded", "no", ""), "yes"),
        "injured_1": rows.words("injured_role", {"person_served": "client"}),
        "injury_1": rows.plain("injury_severity"),
        "injured_2": rows.words("second_injured_role", {"person_served": "client"}),
        "injury_2": rows.plain("second_injury_severity"),
        "age": rows.numbers("age"),
        "gender": rows.plain("gender"),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "call_type", program.unlisted_codes)
    table = with_blanks(table, rng, ("district", "priority", "call_source"))
    test = {"incident_number": "AC-TEST-{number:04d}", "call_type": "TEST"}
    return with_repeats(with_constant_rows(table, rng, 23, test), rng, 31)


def port_lindry(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per unit sent; what happened is written in codes, repeated on every row of a call."""
    units = draw_unit_rows(calls, rng)
    call = ExportRows(calls)
    by_call = {
        "Incident Number": call.ids("{year}", 7),
        "Call Received": call.times("received_at", US_12_HOURS),
        "Call Type Code": call.plain("code"),
        "Final Type Code": call.plain("final_code"),
        "Priority": priority(call),
        "Beat": call.plain("area"),
        "Source": call.words("call_origin", {
            "911": "E911", "non_emergency": "TEL", "988": "LIFELINE", "officer_request": "OFCR",
            "responder_initiated": "FIELD"}),
        "CR Exception": call.words("not_reached_reason", {
            "outside_hours": "OOH", "no_unit_available": "NUA", "not_triaged": "NTG",
            "declined_by_dispatch": "DEC", "cancelled_before_dispatch": "CBD",
            "cancelled_before_arrival": "CBA", "not_recorded": None}),
        "Outcome Codes": _outcome_codes(call),
        "PD Info": call.words("police_involvement", {
            "planned_co_response": "PLANNED", "sent_by_dispatch": "DISPATCHED WITH",
            "requested_by_team": "REQUESTED",
            # Whether officers were there first, or not at all, is left to their unit rows.
            "already_on_scene": None, "none": None, "not_recorded": None}),
        "PD Reason": call.words("police_request_reason", {
            "safety_emergency": "10-33", "safety_routine": "COVER", "legal_hold": "ITA",
            "crime": "CRIME", "transport_or_entry": "ENTRY", "asked_by_person": "RP ASKED",
            "other": "OTHER", "not_recorded": None}),
        "Injury Code": _injury_codes(call),
    }  # fmt: skip
    positions = pa.array(units["call"].to_numpy())
    unit = ExportRows(units)
    columns = {name: values.take(positions) for name, values in by_call.items()} | {
        "Unit ID": unit.plain("unit"),
        "Unit Dispatched": unit.times("dispatched_at", US_12_HOURS),
        "Unit Enroute": unit.times("en_route_at", US_12_HOURS),
        "Unit On Scene": unit.times("arrived_at", US_12_HOURS),
        "Unit Cleared": unit.times("cleared_at", US_12_HOURS),
    }
    table = pa.table(columns)
    changed = with_unlisted_codes(pa.table(by_call), rng, "Call Type Code", program.unlisted_codes)
    code = changed["Call Type Code"].combine_chunks().take(positions)
    table = table.set_column(table.column_names.index("Call Type Code"), "Call Type Code", code)
    test = {"Incident Number": "9999{number:07d}", "Unit ID": "TRNG1"}
    return with_repeats(with_constant_rows(table, rng, 36, test), rng, 44)


def hollin_ferry(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One object per call; whole words, true and false, a T between date and time."""
    rows = ExportRows(calls)
    columns = {
        "event_id": rows.ids("HF{year}", 7),
        "created": rows.times("received_at", "%Y-%m-%dT%H:%M:%S"),
        "origin": rows.words("call_origin", {
            "911": "E-911", "non_emergency": "Admin line", "988": "988 transfer",
            "officer_request": "Officer", "responder_initiated": "Self-initiated"}),
        "nature": rows.plain("code"),
        "zone": rows.plain("area"),
        "responder_assigned": rows.yes_no("is_dispatched", "true", "false"),
        "assigned": rows.times("dispatched_at", "%Y-%m-%dT%H:%M:%S"),
        "enroute": rows.times("en_route_at", "%Y-%m-%dT%H:%M:%S"),
        "onscene": rows.times("arrived_at", "%Y-%m-%dT%H:%M:%S"),
        "closed": rows.times("cleared_at", "%Y-%m-%dT%H:%M:%S"),
        "skip_reason": rows.words("not_reached_reason", {
            "outside_hours": "after hours", "no_unit_available": "units committed",
            "not_triaged": "not flagged", "declined_by_dispatch": "dispatcher override",
            "cancelled_before_dispatch": "caller cancelled",
            "cancelled_before_arrival": "cancelled en route", "not_recorded": None}),
        "result": rows.words("contact_result", {
            "contacted": "Engaged", "unable_to_locate": "Gone on arrival",
            "refused": "Declined service", "cancelled": "Cancelled",
            "disengaged_for_safety": "Withdrew for safety", "not_recorded": None}),
        "police_role": rows.words("police_involvement", {
            "none": "Not involved", "planned_co_response": "Joint response",
            "already_on_scene": "On scene first", "sent_by_dispatch": "Co-dispatched",
            "requested_by_team": "Requested", "not_recorded": None}),
        "police_request": rows.words("police_request_reason", {
            "safety_emergency": "Emergency backup", "safety_routine": "Safety standby",
            "legal_hold": "IVC paperwork", "crime": "Crime report",
            "transport_or_entry": "Transport / entry", "asked_by_person": "Client request",
            "other": "Other", "not_recorded": None}),
        "arrested": rows.yes_no("has_arrest", "true", "false"),
        "ivc": rows.yes_no("has_involuntary_hold", "true", "false"),
        "force": rows.yes_no("has_force", "true", "false"),
        "destination": rows.words("transport_to", {
            "none": "No transport", "emergency_department": "Emergency department"}),
        "linkage": rows.words("referral", {
            "none": "None", "offered": "Offered", "accepted": "Accepted",
            "connected": "Connected"}),
        "injury_reported": rows.yes_no("is_injury_recorded", "true", "false"),
        "injury_person": rows.plain("injured_role"),
        "injury_level": rows.plain("injury_severity"),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "nature", program.unlisted_codes)
    table = with_blanks(table, rng, ("zone", "nature"))
    return with_constant_rows(table, rng, 12, {"event_id": "TEST{number}", "nature": "ZZ-TEST"})


def sable_junction(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per call, typed by several hands; months by name, injuries in one cell."""
    rows = ExportRows(calls)
    columns = {
        "CFS": rows.ids("SJ", 6, of_year=False),
        "RECEIVED": rows.times("received_at", MONTH_NAME),
        "DAY": rows.times("received_at", "%a"),
        "HOW RECEIVED": rows.words("call_origin", {
            "911": "911 CALL", "non_emergency": "NON EMERGENCY LINE", "988": "988 LIFELINE",
            "officer_request": "OFFICER REQUEST", "responder_initiated": "TEAM INITIATED"}),
        "NATURE": rows.plain("code"),
        "ZONE": rows.plain("area"),
        "TEAM SENT": rows.times("dispatched_at", MONTH_NAME),
        "TEAM ARRIVED": rows.times("arrived_at", MONTH_NAME),
        "TEAM CLEAR": rows.times("cleared_at", MONTH_NAME),
        "WHY NOT SENT": rows.words("not_reached_reason", {
            "outside_hours": "TEAM OFF DUTY", "no_unit_available": "TEAM BUSY",
            "not_triaged": "NOT OFFERED", "declined_by_dispatch": "DISPATCH DECLINED",
            "cancelled_before_dispatch": "CANCELED BY CALLER", "not_recorded": None,
            "cancelled_before_arrival": "CANCELED EN ROUTE"}),
        "CONTACT": rows.words("contact_result", {
            "contacted": "CONTACT MADE", "unable_to_locate": "UNABLE TO LOCATE",
            "refused": "REFUSED SERVICE", "cancelled": "CANCELED",
            "disengaged_for_safety": "SAFETY WITHDRAWAL", "not_recorded": None}),
        "POLICE": rows.words("police_involvement", {
            "none": "NO POLICE", "planned_co_response": "PLANNED RIDE ALONG",
            "already_on_scene": "POLICE ON SCENE FIRST", "sent_by_dispatch": "POLICE ALSO SENT",
            "requested_by_team": "TEAM REQUESTED POLICE", "not_recorded": None}),
        "POLICE REASON": rows.words("police_request_reason", {
            "safety_emergency": "URGENT SAFETY", "safety_routine": "ROUTINE SAFETY",
            "legal_hold": "EMERGENCY DETENTION", "crime": "CRIME REPORT",
            "transport_or_entry": "RIDE OR ENTRY", "asked_by_person": "CALLER WANTED POLICE",
            "other": "OTHER REASON", "not_recorded": None}),
        "ARREST": rows.yes_no("has_arrest", "YES", "NO"),
        "DETENTION": rows.yes_no("has_involuntary_hold", "YES", "NO"),
        "TRANSPORT": rows.words("transport_to", {
            "none": "NO TRANSPORT", "emergency_department": "HOSPITAL ER",
            "crisis_center": "CRISIS CENTER"}),
        "INJURY": _injury_words(rows),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "NATURE", program.unlisted_codes)
    table = with_odd_spelling(table, rng, ("NATURE", "ZONE", "HOW RECEIVED", "CONTACT", "POLICE"))
    table = with_repeats(with_blanks(table, rng, ("ZONE", "CONTACT")), rng, 58)
    # Rows without a number, and dates that a spreadsheet has spoilt.
    table = with_constant_rows(table, rng, 3, {"CFS": ""})
    return with_constant_rows(table, rng, 5, {"CFS": "SJ9{number:05d}", "RECEIVED": "########"})


def _outcome_codes(call: ExportRows) -> pa.Array:
    """All outcomes of a response in one cell, such as CNT/REF-A/TRN-ED; empty on other calls."""
    contact = {"contacted": "CNT", "unable_to_locate": "UTL", "refused": "RFS",
               "cancelled": "CXL", "disengaged_for_safety": "WDS"}  # fmt: skip
    referral = {"offered": "REF-O", "accepted": "REF-A", "connected": "REF-C"}
    transport = {"emergency_department": "TRN-ED", "crisis_center": "TRN-CC", "shelter": "TRN-SH",
                 "home": "TRN-HM", "other": "TRN-OT"}  # fmt: skip
    cells = []
    for met, offered, place, arrest, hold, force in zip(
        *(call[name] for name in ("contact_result", "referral", "transport_to", "has_arrest",
                                  "has_involuntary_hold", "has_force")),
        strict=True,
    ):  # fmt: skip
        codes = [contact.get(met), referral.get(offered), transport.get(place)]
        for happened, code in ((arrest, "ARR"), (hold, "ITA"), (force, "UOF")):
            codes.append(code if happened is True else None)
        cells.append("/".join(code for code in codes if code) or None)
    return pa.array(cells, pa.string())


def _injury_codes(call: ExportRows) -> pa.Array:
    """Injured people as letter and degree, such as R1 or R1+P2; NONE where asked and nobody was."""
    role = {"responder": "R", "person_served": "P", "bystander": "B", "officer": "O"}
    degree = {"near_miss": "0", "first_aid": "1", "medical_treatment": "2"}
    cells = []
    for recorded, *injured in zip(
        *(call[name] for name in ("is_injury_recorded", "injured_role", "injury_severity",
                                  "second_injured_role", "second_injury_severity")),
        strict=True,
    ):  # fmt: skip
        pairs = [pair for pair in (injured[:2], injured[2:]) if pair[0] in role]
        codes = "+".join(role[who] + degree[how] for who, how in pairs)
        cells.append(codes or ("NONE" if recorded is True else None))
    return pa.array(cells, pa.string())


def _injury_words(rows: ExportRows) -> pa.Array:
    """Who was hurt and how, in one cell."""
    role = {"responder": "TEAM MEMBER", "person_served": "CLIENT", "bystander": "BYSTANDER",
            "officer": "OFFICER"}  # fmt: skip
    degree = {"near_miss": "NEAR MISS", "first_aid": "FIRST AID", "medical_treatment": "TREATED"}
    cells = [
        f"{role[who]} - {degree[how]}" if who in role else "NO INJURY" if told is True else None
        for told, who, how in zip(
            rows["is_injury_recorded"], rows["injured_role"], rows["injury_severity"], strict=True
        )
    ]
    return pa.array(cells, pa.string())
