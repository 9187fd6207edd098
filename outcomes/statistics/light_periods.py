"""Weeks and days that hold far fewer records than those around them: where rows may be missing from a log."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from statistics import median

from scipy.special import betainc, pdtr

# A week or day is compared with so many on either side of it, days against the same day of those weeks.
NEIGHBORS = 4
LEAST_NEIGHBORS = 4
# Fewer than this share of what is usual around it, of at least this many records, and this unlikely by chance.
SHARE = 0.5
LEAST_USUAL = 10
CHANCE = 0.0001
# The median of the square of a standard normal number, and a spread that makes no difference.
MEDIAN_OF_SQUARE = 0.4549
NO_SPREAD = 1e-6


@dataclass(frozen=True)
class LightPeriod:
    """A week or a day with far fewer records than usual."""

    # its first day
    first_day: date
    # its records, and the median of the weeks or days around it
    record_count: int
    usual_count: float


def light_weeks(days: dict[date, int]) -> tuple[LightPeriod, ...]:
    """The light weeks, Monday to Sunday, of a log given its records by day; weeks cut by its ends are none.

    A week without any record is a gap and not light. Chance is what the log's own weeks differ by, from those around them.
    """
    if not days:
        return ()
    monday = min(days) + timedelta(days=-min(days).weekday() % 7)
    weeks = []
    while monday + timedelta(days=6) <= max(days):
        count = sum(days.get(monday + timedelta(days=place), 0) for place in range(7))
        weeks.append((monday, count))
        monday += timedelta(days=7)
    return _light([weeks])


def short_days(days: dict[date, int]) -> tuple[LightPeriod, ...]:
    """The short days outside the light weeks, each held against the same weekday of the weeks around it."""
    if not days:
        return ()
    told = {week.first_day for week in light_weeks(days)}
    length = (max(days) - min(days)).days + 1
    every = [min(days) + timedelta(days=place) for place in range(length)]
    by_weekday = [
        [(day, days.get(day, 0)) for day in every if day.weekday() == weekday]
        for weekday in range(7)
    ]
    found = [
        one
        for one in _light(by_weekday)
        if one.first_day - timedelta(days=one.first_day.weekday()) not in told
    ]
    return tuple(sorted(found, key=lambda one: one.first_day))


def _light(sequences: list[list[tuple[date, int]]]) -> tuple[LightPeriod, ...]:
    held = [
        LightPeriod(day, counts[place][1], usual)
        for counts in sequences
        for place, (day, _) in enumerate(counts)
        if (usual := _usual(counts, place)) is not None and usual >= LEAST_USUAL
    ]
    spread = _spread_beyond_chance(held)
    return tuple(
        one
        for one in held
        if 0 < one.record_count < SHARE * one.usual_count
        and _chance_of_at_most(one.record_count, one.usual_count, spread) < CHANCE
    )


def _usual(counts: list[tuple[date, int]], place: int) -> float | None:
    """The median of the counts around one; None at the ends of short logs."""
    around = [
        *counts[max(0, place - NEIGHBORS) : place],
        *counts[place + 1 : place + 1 + NEIGHBORS],
    ]
    return float(median(number for _, number in around)) if len(around) >= LEAST_NEIGHBORS else None


def _spread_beyond_chance(held: list[LightPeriod]) -> float:
    """Variance of the rates, in parts of their mean, beyond that of Poisson counts; 0 where there is none.

    From the median of the squared logarithms, which what is missing from the log moves little.
    """
    if not held:
        return 0.0
    squares = [log((one.record_count + 0.5) / (one.usual_count + 0.5)) ** 2 for one in held]
    by_chance = sum(1 / one.usual_count for one in held) / len(held)
    return max(0.0, median(squares) / MEDIAN_OF_SQUARE - by_chance)


def _chance_of_at_most(count: int, mean: float, spread: float) -> float:
    """Probability that a count with this mean is at most so many: Poisson, or negative binomial where rates spread."""
    if spread < NO_SPREAD:
        return float(pdtr(count, mean))
    size = 1 / spread
    return float(betainc(size, count + 1, size / (size + mean)))
