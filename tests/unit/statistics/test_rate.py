"""Rates: published exact Poisson limits, then scipy.stats, then what must always hold."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.rate import garwood_interval, zero_rate_upper_limit

CONFIDENCES = [0.5, 0.9, 0.95, 0.998]
EXPOSURES = [0.001, 1, 2.4, 748, 1e7]

# the same examples at every run, so that a failure can be repeated
repeatable = settings(deadline=None, derandomize=True)
counts = st.integers(0, 10_000_000)
exposures = st.floats(1e-3, 1e9)


# ---- published worked examples


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # Garwood 1936; the same in Pearson and Hartley 1966, Biometrika Tables, table 40
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.242, 7.225),
        (3, 0.619, 8.767),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (50, 37.111, 65.919),
    ],
)
def test_garwoods_published_limits(count, low, high):
    interval = garwood_interval(count, 1)
    assert interval.low == pytest.approx(low, abs=5.1e-4 if count != 1 else 5e-5)
    assert interval.high == pytest.approx(high, abs=5.1e-4)


def test_the_welsh_nickel_workers_of_rs_poisson_test():
    # 137 deaths where 24.19893 were expected, as printed by R's example(poisson.test)
    interval = garwood_interval(137, 24.19893)
    assert interval.low == pytest.approx(4.753125, abs=5e-7)
    assert interval.high == pytest.approx(6.692709, abs=5e-7)


def test_a_rate_per_10_000_responses():
    # 10 injuries in 50,000 responses: Garwood's limits of 10, over five times 10,000
    interval = garwood_interval(10, 50_000 / 10_000)
    assert interval.low == pytest.approx(4.795 / 5, abs=1e-4)
    assert interval.high == pytest.approx(18.390 / 5, abs=1e-4)


def test_zero_rate_upper_limit_is_three_over_the_exposure():
    assert zero_rate_upper_limit(1) == pytest.approx(2.995732, abs=5e-7)
    assert zero_rate_upper_limit(0.5) == pytest.approx(5.991465, abs=5e-7)
    # 0 of 500,000 responses, per million
    assert zero_rate_upper_limit(0.5) == pytest.approx(5.991, abs=5e-4)


# ---- against scipy.stats


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("exposure", EXPOSURES)
def test_limits_equal_the_quantiles_of_the_chi_squared_distribution(exposure, confidence):
    tail = (1 - confidence) / 2
    for count in (0, 1, 2, 7, 29, 100, 748, 24_000, 500_000, 10_000_000):
        interval = garwood_interval(count, exposure, confidence)
        low = stats.chi2.ppf(tail, 2 * count) / 2 / exposure if count else 0.0
        high = stats.chi2.isf(tail, 2 * count + 2) / 2 / exposure
        assert (interval.low, interval.high) == pytest.approx((low, high), rel=1e-11)


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("count", [0, 1, 5, 40])
def test_each_limit_leaves_half_of_the_error_to_the_counts_beyond_the_one_seen(count, confidence):
    interval = garwood_interval(count, 1, confidence)
    tail = (1 - confidence) / 2
    assert stats.poisson.cdf(count, interval.high) == pytest.approx(tail, rel=1e-9)
    if count:
        assert stats.poisson.sf(count - 1, interval.low) == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("exposure", EXPOSURES)
def test_zero_rate_upper_limit_equals_the_quantile_of_the_gamma_distribution(exposure, confidence):
    limit = zero_rate_upper_limit(exposure, confidence)
    assert limit == pytest.approx(stats.gamma.ppf(confidence, 1) / exposure, rel=1e-12)
    # at the limit, no event is seen with a probability of exactly 1 - confidence
    assert stats.poisson.pmf(0, limit * exposure) == pytest.approx(1 - confidence, rel=1e-9)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_limits_cover_every_true_rate_at_least_as_often_as_stated(confidence):
    limits = [garwood_interval(count, 1, confidence) for count in range(120)]
    for true_rate in np.linspace(0.05, 40, 400):
        chances = stats.poisson.pmf(range(120), true_rate)
        covered = [limit.low <= true_rate <= limit.high for limit in limits]
        assert chances[covered].sum() >= confidence - 1e-12


# ---- what must always hold


@repeatable
@given(count=counts, exposure=exposures, confidence=st.floats(0.01, 0.9999))
def test_limits_lie_around_the_rate(count, exposure, confidence):
    interval = garwood_interval(count, exposure, confidence)
    assert 0.0 <= interval.low <= count / exposure < interval.high
    assert math.isfinite(interval.high)


@repeatable
@given(count=counts, first=st.floats(0.01, 0.9999), second=st.floats(0.01, 0.9999))
def test_more_confidence_never_narrows_the_interval(count, first, second):
    narrow = garwood_interval(count, 1, min(first, second))
    wide = garwood_interval(count, 1, max(first, second))
    rounding = 1e-12 * (count + 1)
    assert wide.low <= narrow.low + rounding
    assert wide.high >= narrow.high - rounding


@repeatable
@given(count=counts, exposure=exposures)
def test_one_event_more_raises_both_limits_and_more_exposure_lowers_them(count, exposure):
    interval = garwood_interval(count, exposure)
    one_more = garwood_interval(count + 1, exposure)
    assert one_more.low > interval.low
    assert one_more.high > interval.high
    doubled = garwood_interval(count, 2 * exposure)
    assert doubled.low == pytest.approx(interval.low / 2, rel=1e-14)
    assert doubled.high == pytest.approx(interval.high / 2, rel=1e-14)


@repeatable
@given(exposure=exposures, confidence=st.floats(0.01, 0.9999))
def test_no_events_give_a_lower_limit_of_zero_and_a_lower_one_sided_limit(exposure, confidence):
    interval = garwood_interval(0, exposure, confidence)
    assert interval.low == 0.0
    assert zero_rate_upper_limit(exposure, confidence) < interval.high


# ---- errors, with their words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            (-1, 10),
            "Expected the count to be a whole number of zero or more, found [-1]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (2.5, 10),
            "Expected the count to be a whole number of zero or more, found [2.5]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (1, 0),
            "Expected the exposure to be a number above zero, found [0]; "
            "pass what the events were counted over, such as responses or days.",
        ),
        (
            (1, 10, 1.0),
            "Expected the confidence to be between 0 and 1, neither included, found [1.0]; "
            "write for example 0.95.",
        ),
    ],
)
def test_impossible_rates_are_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        garwood_interval(*arguments)


@pytest.mark.parametrize("exposure", [0, -1, float("nan"), float("inf"), None, "many"])
def test_what_is_not_an_exposure_is_refused(exposure):
    words = re.escape(f"Expected the exposure to be a number above zero, found [{exposure}]")
    with pytest.raises(ValueError, match=words):
        garwood_interval(0, exposure)
    with pytest.raises(ValueError, match=words):
        zero_rate_upper_limit(exposure)


@pytest.mark.parametrize("confidence", [0, 1, 95, float("nan")])
def test_what_is_not_a_confidence_is_refused(confidence):
    with pytest.raises(
        ValueError, match=re.escape(f"found [{confidence}]; write for example 0.95")
    ):
        zero_rate_upper_limit(1, confidence)
