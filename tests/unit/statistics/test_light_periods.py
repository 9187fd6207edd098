"""Light weeks and short days: what is far below its neighbors is told, and what chance or the log's ends explain is not."""

import random
from datetime import date, timedelta

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
