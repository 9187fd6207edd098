"""Weeks and days that hold far fewer records than those around them: where rows may be missing from a log."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log
from statistics import median

# A week or day is held against so many on either side of it, days against the same day of those weeks.
NEIGHBORS = 4
LEAST_NEIGHBORS = 4
# Fewer than this share of what is usual around it, of at least this many records, and this unlikely by chance.
SHARE = 0.5
LEAST_USUAL = 10
CHANCE = 0.0001


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

    A week without any record is a gap and not light.
    """
    if not days:
        return ()
    monday = min(days) + timedelta(days=-min(days).weekday() % 7)
    weeks = []
    while monday + timedelta(days=6) <= max(days):
        count = sum(days.get(monday + timedelta(days=place), 0) for place in range(7))
        weeks.append((monday, count))
        monday += timedelta(days=7)
    return _light(weeks)


def short_days(days: dict[date, int]) -> tuple[LightPeriod, ...]:
    """The short days outside the light weeks, each held against the same weekday of the weeks around it."""
    if not days:
        return ()
    told = {week.first_day for week in light_weeks(days)}
    length = (max(days) - min(days)).days + 1
    every = [min(days) + timedelta(days=place) for place in range(length)]
    found: list[LightPeriod] = []
    for weekday in range(7):
        same = [(day, days.get(day, 0)) for day in every if day.weekday() == weekday]
        found += [
            one
            for one in _light(same)
            if one.first_day - timedelta(days=one.first_day.weekday()) not in told
        ]
    return tuple(sorted(found, key=lambda one: one.first_day))


def _light(counts: list[tuple[date, int]]) -> tuple[LightPeriod, ...]:
    found = []
    for place, (day, count) in enumerate(counts):
        around = [
            *counts[max(0, place - NEIGHBORS) : place],
            *counts[place + 1 : place + 1 + NEIGHBORS],
        ]
        if len(around) < LEAST_NEIGHBORS or not count:
            continue
        usual = float(median(number for _, number in around))
        is_light = usual >= LEAST_USUAL and count < SHARE * usual
        if is_light and _chance_of_at_most(count, usual) < CHANCE:
            found.append(LightPeriod(day, count, usual))
    return tuple(found)


def _chance_of_at_most(count: int, mean: float) -> float:
    """Probability that a Poisson count with this mean is at most so many."""
    return sum(exp(number * log(mean) - mean - lgamma(number + 1)) for number in range(count + 1))
