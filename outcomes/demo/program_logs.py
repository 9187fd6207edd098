"""Columns of the exports that hold eligible calls or a program's own work, one function a city."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from outcomes.demo.columns import ExportRows, where
from outcomes.demo.dirt import (
    with_blanks,
    with_constant_rows,
    with_empty_tail,
    with_repeats,
    with_unlisted_codes,
)
from outcomes.demo.program import DemoProgram

# Share of the calls that dispatch declined because somebody was said to be armed.
ARMED_SHARE_OF_DECLINED = 0.55


def quillhaven(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per dispatch, kept by the team itself; nothing about police, holds or injuries."""
    rows = ExportRows(calls)
    iso = "%Y-%m-%d %H:%M:%S"
    columns = {
        "Dispatch ID": rows.ids("Q{year}-", 5),
        "Requested": rows.times("received_at", iso),
        "Dispatched": rows.times("dispatched_at", iso),
        "Arrived": rows.times("arrived_at", iso),
        "Met client": rows.times("contact_at", iso),
        "Left scene": rows.times("cleared_at", iso),
        "Neighborhood": rows.plain("area"),
        "Reason": rows.plain("code"),
        "How it came in": rows.words("call_origin", {
            "non_emergency": "Police non-emergency", "program_line": "Our own line",
            "officer_request": "Officer asked", "responder_initiated": "We came across it"}),
        "Result": rows.words("contact_result", {
            "contacted": "Spoke with person", "unable_to_locate": "Could not find",
            "refused": "Did not want us", "cancelled": "Called off",
            "disengaged_for_safety": "We left for safety", "not_recorded": None}),
        "Ride to": rows.words("transport_to", {
            "none": "No ride", "emergency_department": "Emergency room",
            "crisis_center": "Crisis center", "shelter": "Shelter", "home": "Home",
            "other": "Elsewhere"}),
        "Referral": rows.words("referral", {
            "none": "No", "offered": "Offered", "accepted": "Accepted", "connected": "Connected"}),
        "Client no.": rows.numbers("person", "QH-{:05d}"),
        "Age": rows.numbers("age"),
        "Gender": rows.words("gender", {
            "woman": "Female", "man": "Male", "nonbinary": "Nonbinary"}),
        "Staff": pa.array([f"S{number}" for number in rng.integers(1, 15, len(rows))]),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "Reason", program.unlisted_codes)
    return with_blanks(table, rng, ("Neighborhood", "Reason", "Result"))


def marais_point(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per eligible call; date and time in two columns, 00:00:00 for a time not entered."""
    rows = ExportRows(calls)
    was_sent = rows["is_dispatched"]
    columns = {"Case": rows.ids("{year}MP", 6)}
    for title, name in (
        ("Received", "received_at"),
        ("Dispatched", "dispatched_at"),
        ("Arrived", "arrived_at"),
        ("Cleared", "cleared_at"),
    ):
        day = rows.times(name, "%m/%d/%Y")
        entered = rows.times(name, "%H:%M:%S")
        expected = was_sent & (rows["is_response"] | (name != "arrived_at"))
        missing = np.isnat(rows[name])
        columns[f"{title} date"] = where(
            missing & expected, rows.times("received_at", "%m/%d/%Y"), day
        )
        columns[f"{title} time"] = where(missing & expected, "00:00:00", entered)
    columns |= {
        "Code": rows.plain("code"),
        "Sector": rows.plain("area"),
        "Line": rows.words("call_origin", {
            "911": "9-1-1", "non_emergency": "Desk", "988": "988", "officer_request": "Patrol",
            "responder_initiated": "Street"}),
        "Sent": rows.yes_no("is_dispatched", "Yes", "No"),
        "Not sent": rows.words("not_reached_reason", {
            "outside_hours": "Closed", "no_unit_available": "Busy", "not_triaged": "Missed",
            "declined_by_dispatch": "Declined", "cancelled_before_dispatch": "Cancelled",
            "cancelled_before_arrival": "Recalled", "not_recorded": None}),
        "Contact": rows.words("contact_result", {
            "contacted": "Yes", "unable_to_locate": "UTL", "refused": "Refused",
            "cancelled": "Cancelled", "disengaged_for_safety": "Left, unsafe",
            "not_recorded": None}),
        "Police": rows.words("police_involvement", {
            "none": "None", "planned_co_response": "Joint", "already_on_scene": "First",
            "sent_by_dispatch": "Dispatch", "requested_by_team": "Asked", "not_recorded": None}),
        "Police reason": rows.words("police_request_reason", {
            "safety_emergency": "Emergency", "safety_routine": "Safety", "legal_hold": "Petition",
            "crime": "Crime", "transport_or_entry": "Entry", "asked_by_person": "Client",
            "other": "Other", "not_recorded": None}),
        "Arrest": rows.yes_no("has_arrest", "Yes", "No"),
        "Petition": rows.yes_no("has_involuntary_hold", "Yes", "No"),
        "Force": rows.yes_no("has_force", "Yes", "No"),
        "Transport": rows.words("transport_to", {
            "none": "No", "emergency_department": "ED", "crisis_center": "CSU",
            "shelter": "Shelter", "home": "Home", "other": "Other"}),
        "Referral": rows.words("referral", {
            "none": "No", "offered": "Offered", "accepted": "Accepted", "connected": "Connected"}),
        "Injured": where(
            pd.isna(rows["injured_role"]), rows.yes_no("is_injury_recorded", "Nobody", ""),
            rows.words("injured_role", {
                "responder": "Staff", "person_served": "Client", "bystander": "Bystander",
                "officer": "Officer"})),
        "Injury": rows.words("injury_severity", {
            "near_miss": "Near miss", "first_aid": "First aid", "medical_treatment": "Doctor"}),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "Code", program.unlisted_codes)
    table = with_blanks(table, rng, ("Sector", "Line"))
    table = with_constant_rows(table, rng, 14, {"Case": "TRAINING {number}", "Sector": "TEST"})
    return _with_null_words(table, ("N/A", "-"))


def kestrel_mesa(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per eligible call, every column text, with people's groups and a weapon flag."""
    rows = ExportRows(calls)
    written = "%Y-%m-%dT%H:%M:%S"
    declined = rows["not_reached_reason"] == "declined_by_dispatch"
    armed = declined & (rng.random(len(rows)) < ARMED_SHARE_OF_DECLINED)
    columns = {
        "cad_id": rows.ids("KM{year}", 6),
        "time_received": rows.times("received_at", written),
        "time_assigned": rows.times("dispatched_at", written),
        "time_enroute": rows.times("en_route_at", written),
        "time_arrived": rows.times("arrived_at", written),
        "time_contact": rows.times("contact_at", written),
        "time_cleared": rows.times("cleared_at", written),
        "problem": rows.plain("code"),
        "final_problem": rows.plain("final_code"),
        "beat": rows.plain("area"),
        "source": rows.words("call_origin", {
            "non_emergency": "nonemerg", "officer_request": "pd_request",
            "responder_initiated": "self"}),
        "weapon_flag": where(armed, "Y", "N"),
        "exit_code": rows.plain("not_reached_reason"),
        "contact_status": rows.plain("contact_result"),
        "police_status": rows.plain("police_involvement"),
        "police_request": rows.plain("police_request_reason"),
        "arrest": rows.yes_no("has_arrest", "1", "0"),
        "m1_hold": rows.yes_no("has_involuntary_hold", "1", "0"),
        "use_of_force": rows.yes_no("has_force", "1", "0"),
        "transport": rows.plain("transport_to"),
        "referral_step": rows.words("referral", {
            "none": "0", "offered": "1", "accepted": "2", "connected": "3"}),
        "injury_checked": rows.yes_no("is_injury_recorded", "1", "0"),
        "injury_role_1": rows.plain("injured_role"),
        "injury_level_1": rows.plain("injury_severity"),
        "injury_role_2": rows.plain("second_injured_role"),
        "injury_level_2": rows.plain("second_injury_severity"),
        "person_ref": rows.numbers("person", "KM{:06d}"),
        "age": rows.numbers("age"),
        "gender": rows.plain("gender"),
        "race_ethnicity": rows.plain("race_ethnicity"),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "problem", program.unlisted_codes)
    return with_repeats(with_blanks(table, rng, ("beat", "source")), rng, 27)


def brackwater(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per eligible call, short upper-case column names, empty rows at the end."""
    rows = ExportRows(calls)
    written = "%m/%d/%Y %H:%M:%S"
    columns = {
        "CFS_NUM": rows.ids("", 8, of_year=False),
        "REC_DT": rows.times("received_at", written),
        "DISP_DT": rows.times("dispatched_at", written),
        "ENRT_DT": rows.times("en_route_at", written),
        "ARR_DT": rows.times("arrived_at", written),
        "CLR_DT": rows.times("cleared_at", written),
        "NATURE_CD": rows.plain("code"),
        "SECTOR": rows.plain("area"),
        "SRC": rows.words("call_origin", {
            "911": "1", "non_emergency": "2", "988": "3", "program_line": "4",
            "officer_request": "5", "responder_initiated": "6"}),
        "EXIT_CD": rows.words("not_reached_reason", {
            "outside_hours": "H", "no_unit_available": "U", "not_triaged": "T",
            "declined_by_dispatch": "D", "cancelled_before_dispatch": "C",
            "cancelled_before_arrival": "R", "not_recorded": None}),
        "CONTACT_CD": rows.words("contact_result", {
            "contacted": "CM", "unable_to_locate": "UL", "refused": "RF", "cancelled": "CX",
            "disengaged_for_safety": "SF", "not_recorded": None}),
        "PD_CD": rows.words("police_involvement", {
            "none": "N", "planned_co_response": "P", "already_on_scene": "F",
            "sent_by_dispatch": "S", "requested_by_team": "R", "not_recorded": None}),
        "PD_RSN": rows.words("police_request_reason", {
            "safety_emergency": "S1", "safety_routine": "S2", "legal_hold": "EP", "crime": "CR",
            "transport_or_entry": "TE", "asked_by_person": "AP", "other": "OT",
            "not_recorded": None}),
        "ARREST_YN": rows.yes_no("has_arrest", "Y", "N"),
        "EP_YN": rows.yes_no("has_involuntary_hold", "Y", "N"),
        "FORCE_YN": rows.yes_no("has_force", "Y", "N"),
        "TRANS_CD": rows.words("transport_to", {
            "none": "0", "emergency_department": "ED", "crisis_center": "CC", "shelter": "SH",
            "home": "HM", "other": "OT"}),
        "CLIENT_ID": rows.numbers("person", "{:07d}"),
        "INJ_YN": where(
            pd.isna(rows["injured_role"]), rows.yes_no("is_injury_recorded", "N", ""), "Y"),
        "INJ_ROLE": rows.words("injured_role", {
            "responder": "STF", "person_served": "CLI", "bystander": "BYS", "officer": "OFC"}),
        "INJ_SEV": rows.words("injury_severity", {
            "near_miss": "0", "first_aid": "1", "medical_treatment": "2"}),
    }  # fmt: skip
    table = with_unlisted_codes(pa.table(columns), rng, "NATURE_CD", program.unlisted_codes)
    return with_empty_tail(with_blanks(table, rng, ("SECTOR", "SRC")), 212)


def eastmarch(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> pa.Table:
    """One row per eligible call, times to the minute, nothing about where the call came from."""
    rows = ExportRows(calls)
    written = "%m/%d/%y %H:%M"
    columns = {
        "Record": rows.ids("EM-{year}-", 5),
        "Call time": rows.times("received_at", written),
        "Sent": rows.times("dispatched_at", written),
        "On the way": rows.times("en_route_at", written),
        "There": rows.times("arrived_at", written),
        "Done": rows.times("cleared_at", written),
        "Concern": rows.plain("code"),
        "Ward": rows.plain("area"),
        "If not reached, why": rows.words("not_reached_reason", {
            "outside_hours": "Outside hours", "no_unit_available": "Team on another call",
            "not_triaged": "Went to police first", "declined_by_dispatch": "Dispatch chose police",
            "cancelled_before_dispatch": "Caller cancelled",
            "cancelled_before_arrival": "Cancelled on the way", "not_recorded": None}),
        "Contact": rows.words("contact_result", {
            "contacted": "Met person", "unable_to_locate": "Person not found",
            "refused": "Person declined", "cancelled": "Cancelled",
            "disengaged_for_safety": "Team withdrew, safety", "not_recorded": None}),
        "Police": rows.words("police_involvement", {
            "none": "None", "planned_co_response": "Planned", "already_on_scene": "Already there",
            "sent_by_dispatch": "Sent by dispatch", "requested_by_team": "Team called police",
            "not_recorded": None}),
        "Reason for police": rows.words("police_request_reason", {
            "safety_emergency": "Safety, urgent", "safety_routine": "Safety, not urgent",
            "legal_hold": "Section 12", "crime": "Crime", "transport_or_entry": "Ride or door",
            "asked_by_person": "Person asked", "other": "Other", "not_recorded": None}),
        "Section 12": rows.yes_no("has_involuntary_hold", "Yes", "No"),
        "Arrest": rows.yes_no("has_arrest", "Yes", "No"),
        "Transport": rows.words("transport_to", {
            "none": "None", "emergency_department": "Hospital", "crisis_center": "Crisis center",
            "shelter": "Shelter", "home": "Home", "other": "Other"}),
        "Connected": rows.words("referral", {
            "none": "No referral", "offered": "Offered", "accepted": "Accepted",
            "connected": "Connected"}),
        "Anyone hurt": where(
            pd.isna(rows["injured_role"]), rows.yes_no("is_injury_recorded", "No", ""), "Yes"),
        "Who": rows.words("injured_role", {
            "responder": "Staff", "person_served": "Person served", "bystander": "Bystander",
            "officer": "Officer"}),
        "How badly": rows.words("injury_severity", {
            "near_miss": "Near miss", "first_aid": "First aid", "medical_treatment": "Doctor"}),
    }  # fmt: skip
    return with_blanks(pa.table(columns), rng, ("Ward", "Contact"))


def _with_null_words(table: pa.Table, words: tuple[str, str]) -> pa.Table:
    """Empty cells written as words: the first in most columns, the second in every third."""
    for place, name in enumerate(table.column_names):
        word = words[1] if place % 3 == 2 else words[0]
        filled = pc.fill_null(table[name], word)
        table = table.set_column(place, name, filled)
    return table
