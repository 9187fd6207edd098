"""Changes of a number of events a day: by hand, against scipy, and how often they are claimed by mistake."""

import math

import numpy as np
import pytest
from scipy import stats

from outcomes.statistics.comparison import Change, verdict
from outcomes.statistics.many_changes import claims_that_stand
from outcomes.statistics.volume_change import MonthCount, difference_of_volumes


def months(*counts: float, days: float = 30) -> list[MonthCount]:
    return [MonthCount(count, days) for count in counts]


def test_months_that_vary_as_chance_lets_them_have_the_exact_limits_with_quantiles_of_t():
    # 3 months against 3, all of 30 days: 4 to spare, dispersion at its least, 1
    found = difference_of_volumes(months(100, 100, 100), months(80, 80, 80))
    cut = (stats.t.ppf(0.975, 4) / stats.norm.ppf(0.975)) ** 2
    share = stats.beta.ppf(0.025, 300 / cut, 240 / cut + 1)
    assert found.size == pytest.approx(20 / 30)
    assert found.low == pytest.approx(80 / 30 * (share / (1 - share) - 1))


def test_the_dispersion_is_pearsons_over_the_months_to_spare():
    # residuals of 20 and 10 on means of 100: (400 + 400 + 100 + 100) / 100 over 2 + 2 to spare
    found = difference_of_volumes(months(80, 100, 120), months(90, 100, 110))
    dispersion = (400 + 400 + 100 + 100) / 100 / 4
    cut = dispersion * (stats.t.ppf(0.975, 4) / stats.norm.ppf(0.975)) ** 2
    share = stats.beta.ppf(0.025, 300 / cut, 300 / cut + 1)
    assert found.low == pytest.approx(100 / 30 * (share / (1 - share) - 1))


def test_a_season_that_returns_takes_no_part():
    season = [1 + 0.3 * math.sin(math.pi * month / 6) for month in range(12)]
    now, earlier = ([round(size * part) for part in season] for size in (1_100, 1_000))
    held = difference_of_volumes(months(*now), months(*earlier), is_same_season=True)
    assert verdict(held, 0.0) is Change.HIGHER
    assert verdict(difference_of_volumes(months(*now), months(*earlier)), 0.0) is Change.TOO_FEW


def test_counts_are_per_day():
    # as many a day in February as in January is no change
    january, february = MonthCount(31 * 40, 31), MonthCount(28 * 40, 28)
    found = difference_of_volumes([february] * 3, [january] * 3)
    assert found.size == pytest.approx(0.0, abs=1e-12)


def test_one_month_against_one_needs_others():
    alone = difference_of_volumes(months(130), months(100))
    assert (alone.low, alone.high, alone.p_value) == (None, None, 1.0)
    assert verdict(alone, 0.0) is Change.TOO_FEW
    others = months(98, 104, 101, 96, 102, 99, 103, 97, 100, 105)
    with_others = difference_of_volumes(months(160), months(100), others)
    assert verdict(with_others, 0.0) is Change.HIGHER
    # the same two months, where months vary by a quarter
    wild = months(
        *(count * factor for count, factor in zip([100] * 10, (0.6, 1.4) * 5, strict=True))
    )
    assert verdict(difference_of_volumes(months(160), months(100), wild), 0.0) is Change.TOO_FEW


def test_no_event_before_has_no_limits():
    found = difference_of_volumes(months(5, 5, 5), months(0, 0, 0))
    assert (found.size, found.low) == (pytest.approx(15 / 90), None)


@pytest.mark.parametrize("season", [0.0, 0.1])
def test_months_that_vary_by_five_percent_seldom_make_a_claim(season):
    # 12 months against 12; a tenth of the simulation in tests/benchmark/changes.py
    draw, claims, rounds = np.random.default_rng(4), 0, 1_000
    curve = season * np.sin(np.arange(24) * math.pi / 6)
    for _ in range(rounds):
        counts = draw.poisson(1_000 * np.exp(draw.normal(0, 0.05, 24) + curve))
        found = difference_of_volumes(
            months(*map(int, counts[12:])), months(*map(int, counts[:12])), is_same_season=True
        )
        claims += verdict(found, 0.0) in (Change.HIGHER, Change.LOWER)
    # 6% and twice the chance in a thousand rounds
    assert claims / rounds < 0.06 + 2 * math.sqrt(0.06 * 0.94 / rounds)
    assert claims > 0


def test_impossible_months_are_refused():
    with pytest.raises(ValueError, match="Expected months in both periods"):
        difference_of_volumes([], months(1, 2))
    with pytest.raises(ValueError, match=r"found \[-1 in 30 days\]"):
        difference_of_volumes(months(-1), months(1, 2))
    with pytest.raises(ValueError, match=r"found \[1 in 0 days\]"):
        difference_of_volumes(months(1, days=0), months(1, 2))


# ---- many changes together


def test_benjamini_and_hochbergs_own_example():
    # the 15 p-values of section 3.2 of their paper: four stand at 0.05
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert claims_that_stand(p_values) == [True] * 4 + [False] * 11
    assert claims_that_stand(p_values[::-1]) == [False] * 11 + [True] * 4


def test_claims_that_stand_are_those_of_scipy():
    draw = np.random.default_rng(5)
    for _ in range(200):
        p_values = draw.random(draw.integers(1, 20)) ** 3
        adjusted = stats.false_discovery_control(p_values)
        assert claims_that_stand(list(p_values)) == list(adjusted <= 0.05)


def test_one_change_alone_is_judged_as_before():
    assert claims_that_stand([0.049]) == [True]
    assert claims_that_stand([]) == []
    with pytest.raises(ValueError, match="Expected p-values from 0 to 1"):
        claims_that_stand([1.2])
