"""Makes unit rows out of a made-up program's calls: who was sent besides the team, and when."""

import numpy as np
import pandas as pd

from outcomes.demo.clock import SECOND, minutes
from outcomes.demo.responses import number_by_type
from outcomes.vocabulary.log import CallType, NotReachedReason, PoliceInvolvement

# Chance that police are sent to a call that the team did not take, by call type.
POLICE_SHARES = {
    CallType.VIOLENCE: 0.99,
    CallType.TRAFFIC: 0.82,
    CallType.PROPERTY_CRIME: 0.84,
    CallType.MEDICAL: 0.10,
    CallType.FIRE: 0.12,
    CallType.OTHER: 0.62,
}
POLICE_SHARE_OF_ELIGIBLE = 0.83
SECOND_POLICE_SHARE = 0.34
SECOND_TEAM_SHARE = 0.03
# Police rows from one without a clear time to the next.
FORGOTTEN_EVERY = 9
COMMUNITY_UNITS = ("CR21", "CR22", "CR23", "CR24")
POLICE_UNITS = tuple(f"{beat}P{number}" for beat in range(1, 5) for number in range(11, 20))
AMBULANCES = ("M12", "M14", "M17", "M19")
ENGINES = ("E04", "E07", "E11", "L02")
UNIT_TIMES = ["dispatched_at", "en_route_at", "arrived_at", "cleared_at"]
# Units that no pattern of the profile knows.
PUBLIC_WORKS = ("PW3", "PW5")


def draw_unit_rows(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row per unit sent, in order of calls, and one without a unit for calls nobody went to.

    `call` is the position of the call; times that are not the team's are drawn around it.
    """
    parts = [
        _team_rows(calls, rng),
        _police_instead_rows(calls, rng),
        _police_beside_team_rows(calls, rng),
        _other_service_rows(calls, rng),
    ]
    units = pd.concat(parts, ignore_index=True)
    _forget_police_clear_times(units)
    nobody = np.setdiff1d(np.arange(len(calls)), units["call"].to_numpy())
    units = pd.concat([units, pd.DataFrame({"call": nobody})], ignore_index=True)
    return units.sort_values(["call", "dispatched_at"], kind="stable", ignore_index=True)


def _forget_police_clear_times(units: pd.DataFrame) -> None:
    """Take the clear time from every ninth police row: officers do not always say that they are free."""
    police = np.flatnonzero(units["unit"].isin(POLICE_UNITS).to_numpy())
    units.loc[police[::FORGOTTEN_EVERY], "cleared_at"] = np.datetime64("NaT")


def _team_rows(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    sent = np.flatnonzero(calls["is_dispatched"].to_numpy())
    first = calls.loc[sent, UNIT_TIMES].reset_index(drop=True)
    number = rng.integers(0, len(COMMUNITY_UNITS), len(sent))
    first.insert(0, "call", sent)
    first.insert(1, "unit", np.array(COMMUNITY_UNITS, dtype=object)[number])
    second = first.loc[rng.random(len(first)) < SECOND_TEAM_SHARE].copy()
    others = {unit: COMMUNITY_UNITS[place - 1] for place, unit in enumerate(COMMUNITY_UNITS)}
    second["unit"] = second["unit"].map(others)
    for name in UNIT_TIMES:
        second[name] = second[name] + minutes(rng, 3, 0.5, len(second))
    return pd.concat([first, second], ignore_index=True)


def _police_instead_rows(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    share = number_by_type(calls, POLICE_SHARES, POLICE_SHARE_OF_ELIGIBLE)
    share[calls["is_dispatched"].to_numpy()] = 0
    cancelled = calls["not_reached_reason"] == str(NotReachedReason.CANCELLED_BEFORE_DISPATCH)
    share[cancelled.to_numpy()] = 0.05
    sent = np.flatnonzero(rng.random(len(calls)) < share)
    second = sent[rng.random(len(sent)) < SECOND_POLICE_SHARE]
    return _rows(calls, np.concatenate([sent, second]), POLICE_UNITS, rng, wait=9, stay=28)


def _police_beside_team_rows(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    involvement = calls["police_involvement"]
    team_arrival = calls["arrived_at"].fillna(calls["contact_at"])
    parts = []
    for word, arrives_after in (
        (PoliceInvolvement.ALREADY_ON_SCENE, -9),
        (PoliceInvolvement.PLANNED_CO_RESPONSE, 1),
        (PoliceInvolvement.SENT_BY_DISPATCH, 5),
        (PoliceInvolvement.REQUESTED_BY_TEAM, 16),
        # Police came later and nobody wrote down why.
        (PoliceInvolvement.NOT_RECORDED, 12),
    ):
        sent = np.flatnonzero((involvement == str(word)).to_numpy())
        rows = _rows(calls, sent, POLICE_UNITS, rng, wait=8, stay=24)
        arrived = team_arrival.to_numpy()[sent].astype(SECOND)
        arrived = arrived + np.timedelta64(arrives_after, "m")
        shift = arrived - rows["arrived_at"].to_numpy()
        for name in UNIT_TIMES:
            rows[name] = rows[name].to_numpy() + shift
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)


def _other_service_rows(calls: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    call_type = calls["call_type"]
    medical = (call_type == str(CallType.MEDICAL)).to_numpy()
    fire = (call_type == str(CallType.FIRE)).to_numpy()
    traffic = (call_type == str(CallType.TRAFFIC)).to_numpy()
    to_hospital = (calls["transport_to"] == "emergency_department").to_numpy()
    chance = rng.random(len(calls))
    ambulance = np.flatnonzero((medical & (chance < 0.98)) | (to_hospital & (chance < 0.45)))
    engine = np.flatnonzero(fire | (medical & (chance < 0.45)))
    works = np.flatnonzero(traffic & (chance < 0.02))
    return pd.concat(
        [
            _rows(calls, ambulance, AMBULANCES, rng, wait=2, stay=40),
            _rows(calls, engine, ENGINES, rng, wait=2, stay=22),
            _rows(calls, works, PUBLIC_WORKS, rng, wait=25, stay=35),
        ],
        ignore_index=True,
    )


def _rows(
    calls: pd.DataFrame,
    sent: np.ndarray,
    units: tuple[str, ...],
    rng: np.random.Generator,
    wait: float,
    stay: float,
) -> pd.DataFrame:
    """One row per unit sent to the given calls, dispatched after a wait and gone after a stay."""
    count = len(sent)
    received = calls["received_at"].to_numpy()[sent].astype(SECOND)
    dispatched = received + minutes(rng, wait, 0.6, count)
    en_route = dispatched + minutes(rng, 1.2, 0.5, count)
    arrived = en_route + minutes(rng, 6.5, 0.45, count)
    return pd.DataFrame(
        {
            "call": sent,
            "unit": np.array(units, dtype=object)[rng.integers(0, len(units), count)],
            "dispatched_at": dispatched,
            "en_route_at": en_route,
            "arrived_at": arrived,
            "cleared_at": arrived + minutes(rng, stay, 0.6, count),
        }
    )
