"""Draws the times of a made-up program's dispatches: local wall time, a few slips of the pen."""

import numpy as np
import pandas as pd

from outcomes.demo.program import DemoProgram
from outcomes.demo.responses import number_by_type
from outcomes.vocabulary.log import CallOrigin, CallType, ContactResult

# How long a contact lasts, relative to the usual.
ON_SCENE_FACTORS = {
    CallType.SUICIDE_RISK: 1.35,
    CallType.MENTAL_HEALTH: 1.2,
    CallType.YOUTH: 1.15,
    CallType.PUBLIC_ASSIST: 0.75,
    CallType.WELFARE_CHECK: 0.85,
    CallType.UNWANTED_PERSON: 0.85,
}
# Shares of responses whose times are missing or wrong.
NO_ARRIVAL_SHARE, NO_EN_ROUTE_SHARE, NO_CONTACT_SHARE, NO_CLEAR_SHARE = 0.008, 0.04, 0.10, 0.006
ARRIVAL_TOO_EARLY_SHARE, CLEARED_NEXT_DAY_SHARE = 0.0010, 0.0006
SECOND = "datetime64[s]"


def add_times(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> None:
    """Adds the team's times to the dispatched calls, and moves receipts out of the skipped hour."""
    received = to_utc(calls["received_at"].to_numpy(), program.time_zone)
    count = len(calls)
    is_dispatched = calls["is_dispatched"].to_numpy()
    reached = calls["is_response"].to_numpy()
    met = (calls["contact_result"] == str(ContactResult.CONTACTED)).to_numpy()
    pace = program.pace_factor
    dispatched = received + minutes(rng, 8 * pace, 0.6, count)
    en_route = dispatched + minutes(rng, 1.6, 0.5, count)
    arrived = en_route + minutes(rng, 10.5 * pace, 0.42, count)
    # A team that comes across someone is there when the call is opened.
    on_the_spot = (calls["call_origin"] == str(CallOrigin.RESPONDER_INITIATED)).to_numpy()
    dispatched = np.where(on_the_spot, received, dispatched)
    arrived = np.where(on_the_spot, received, arrived)
    contact = arrived + minutes(rng, 2.5, 0.6, count)
    factor = number_by_type(calls, ON_SCENE_FACTORS, 1.0)
    on_scene = np.where(met, minutes(rng, 30, 0.45, count, factor), minutes(rng, 12, 0.45, count))
    on_scene = np.where(rng.random(count) < 0.015, on_scene * 4, on_scene)
    cleared = arrived + on_scene
    slip = rng.random(count)
    too_early = slip < ARRIVAL_TOO_EARLY_SHARE
    next_day = slip > 1 - CLEARED_NEXT_DAY_SHARE
    arrived = np.where(too_early, dispatched - minutes(rng, 6, 0.5, count), arrived)
    cleared = np.where(next_day, cleared + np.timedelta64(26, "h"), cleared)
    turned_back = dispatched + minutes(rng, 8, 0.5, count)
    cleared = np.where(is_dispatched & ~reached, turned_back, cleared)
    missing = rng.random((4, count)) < np.array(
        [[NO_ARRIVAL_SHARE], [NO_EN_ROUTE_SHARE], [NO_CONTACT_SHARE], [NO_CLEAR_SHARE]]
    )
    calls["received_at"] = to_local(received, program.time_zone)
    given = {
        "dispatched_at": (dispatched, is_dispatched),
        "en_route_at": (en_route, is_dispatched & ~on_the_spot & ~missing[1]),
        # Where the arrival was not typed in, the contact still shows that the team was there.
        "arrived_at": (arrived, reached & ~(met & missing[0])),
        "contact_at": (contact, met & ~missing[2]),
        "cleared_at": (cleared, is_dispatched & ~missing[3]),
    }
    for name, (times, is_given) in given.items():
        local = to_local(times, program.time_zone)
        calls[name] = np.where(is_given, local, np.datetime64("NaT"))


def minutes(
    rng: np.random.Generator,
    median: float,
    spread: float,
    count: int,
    factor: np.ndarray | float = 1.0,
) -> np.ndarray:
    """Log-normal stretches around a median number of minutes, as whole seconds."""
    drawn = np.exp(rng.normal(0, spread, count)) * median * factor
    seconds: np.ndarray = np.maximum(1, (drawn * 60))
    return seconds.astype("timedelta64[s]")


def to_utc(local: np.ndarray, time_zone: str) -> np.ndarray:
    """Local wall times as UTC; times in the hour that spring skips are moved behind it."""
    clock = pd.DatetimeIndex(local)
    first_of_two = np.ones(len(clock), dtype=bool)
    placed = clock.tz_localize(time_zone, nonexistent="shift_forward", ambiguous=first_of_two)
    times: np.ndarray = placed.tz_convert("UTC").tz_localize(None).to_numpy()
    return times.astype(SECOND)


def to_local(utc: np.ndarray, time_zone: str) -> np.ndarray:
    """UTC times as local wall times."""
    placed = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(time_zone)
    times: np.ndarray = placed.tz_localize(None).to_numpy()
    return times.astype(SECOND)
