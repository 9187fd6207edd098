"""Light weeks and short days: what is far below its neighbors is told, and what chance or the log's ends explain is not."""

import random
from datetime import date, timedelta
from math import cos, pi, sqrt

from outcomes.statistics.light_periods import LightPeriod, light_weeks, short_days

MONDAY = date(2025, 1, 6)


def records(weeks: int, a_day: int) -> dict[date, int]:
    return {MONDAY + timedelta(days=place): a_day for place in range(7 * weeks)}


def test_a_week_of_which_most_rows_are_missing_is_told():
    days = records(20, 10)
    for place in range(70, 77):
        days[MONDAY + timedelta(days=place)] = 3
    assert light_weeks(days) == (LightPeriod(date(2025, 3, 17), 21, 70.0),)
    # Its days are told with it.
    assert short_days(days) == ()


def test_a_day_that_ends_early_is_told_against_its_weekday():
    days = records(20, 40)
    days[date(2025, 3, 19)] = 9
    assert short_days(days) == (LightPeriod(date(2025, 3, 19), 9, 40.0),)
    assert light_weeks(days) == ()


def test_weeks_cut_by_the_ends_and_empty_ones_are_not_light():
    days = records(20, 10)
    days[MONDAY - timedelta(days=1)] = 1
    for place in range(70, 77):
        del days[MONDAY + timedelta(days=place)]
    assert light_weeks(days) == ()
    assert light_weeks({}) == short_days({}) == ()


def test_chance_alone_tells_next_to_nothing():
    chance = random.Random(7)
    told = 0
    for _ in range(20):
        days = {day: sum(chance.random() < 0.02 for _ in range(600)) for day in records(52, 0)}
        told += len(light_weeks(days)) + len(short_days(days))
    assert told <= 2


def uneven(chance: random.Random, a_day: float) -> dict[date, int]:
    """Two years that grow, with a season, weekends, and weeks and days that differ by more than chance."""
    days = {}
    week = 1.0
    for place in range(731):
        if place % 7 == 0:
            week = chance.gammavariate(25, 1 / 25)
        mean = a_day * 3 ** (place / 731) * (1 + 0.35 * cos(2 * pi * place / 365)) * week
        mean *= (1.1, 1.1, 1.05, 1.05, 1.1, 0.85, 0.75)[place % 7] * chance.gammavariate(7, 1 / 7)
        spread = sqrt(mean)
        days[MONDAY + timedelta(days=place)] = max(0, round(chance.gauss(mean, spread)))
    return days


def test_logs_that_differ_by_more_than_chance_tell_as_little():
    # Held against Poisson counts alone, six in ten of such logs told a light week and all of them short days.
    chance = random.Random(7)
    logs = [uneven(chance, a_day) for a_day in (8, 30) for _ in range(10)]
    assert sum(bool(light_weeks(days)) for days in logs) <= 1
    assert sum(bool(short_days(days)) for days in logs) <= 1


def test_in_such_a_log_a_week_that_is_nearly_gone_is_told():
    chance = random.Random(9)
    week = {MONDAY + timedelta(days=350 + place) for place in range(7)}
    told = 0
    for _ in range(10):
        days = {
            day: count // 12 if day in week else count for day, count in uneven(chance, 30).items()
        }
        told += min(week) in {one.first_day for one in light_weeks(days)}
    assert told >= 8
