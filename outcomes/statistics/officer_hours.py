"""Officer hours: what diverted calls would have taken of police time, by draws of what is assumed and at its ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.statistics.interval import checked_count, checked_exposure
from outcomes.statistics.triangular import Floats, shared_draws, triangular_quantile

MINUTES_PER_HOUR = 60.0


@dataclass(frozen=True)
class Assumed:
    """A number that was assumed or taken from a source: lowest, usual and highest reasonable value.

    Raises ValueError where the three are not in order, or one is below 0.
    """

    # lowest reasonable value
    low: float
    # usual value
    base: float
    # highest reasonable value
    high: float

    def __post_init__(self) -> None:
        """Refuse three numbers that are not a range."""
        if not (0.0 <= self.low <= self.base <= self.high and math.isfinite(self.high)):
            raise ValueError(
                "Expected an assumption of zero or more with low, base and high in order, found "
                f"[{self.low}, {self.base}, {self.high}]; correct the assumption."
            )


@dataclass(frozen=True)
class Draws:
    """Probabilities that what is assumed is drawn at: the same place of each array is one draw of everything.

    A parameter has one array, whatever the number of call types: where officers take longer on one type than assumed, they do
    on all. Parameters are independent of each other. One probability in each stands for a single place.
    """

    # of the chance that police would have gone
    chance: Floats
    # of the officers normally sent
    officers: Floats
    # of the minutes of each officer
    minutes: Floats
    # of the officer minutes on a response that the log does not time
    spent: Floats
    # of the officers in a police unit
    unit_officers: Floats


def all_draws() -> Draws:
    """The draws that every range is made from; the same every time."""
    return Draws(*shared_draws(5))


@dataclass(frozen=True)
class DivertedCalls:
    """Calls of one type that were handled without police, and what police would have done."""

    # calls handled without police
    count: int
    # officers that are usually sent to such a call
    officers: Assumed
    # minutes that each of them usually spends on it
    minutes: Assumed
    # chance, 0 to 1, that police would have been sent to such a call at all
    chance: Assumed


@dataclass(frozen=True)
class OfficerHours:
    """Hours of police capacity; negative where police spent more on the program than it freed."""

    # hours that the calls would have taken with every assumption at its lowest, less hours spent
    low: float
    # with every assumption at its usual value
    base: float
    # with every assumption at its highest
    high: float


def officer_hours(calls: Sequence[DivertedCalls], police_minutes_spent: float) -> OfficerHours:
    """Hours of officers freed by diverted calls, less the police time still spent.

    For each call type: calls x chance that police would have gone x officers x minutes. The lows of
    all assumptions are multiplied together, and the highs, so the range is wider than an interval
    and has no probability: it holds every outcome that the assumptions allow.
    `police_minutes_spent` are officer minutes on calls that police joined. No calls free no hours.

    Hours are capacity: what officers do with them is not known, and no money is saved by itself.

    Raises ValueError for a negative count, a chance above 1, or minutes spent below 0.

    Source: own; a product of assumptions, each with its own source.
    """
    spent = (
        checked_exposure("police minutes still spent", police_minutes_spent, zero_allowed=True)
        / MINUTES_PER_HOUR
    )
    low = base = high = 0.0
    for kind in calls:
        hours = checked_count("number of diverted calls", kind.count) / MINUTES_PER_HOUR
        _refuse_chance(kind.chance)
        low += hours * kind.chance.low * kind.officers.low * kind.minutes.low
        base += hours * kind.chance.base * kind.officers.base * kind.minutes.base
        high += hours * kind.chance.high * kind.officers.high * kind.minutes.high
    return OfficerHours(low=low - spent, base=base - spent, high=high - spent)


def drawn_hours(calls: DivertedCalls, draws: Draws) -> Floats:
    """Hours of officers freed by calls of one type in each draw, before police time is taken off.

    Raises ValueError for a negative count or a chance above 1.

    Source: own; calls x chance x officers x minutes, each from its triangular distribution.
    """
    hours = checked_count("number of diverted calls", calls.count) / MINUTES_PER_HOUR
    _refuse_chance(calls.chance)
    return (
        hours
        * _drawn(calls.chance, draws.chance)
        * _drawn(calls.officers, draws.officers)
        * _drawn(calls.minutes, draws.minutes)
    )


def drawn_police_minutes(
    unit_minutes: float, officers: Assumed, responses: int, minutes_each: Assumed, draws: Draws
) -> Floats:
    """Officer minutes that police still spent, in each draw; as police_minutes, which gives the ends.

    Raises ValueError for a negative number of responses or of minutes.
    """
    measured = checked_exposure("minutes of police units", unit_minutes, zero_allowed=True)
    count = checked_count("number of responses without a time", responses)
    return measured * _drawn(officers, draws.unit_officers) + count * _drawn(
        minutes_each, draws.spent
    )


def _drawn(assumed: Assumed, probability: Floats) -> Floats:
    return triangular_quantile(assumed.low, assumed.base, assumed.high, probability)


def _refuse_chance(chance: Assumed) -> None:
    if chance.high > 1.0:
        raise ValueError(
            f"Expected a chance of at most 1, found [{chance.high}]; divide a percentage by 100."
        )


def police_minutes(
    unit_minutes: float, officers: Assumed, responses: int, minutes_each: Assumed
) -> Assumed:
    """Officer minutes that police still spent: those a log times, and assumed ones for the rest.

    `unit_minutes` are measured, of police units and not of officers: they are multiplied by the
    officers in a unit. `responses` are those without a measured time, each with `minutes_each`.

    Raises ValueError for a negative number of responses or of minutes.

    Source: own; unit minutes x officers in a unit + responses x minutes assumed for each.
    """
    measured = checked_exposure("minutes of police units", unit_minutes, zero_allowed=True)
    count = checked_count("number of responses without a time", responses)
    return Assumed(
        measured * officers.low + count * minutes_each.low,
        measured * officers.base + count * minutes_each.base,
        measured * officers.high + count * minutes_each.high,
    )


def posts_of_hours(hours: float, months: float, hours_per_post_and_year: float) -> float:
    """Full-time posts that this many hours in this many months amount to; negative for negative.

    `hours_per_post_and_year` are the hours that one officer is on duty in a year, after leave and
    training. Compare it with vacant posts; it is not money saved.

    Raises ValueError for months or hours of a post that are not above 0.

    Source: own; hours / (hours of a post x months / 12).
    """
    months = checked_exposure("number of months", months)
    per_year = checked_exposure("hours of a post in a year", hours_per_post_and_year)
    if not math.isfinite(hours):
        raise ValueError(f"Expected a number of hours, found [{hours}]; work out the hours first.")
    return float(hours) / (per_year * months / 12.0)
