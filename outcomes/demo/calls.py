"""Draws a made-up program's calls: when and where they come in, and which the team reaches."""

import zlib
from datetime import date

import numpy as np
import pandas as pd

from outcomes.demo.clock import add_times
from outcomes.demo.codes import CODES
from outcomes.demo.people import add_people
from outcomes.demo.program import DEMO_THROUGH, DemoProgram
from outcomes.demo.responses import add_outcomes, choose
from outcomes.vocabulary.log import CallOrigin, CallType, LogHolds, NotReachedReason

# Calls by hour of the day: those of a working day, and those of an evening.
DAY_HOURS = (2, 1.6, 1.4, 1.3, 1.3, 1.6, 2.4, 3.6, 4.8, 5.6, 6, 6.2, 6.2, 6.2, 6.3, 6.4, 6.2, 5.9,
             5.4, 4.9, 4.4, 3.8, 3.1, 2.5)  # fmt: skip
EVENING_HOURS = (4.6, 3.9, 3.2, 2.2, 1.6, 1.4, 1.6, 2, 2.5, 3, 3.4, 3.8, 4.1, 4.3, 4.6, 4.9, 5.2,
                 5.5, 5.8, 6, 6.1, 6, 5.7, 5.3)  # fmt: skip
EVENING_TYPES = (
    CallType.INTOXICATION,
    CallType.DISPUTE,
    CallType.DISRUPTIVE_BEHAVIOR,
    CallType.SUICIDE_RISK,
    CallType.VIOLENCE,
)
# Calls by day of the week, Monday first.
WEEKDAY_WEIGHTS = (1.0, 0.98, 0.99, 1.0, 1.07, 1.05, 0.94)
# Exits of eligible calls that came within hours, area and call types, with their shares.
OTHER_EXITS = (
    (NotReachedReason.NOT_TRIAGED, 0.055),
    (NotReachedReason.DECLINED_BY_DISPATCH, 0.035),
    (NotReachedReason.CANCELLED_BEFORE_DISPATCH, 0.05),
    (NotReachedReason.CANCELLED_BEFORE_ARRIVAL, 0.045),
    (NotReachedReason.NOT_RECORDED, 0.02),
)
# How much likelier it is at each hour that every unit is out.
BUSY_HOURS = np.array([0.7] * 8 + [0.9] * 4 + [1.1] * 4 + [1.3] * 6 + [0.9] * 2)
# Share of calls outside the eligibility list on which the team goes along anyway.
INELIGIBLE_DISPATCH_SHARE = 0.006
RECODED_SHARE = 0.05


def draw_calls(program: DemoProgram, seed: int) -> pd.DataFrame:
    """Every call of the program's log in the contract's words, in order of receipt.

    Times are local wall times; `is_response` says whether the team arrived, whatever was typed in.
    """
    rng = np.random.default_rng([seed, zlib.crc32(program.agency_id.encode())])
    received_day = _draw_days(program, rng)
    calls = pd.DataFrame({"received_at": received_day.astype("datetime64[s]")})
    _add_code_and_area(calls, program, rng)
    calls = _held_by_the_log(calls, program, received_day)
    received_day = calls["received_at"].to_numpy().astype("datetime64[D]")
    _add_hour(calls, received_day, rng)
    calls = calls.sort_values("received_at", kind="stable", ignore_index=True)
    _add_exit(calls, program, rng)
    if program.holds is LogHolds.PROGRAM_WORK:
        calls = calls.loc[calls["is_dispatched"]].reset_index(drop=True)
    add_outcomes(calls, program, rng)
    add_times(calls, program, rng)
    add_people(calls, program, seed)
    return calls


def since_day(changes: list[tuple[date, float]], days: np.ndarray) -> np.ndarray:
    """The value that holds on each day, of values that each hold from a date on."""
    starts = np.array([since for since, _ in changes], dtype="datetime64[D]")
    place = np.searchsorted(starts, days, side="right") - 1
    return np.array([value for _, value in changes])[np.maximum(place, 0)]


def _draw_days(program: DemoProgram, rng: np.random.Generator) -> np.ndarray:
    """One day per call: growth by year, more in summer, less in spring 2020, none in gaps."""
    days = np.arange(np.datetime64(program.first_day), np.datetime64(DEMO_THROUGH) + 1)
    years = (days - days[0]).astype(float) / 365.25
    day_of_year = (days - days.astype("datetime64[Y]")).astype(float)
    weekday = (days.astype(int) + 3) % 7
    mean = program.calls_per_day * (1 + program.yearly_growth) ** years
    mean *= 1 + 0.09 * np.cos(2 * np.pi * (day_of_year - 205) / 365.25)
    mean *= np.array(WEEKDAY_WEIGHTS)[weekday]
    mean[(days >= np.datetime64("2020-03-16")) & (days < np.datetime64("2020-07-01"))] *= 0.86
    months = days.astype("datetime64[M]")
    mean[np.isin(months, np.array(program.gap_months, dtype="datetime64[M]"))] = 0
    return np.repeat(days, rng.poisson(mean))


def _add_code_and_area(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> None:
    codes = CODES[program.agency_id]
    weights = np.array([code.weight for code in codes])
    drawn = rng.choice(len(codes), size=len(calls), p=weights / weights.sum())
    eligible = np.array([code.is_eligible for code in codes])
    names = np.array([code.code for code in codes], dtype=object)
    types = np.array([str(code.call_type) for code in codes], dtype=object)
    calls["code"] = names[drawn]
    calls["call_type"] = types[drawn]
    calls["is_eligible"] = eligible[drawn]
    # A few calls turn out to be of another kind, on the same side of the eligibility list.
    other = rng.choice(len(codes), size=len(calls), p=weights / weights.sum())
    recoded = (rng.random(len(calls)) < RECODED_SHARE) & (eligible[other] == eligible[drawn])
    calls["final_code"] = names[np.where(recoded, other, drawn)]
    calls["area"] = choose(rng, tuple((a.name, a.weight) for a in program.areas), len(calls))


def _held_by_the_log(
    calls: pd.DataFrame, program: DemoProgram, received_day: np.ndarray
) -> pd.DataFrame:
    """The calls, marked before their type or area joined; a log of eligible calls lacks those."""
    calls["is_type_served"] = True
    for call_type, since in program.types_added:
        early = (calls["call_type"] == str(call_type)) & (received_day < np.datetime64(since))
        calls.loc[early, "is_type_served"] = False
    calls["is_area_served"] = True
    for area in program.areas:
        if area.since:
            early = (calls["area"] == area.name) & (received_day < np.datetime64(area.since))
            calls.loc[early, "is_area_served"] = False
    if program.holds is LogHolds.ALL_CALLS:
        return calls
    is_served = calls["is_type_served"] & calls["is_area_served"]
    return calls.loc[is_served].reset_index(drop=True)


def _add_hour(calls: pd.DataFrame, received_day: np.ndarray, rng: np.random.Generator) -> None:
    """Time of day by call type; weekend nights are busier than others."""
    weekday = (received_day.astype(int) + 3) % 7
    evening = calls["call_type"].isin([str(kind) for kind in EVENING_TYPES]).to_numpy()
    curves = np.array([DAY_HOURS, EVENING_HOURS])[:, None, :].repeat(7, axis=1)
    curves[:, 5:, :4] *= 1.5
    curves[:, 4:6, 21:] *= 1.3
    steps = np.cumsum(curves / curves.sum(axis=2, keepdims=True), axis=2)
    chance = rng.random(len(calls))
    hour = (chance[:, None] > steps[evening.astype(int), weekday]).sum(axis=1).clip(0, 23)
    seconds = hour * 3600 + rng.integers(0, 3600, size=len(calls))
    calls["received_at"] = calls["received_at"].to_numpy() + seconds.astype("timedelta64[s]")


def _within_hours(program: DemoProgram, received_at: np.ndarray) -> np.ndarray:
    days = received_at.astype("datetime64[D]")
    weekday = (days.astype(int) + 3) % 7
    hour = (received_at - days).astype("timedelta64[h]").astype(int)
    within = np.zeros(len(days), dtype=bool)
    for hours in program.hours:
        open_now = (hour >= hours.first_hour) & (hour < hours.last_hour)
        open_now &= np.isin(weekday, hours.weekdays)
        within = np.where(days >= np.datetime64(hours.since), open_now, within)
    return within


def _add_exit(calls: pd.DataFrame, program: DemoProgram, rng: np.random.Generator) -> None:
    """Origin, and for each eligible call whether it was reached or by which exit it left."""
    received_at = calls["received_at"].to_numpy()
    days = received_at.astype("datetime64[D]")
    hour = (received_at - days).astype("timedelta64[h]").astype(int)
    within = _within_hours(program, received_at)
    busy = since_day([(s.since, s.no_unit_share) for s in program.staffing], days)
    no_unit = rng.random(len(calls)) < busy * BUSY_HOURS[hour]
    usual = 1 - sum(share for _, share in OTHER_EXITS)
    eligible = calls["is_eligible"].to_numpy()
    exits = choose(rng, (("", usual), *OTHER_EXITS), len(calls))
    # The later line wins: what is outside area or hours never gets as far as asking for a unit.
    exits[no_unit] = str(NotReachedReason.NO_UNIT_AVAILABLE)
    exits[~calls["is_type_served"].to_numpy()] = str(NotReachedReason.NOT_TRIAGED)
    exits[~within] = str(NotReachedReason.OUTSIDE_HOURS)
    exits[~calls["is_area_served"].to_numpy()] = str(NotReachedReason.OUTSIDE_AREA)
    exits[~eligible] = None
    went_along = ~eligible & within & (rng.random(len(calls)) < INELIGIBLE_DISPATCH_SHARE)
    reached = (eligible & pd.isna(exits)) | went_along
    cancelled = exits == str(NotReachedReason.CANCELLED_BEFORE_ARRIVAL)
    # A team is only asked or flagged down where it is at work.
    origin = choose(rng, program.origins, len(calls))
    from_responders = np.isin(
        origin, [str(CallOrigin.OFFICER_REQUEST), str(CallOrigin.RESPONDER_INITIATED)]
    )
    origin[from_responders & ~(eligible & reached)] = str(CallOrigin.CALL_911)
    calls["call_origin"] = origin
    calls["not_reached_reason"] = exits
    calls["is_dispatched"] = reached | cancelled
    calls["is_response"] = reached
