"""Draws what happened on a made-up program's responses: contact, police, actions, injuries."""

import numpy as np
import pandas as pd

from outcomes.demo.program import DemoProgram
from outcomes.vocabulary.log import (
    CallOrigin,
    CallType,
    ContactResult,
    InjuredRole,
    InjurySeverity,
    PoliceInvolvement,
    PoliceRequestReason,
)

CONTACT_SHARES = (
    (ContactResult.CONTACTED, 0.752),
    (ContactResult.UNABLE_TO_LOCATE, 0.150),
    (ContactResult.REFUSED, 0.063),
    (ContactResult.CANCELLED, 0.021),
    (ContactResult.DISENGAGED_FOR_SAFETY, 0.003),
    (ContactResult.NOT_RECORDED, 0.011),
)
# Share of responses on which the team asks for police for safety, by call type.
SAFETY_SHARES = {
    CallType.MENTAL_HEALTH: 0.0125,
    CallType.SUICIDE_RISK: 0.0140,
    CallType.DISRUPTIVE_BEHAVIOR: 0.0170,
    CallType.DISPUTE: 0.0170,
    CallType.UNWANTED_PERSON: 0.0115,
    CallType.INTOXICATION: 0.0115,
    CallType.YOUTH: 0.0090,
    CallType.WELFARE_CHECK: 0.0065,
    CallType.UNHOUSED: 0.0060,
    CallType.PUBLIC_ASSIST: 0.0050,
}
OTHER_SAFETY_SHARE = 0.012
EMERGENCY_SHARE_OF_SAFETY = 0.125
SURGE_FACTOR = 4.0
OTHER_REQUEST_SHARE = 0.021
OTHER_REQUEST_REASONS = (
    (PoliceRequestReason.LEGAL_HOLD, 0.32),
    (PoliceRequestReason.CRIME, 0.19),
    (PoliceRequestReason.TRANSPORT_OR_ENTRY, 0.18),
    (PoliceRequestReason.ASKED_BY_PERSON, 0.12),
    (PoliceRequestReason.OTHER, 0.12),
    (PoliceRequestReason.NOT_RECORDED, 0.07),
)
# Share of contacts that end with a transport, by call type.
TRANSPORT_SHARES = {
    CallType.MENTAL_HEALTH: 0.24,
    CallType.SUICIDE_RISK: 0.32,
    CallType.INTOXICATION: 0.25,
    CallType.UNHOUSED: 0.16,
    CallType.WELFARE_CHECK: 0.12,
    CallType.DISPUTE: 0.05,
    CallType.UNWANTED_PERSON: 0.11,
    CallType.YOUTH: 0.10,
    CallType.DISRUPTIVE_BEHAVIOR: 0.13,
}
TRANSPORT_PLACES = (
    ("emergency_department", 0.42),
    ("crisis_center", 0.24),
    ("shelter", 0.17),
    ("home", 0.11),
    ("other", 0.06),
)
HOLD_SHARES = {CallType.MENTAL_HEALTH: 0.018, CallType.SUICIDE_RISK: 0.030}
NEAR_MISS_SHARE, FIRST_AID_SHARE, MEDICAL_SHARE = 0.0010, 0.0005, 0.00015
SECOND_INJURED_SHARE = 0.12
INJURED_ROLES = (
    (InjuredRole.RESPONDER, 0.55),
    (InjuredRole.PERSON_SERVED, 0.39),
    (InjuredRole.BYSTANDER, 0.06),
)
# Where police were there, an officer may be the one who was hurt.
OFFICER_INJURED_SHARE = 0.35
GENDERS = (("woman", 0.41), ("man", 0.55), ("nonbinary", 0.015), ("", 0.025))
RACES = (
    ("white", 0.47),
    ("black", 0.22),
    ("hispanic", 0.17),
    ("native", 0.03),
    ("asian", 0.03),
    ("other", 0.03),
    ("", 0.05),
)


def choose(
    rng: np.random.Generator, words: tuple[tuple[str, float], ...], count: int
) -> np.ndarray:
    """That many words, drawn by shares that need not add up to one; an empty word is none."""
    shares = np.array([share for _, share in words])
    drawn = rng.choice(len(words), size=count, p=shares / shares.sum())
    return np.array([str(word) or None for word, _ in words], dtype=object)[drawn]


def add_outcomes(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> None:
    """Adds to the calls what happened on each response; all of it is empty on other calls."""
    responses = calls.loc[calls["is_response"]].reset_index(drop=True)
    drawn = pd.DataFrame(index=responses.index)
    _draw_police(responses, drawn, program, rng)
    _draw_contact(drawn, rng)
    _draw_actions(responses, drawn, rng)
    _draw_injuries(drawn, rng)
    _draw_person(drawn, rng)
    drawn.index = calls.index[calls["is_response"]]
    for name in drawn.columns:
        column = np.full(len(calls), None, dtype=object)
        column[calls["is_response"].to_numpy()] = drawn[name].to_numpy(dtype=object)
        calls[name] = column
    cancelled = (calls["is_dispatched"] & ~calls["is_response"]).to_numpy()
    calls.loc[cancelled, "contact_result"] = str(ContactResult.CANCELLED)


def number_by_type(
    calls: pd.DataFrame, numbers: dict[CallType, float], otherwise: float
) -> np.ndarray:
    """A number for each call, by its type."""
    return np.array([numbers.get(name, otherwise) for name in calls["call_type"]])


def _draw_police(
    responses: pd.DataFrame, drawn: pd.DataFrame, program: DemoProgram, rng: np.random.Generator
) -> None:
    count = len(responses)
    safety = number_by_type(responses, SAFETY_SHARES, OTHER_SAFETY_SHARE) * program.safety_factor
    if program.surge_month:
        months = responses["received_at"].to_numpy().astype("datetime64[M]")
        safety[months == np.datetime64(program.surge_month, "M")] *= SURGE_FACTOR
    asked_by_officer = (responses["call_origin"] == str(CallOrigin.OFFICER_REQUEST)).to_numpy()
    already = np.where(asked_by_officer, 0.30, 0.021)
    steps = np.cumsum(
        [safety, np.full(count, OTHER_REQUEST_SHARE), already]
        + [np.full(count, share) for share in (0.024, 0.003, 0.012)],
        axis=0,
    )
    place = (rng.random(count) > steps).sum(axis=0)
    requested = PoliceInvolvement.REQUESTED_BY_TEAM
    by_place = (
        requested,
        requested,
        PoliceInvolvement.ALREADY_ON_SCENE,
        PoliceInvolvement.SENT_BY_DISPATCH,
        PoliceInvolvement.PLANNED_CO_RESPONSE,
        PoliceInvolvement.NOT_RECORDED,
        PoliceInvolvement.NONE,
    )
    drawn["police_involvement"] = np.array([str(word) for word in by_place], dtype=object)[place]
    is_emergency = rng.random(count) < EMERGENCY_SHARE_OF_SAFETY
    safety_words = np.where(
        is_emergency,
        str(PoliceRequestReason.SAFETY_EMERGENCY),
        str(PoliceRequestReason.SAFETY_ROUTINE),
    )
    others = choose(rng, OTHER_REQUEST_REASONS, count)
    reasons = np.where(place == 0, safety_words, others).astype(object)
    reasons[place > 1] = None
    drawn["police_request_reason"] = reasons


def _draw_contact(drawn: pd.DataFrame, rng: np.random.Generator) -> None:
    contact = choose(rng, CONTACT_SHARES, len(drawn))
    # Who asks for a hold, for a ride or because of a crime has met someone.
    reason = drawn["police_request_reason"].to_numpy(dtype=object)
    met = np.isin(
        [word or "" for word in reason],
        [str(word) for word, _ in OTHER_REQUEST_REASONS],
    )
    contact[met] = str(ContactResult.CONTACTED)
    drawn["contact_result"] = contact


def _draw_actions(responses: pd.DataFrame, drawn: pd.DataFrame, rng: np.random.Generator) -> None:
    count = len(drawn)
    contacted = (drawn["contact_result"] == str(ContactResult.CONTACTED)).to_numpy()
    police_there = _is_police_there(drawn)
    reason = drawn["police_request_reason"]
    arrest_share = np.where(reason == str(PoliceRequestReason.CRIME), 0.26, 0.014) * police_there
    drawn["has_arrest"] = contacted & (rng.random(count) < arrest_share)
    legal_hold = (reason == str(PoliceRequestReason.LEGAL_HOLD)).to_numpy()
    hold_share = np.where(legal_hold, 0.86, number_by_type(responses, HOLD_SHARES, 0.002))
    drawn["has_involuntary_hold"] = contacted & (rng.random(count) < hold_share)
    drawn["has_force"] = contacted & (rng.random(count) < 0.008 * police_there)
    transport_share = number_by_type(responses, TRANSPORT_SHARES, 0.06)
    transported = contacted & (rng.random(count) < transport_share)
    place = choose(rng, TRANSPORT_PLACES, count)
    held = drawn["has_involuntary_hold"].to_numpy()
    place[held & (rng.random(count) < 0.85)] = "emergency_department"
    drawn["transport_to"] = np.where(transported | held, place, "none")
    offered = contacted & (rng.random(count) < 0.46)
    accepted = offered & (rng.random(count) < 0.61)
    connected = accepted & (rng.random(count) < 0.44)
    drawn["referral"] = np.select(
        [connected, accepted, offered], ["connected", "accepted", "offered"], default="none"
    )


def _is_police_there(drawn: pd.DataFrame) -> np.ndarray:
    absent = (str(PoliceInvolvement.NONE), str(PoliceInvolvement.NOT_RECORDED))
    there: np.ndarray = ~drawn["police_involvement"].isin(absent).to_numpy()
    return there


def _draw_injuries(drawn: pd.DataFrame, rng: np.random.Generator) -> None:
    """Up to two injured people; nobody is ever hurt seriously in a made-up log."""
    count = len(drawn)
    steps = np.cumsum([MEDICAL_SHARE, FIRST_AID_SHARE, NEAR_MISS_SHARE])
    place = (rng.random(count)[:, None] > steps).sum(axis=1)
    severities = (
        str(InjurySeverity.MEDICAL_TREATMENT),
        str(InjurySeverity.FIRST_AID),
        str(InjurySeverity.NEAR_MISS),
        None,
    )
    drawn["injury_severity"] = np.array(severities, dtype=object)[place]
    hurt = place < 3
    drawn["injured_role"] = _only_where(hurt, choose(rng, INJURED_ROLES, count))
    second = (place < 2) & (rng.random(count) < SECOND_INJURED_SHARE)
    drawn["second_injury_severity"] = _only_where(second, str(InjurySeverity.FIRST_AID))
    drawn["second_injured_role"] = _only_where(second, choose(rng, INJURED_ROLES, count))
    drawn["is_injury_recorded"] = hurt | (rng.random(count) < 0.97)
    police_there = _is_police_there(drawn) & (rng.random(count) < OFFICER_INJURED_SHARE)
    drawn.loc[hurt & police_there, "injured_role"] = str(InjuredRole.OFFICER)


def _draw_person(drawn: pd.DataFrame, rng: np.random.Generator) -> None:
    count = len(drawn)
    met = (drawn["contact_result"] == str(ContactResult.CONTACTED)).to_numpy()
    known = met & (rng.random(count) < 0.9)
    age = np.clip(rng.normal(42, 16, count), 11, 94).astype(int).astype(object)
    drawn["age"] = _only_where(known, age)
    drawn["gender"] = _only_where(known, choose(rng, GENDERS, count))
    drawn["race_ethnicity"] = _only_where(known, choose(rng, RACES, count))


def _only_where(test: np.ndarray, values: np.ndarray | str) -> np.ndarray:
    """The values where the test holds, none elsewhere."""
    chosen = np.full(len(test), None, dtype=object)
    chosen[test] = values if isinstance(values, str) else values[test]
    return chosen
