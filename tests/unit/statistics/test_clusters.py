"""Intervals over several programs: values by hand, coverage where programs differ, and what must always hold."""

import math

import numpy
import pytest
from scipy import stats

from outcomes.statistics.clusters import (
    clustered_quantile_interval,
    clustered_rate_interval,
    clustered_share_interval,
    effective_cases,
)
from outcomes.statistics.duration import quantile_interval
from outcomes.statistics.proportion import clopper_pearson_interval, wilson_interval
from outcomes.statistics.rate import garwood_interval

THREE = [(20, 1100), (52, 700), (50, 600)]


def test_the_effective_cases_by_hand():
    share = 122 / 2400
    residuals = [20 - share * 1100, 52 - share * 700, 50 - share * 600]
    variance = 3 / 2 * sum(each**2 for each in residuals) / 2400**2
    independent = share * (1 - share) / variance
    t = stats.t.ppf(0.975, 2)
    expected = independent * (stats.norm.ppf(0.975) / t) ** 2
    assert effective_cases(THREE) == pytest.approx(expected)
    assert expected == pytest.approx(19.8, abs=0.1)
    exact = clustered_share_interval(THREE, is_exact=True)
    events = share * expected
    assert exact.low == pytest.approx(stats.beta.ppf(0.025, events, expected - events + 1))
    assert exact.high == pytest.approx(stats.beta.ppf(0.975, events + 1, expected - events))


def test_two_programs_are_wide_even_where_they_are_alike():
    # (1.960 / 12.706) squared is 0.0238
    assert effective_cases([(50, 1000), (50, 1000)]) == pytest.approx(2000 * 0.023795, rel=1e-4)
    limits = clustered_share_interval([(50, 1000), (50, 1000)])
    assert limits.low < 0.02
    assert limits.high > 0.12


def test_none_of_all_programs_has_a_one_sided_limit():
    # (1.645 / 6.314) squared of 2,000 cases is 135.7, of which 3 are 2.2%
    limits = clustered_share_interval([(0, 1000), (0, 1000)])
    assert limits.low == 0.0
    cases = 2000 * (stats.norm.ppf(0.95) / stats.t.ppf(0.95, 1)) ** 2
    assert limits.high == pytest.approx(1 - 0.05 ** (1 / cases))
    assert clustered_rate_interval([(0, 1000), (0, 1000)]).high == pytest.approx(
        -math.log(0.05) / cases
    )


@pytest.mark.parametrize("programs", [3, 6, 12])
def test_the_interval_covers_where_programs_differ_and_that_of_single_cases_does_not(programs: int):
    random = numpy.random.default_rng(3)
    truth, rounds = 0.1, 800
    clustered = single = 0
    for _ in range(rounds):
        cases = random.integers(300, 900, programs)
        events = random.binomial(cases, random.beta(truth * 60, (1 - truth) * 60, programs))
        pairs = list(zip(events.tolist(), cases.tolist(), strict=True))
        limits = clustered_share_interval(pairs)
        clustered += limits.low <= truth <= limits.high
        limits = wilson_interval(int(events.sum()), int(cases.sum()))
        single += limits.low <= truth <= limits.high
    assert clustered / rounds >= 0.93
    assert single / rounds < 0.75


def test_it_is_never_narrower_than_that_of_one_log_as_large():
    random = numpy.random.default_rng(4)
    for _ in range(300):
        cases = random.integers(1, 500, int(random.integers(2, 9)))
        events = random.binomial(cases, random.uniform(0, 1))
        pairs = list(zip(events.tolist(), cases.tolist(), strict=True))
        count, all_of = int(events.sum()), int(cases.sum())
        if not 0 < count < all_of:
            continue
        for wide, narrow in (
            (clustered_share_interval(pairs), wilson_interval(count, all_of)),
            (
                clustered_share_interval(pairs, is_exact=True),
                clopper_pearson_interval(count, all_of),
            ),
            (clustered_rate_interval(pairs), garwood_interval(count, all_of)),
        ):
            assert wide.low <= narrow.low + 1e-9
            assert wide.high >= narrow.high - 1e-9
            assert wide.low <= count / all_of <= wide.high


def test_the_median_of_programs_that_differ_has_wider_limits():
    quick = {float(minute): 20 for minute in range(5, 15)}
    slow = {float(minute): 20 for minute in range(15, 40)}
    together = dict(sorted({**quick, **slow}.items()))
    alone = quantile_interval(list(together), list(together.values()), 0.5)
    both = clustered_quantile_interval([quick, slow], 0.5)
    assert alone is not None
    assert both is not None
    assert both.low < alone.low
    assert both.high > alone.high
    assert clustered_quantile_interval([{5.0: 1}, {6.0: 1}], 0.5) is None


def test_one_program_is_refused():
    with pytest.raises(ValueError, match=r"at least 2 programs, found \[1\]"):
        effective_cases([(3, 10), (0, 0)])
