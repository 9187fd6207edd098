"""Draws who came back to a made-up program, and how its dispatchers wrote down the ending.

From a stream of its own: what the other draws give does not change with it.
"""

import zlib

import numpy as np
import pandas as pd

from outcomes.demo.program import DemoProgram
from outcomes.vocabulary.log import ContactResult, Disposition

# Share of contacts on which nobody asked who it was.
UNKNOWN_PERSON_SHARE = 0.07
# Chance that somebody of the same traits who was met before is the one who is met now; less as time goes by.
SAME_PERSON_CHANCE = 0.55
DAYS_TO_BE_FORGOTTEN = 45.0
# Shares of contacts without any other ending that end with someone else.
TO_AMBULANCE_SHARE, TO_POLICE_SHARE, OTHER_ENDING_SHARE = 0.015, 0.12, 0.02
ENDING_BLANK_SHARE = 0.012
BY_PLACE = {
    "emergency_department": Disposition.TRANSPORTED_EMERGENCY_DEPARTMENT,
    "crisis_center": Disposition.TRANSPORTED_CRISIS_CENTER,
    "shelter": Disposition.TRANSPORTED_SHELTER,
    "home": Disposition.TRANSPORTED_OTHER,
    "other": Disposition.TRANSPORTED_OTHER,
}
BY_RESULT = {
    ContactResult.UNABLE_TO_LOCATE: Disposition.UNABLE_TO_LOCATE,
    ContactResult.REFUSED: Disposition.REFUSED,
    ContactResult.CANCELLED: Disposition.CANCELLED,
    ContactResult.DISENGAGED_FOR_SAFETY: Disposition.LEFT_FOR_SAFETY,
}


def add_people(calls: pd.DataFrame, program: DemoProgram, seed: int) -> None:
    """Adds to the calls a number of the person met, and a word for the ending; empty where there is none."""
    rng = np.random.default_rng([seed, zlib.crc32(program.agency_id.encode()), 2])
    calls["person"] = _persons(calls, rng)
    calls["ending"] = _endings(calls, rng)


def _persons(calls: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Numbers of persons in order of their first contact: who comes back has the traits of before."""
    is_met = (calls["contact_result"] == str(ContactResult.CONTACTED)).to_numpy()
    is_known = is_met & (rng.random(len(calls)) >= UNKNOWN_PERSON_SHARE)
    chance = rng.random(len(calls))
    days = (calls["received_at"] - calls["received_at"].iloc[0]).dt.total_seconds() / 86_400
    traits = list(zip(calls["gender"], calls["race_ethnicity"], calls["age"], strict=True))
    persons = np.full(len(calls), None, dtype=object)
    last_met: dict[tuple[object, ...], tuple[int, float]] = {}
    number = 0
    for place in np.flatnonzero(is_known):
        before = last_met.get(traits[place])
        day = float(days.iloc[place])
        recent = 0.0 if before is None else np.exp((before[1] - day) / DAYS_TO_BE_FORGOTTEN)
        if before is not None and chance[place] < SAME_PERSON_CHANCE * recent:
            persons[place] = before[0]
        else:
            number += 1
            persons[place] = number
        last_met[traits[place]] = (persons[place], day)
    return persons


def _endings(calls: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """The primary disposition of each response as dispatch wrote it: what was done, else whom the team met."""
    endings = np.full(len(calls), None, dtype=object)
    chance, blank = rng.random((2, len(calls)))
    police = calls["police_involvement"].isin(["already_on_scene", "requested_by_team"])
    to_police = np.where(police, TO_POLICE_SHARE, 0.0)
    columns = ("contact_result", "has_arrest", "has_involuntary_hold", "transport_to", "referral")
    responses = np.flatnonzero(calls["is_response"].to_numpy())
    for place, result, arrest, hold, taken, referral in zip(
        responses, *(calls[name].to_numpy()[responses] for name in columns), strict=True
    ):
        if blank[place] < ENDING_BLANK_SHARE:
            continue
        if arrest:
            ending = Disposition.ARRESTED
        elif hold:
            ending = Disposition.INVOLUNTARY_HOLD
        elif taken in BY_PLACE:
            ending = BY_PLACE[taken]
        elif result in BY_RESULT:
            ending = BY_RESULT[result]
        elif result != ContactResult.CONTACTED:
            continue
        elif chance[place] < to_police[place]:
            ending = Disposition.HANDED_TO_POLICE
        elif chance[place] > 1 - TO_AMBULANCE_SHARE:
            ending = Disposition.HANDED_TO_AMBULANCE
        elif referral in ("accepted", "connected"):
            ending = Disposition.REFERRED
        elif chance[place] > 1 - TO_AMBULANCE_SHARE - OTHER_ENDING_SHARE:
            ending = Disposition.OTHER
        else:
            ending = Disposition.RESOLVED_ON_SCENE
        endings[place] = str(ending)
    return endings
