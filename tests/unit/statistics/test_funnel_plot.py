"""Funnel plots: exact limits against scipy, allowance for over-dispersion, positions, words."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.funnel_plot import (
    FunnelPosition,
    share_funnel,
    share_funnel_limits,
)
from outcomes.statistics.overdispersion import excess_variation

repeatable = settings(deadline=None, derandomize=True)
TAILS = {"outer_low": 0.001, "inner_low": 0.025, "inner_high": 0.975, "outer_high": 0.999}


def by_spiegelhalter(distribution, tail):
    """His appendix A.1.1 with scipy: smallest count whose chance exceeds the tail, less a part."""
    count = 0
    while distribution.cdf(count) <= tail:
        count += 1
    part = (distribution.cdf(count) - tail) / distribution.pmf(count)
    return max(0.0, count - part)


# ---- limits


@pytest.mark.parametrize("target", [0.01, 0.1, 0.42, 0.9])
@pytest.mark.parametrize("size", [1, 7, 50, 748])
def test_limits_of_a_share_are_interpolated_binomial_quantiles(target, size):
    limits = share_funnel_limits(target, size)
    for name, tail in TAILS.items():
        expected = by_spiegelhalter(stats.binom(size, target), tail) / size
        assert getattr(limits, name) == pytest.approx(expected, abs=1e-9)


def test_large_programs_have_the_limits_of_the_normal_curve():
    limits = share_funnel_limits(0.3, 1_000_000)
    sigma = math.sqrt(0.3 * 0.7 / 1_000_000)
    assert limits.inner_high == pytest.approx(0.3 + 1.96 * sigma, rel=1e-5)
    assert limits.outer_low == pytest.approx(0.3 - 3.09 * sigma, rel=1e-5)


@pytest.mark.parametrize(("size", "target"), [(20, 0.2), (150, 0.05), (400, 0.6)])
def test_a_program_at_the_target_is_outside_no_more_often_than_about_one_in_twenty(size, target):
    # added up over every count: interpolation between whole counts lets it differ from 5%
    limits = share_funnel_limits(target, size)
    shares = np.arange(size + 1) / size
    chances = stats.binom.pmf(np.arange(size + 1), size, target)
    inner = chances[(shares < limits.inner_low) | (shares > limits.inner_high)].sum()
    outer = chances[(shares < limits.outer_low) | (shares > limits.outer_high)].sum()
    assert inner < 0.06
    assert outer < 0.003


# ---- the allowance for over-dispersion


@pytest.mark.slow
def test_programs_that_differ_by_chance_get_no_allowance():
    random = np.random.default_rng(11)
    sizes = [200, 400, 300, 800, 150, 600, 250, 500, 350, 700]
    funnels = [share_funnel(random.binomial(sizes, 0.2).tolist(), sizes) for _ in range(400)]
    allowed = sum(funnel.excess.variance_between > 0 for funnel in funnels)
    # about 2 in 100 are above two standard deviations, fewer with the extremes pulled in
    assert allowed <= 16
    positions = [unit.position for funnel in funnels for unit in funnel.units]
    assert positions.count(FunnelPosition.WITHIN) / len(positions) > 0.98
    # the limits are for all ten together: one funnel in twenty shows any program outside
    outside = sum(
        any(unit.position is not FunnelPosition.WITHIN for unit in funnel.units)
        for funnel in funnels
    )
    assert 4 <= outside <= 28


def test_variance_between_programs_is_found_again():
    random = np.random.default_rng(5)
    sizes = np.array([4_000] * 40)
    true = random.normal(0.3, 0.03, 40)
    funnel = share_funnel(random.binomial(sizes, true).tolist(), sizes.tolist())
    # the winsorised standard deviation of a normal is 0.8 of it, and 40 programs are few
    assert math.sqrt(funnel.excess.variance_between) == pytest.approx(0.8 * 0.03, rel=0.25)
    assert "chance and for the spread among these programs" in funnel.excess.note
    exact = share_funnel_limits(funnel.target, 4_000, program_count=40)
    assert funnel.units[0].limits.inner_high > exact.inner_high
    assert funnel.units[0].limits.inner_low < exact.inner_low


def test_the_allowance_by_spiegelhalters_formulas():
    counts, sizes = [10, 40, 90, 35, 120, 61], [100, 200, 300, 250, 400, 310]
    target = sum(counts) / sum(sizes)
    variances = target * (1 - target) / np.array(sizes)
    z = (np.array(counts) / sizes - target) / np.sqrt(variances)
    pulled_in = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    phi = np.mean(pulled_in**2)
    w = 1 / variances
    tau_squared = (6 * phi - 5) / (w.sum() - (w**2).sum() / w.sum())
    funnel = share_funnel(counts, sizes)
    assert phi > 1 + 2 * math.sqrt(2 / 6)
    assert funnel.excess.dispersion == pytest.approx(phi)
    assert funnel.excess.variance_between == pytest.approx(tau_squared)
    # the normal quantile of 1 - 0.001 / 6
    high = target + 3.5879147 * math.sqrt(variances[0] + tau_squared)
    assert funnel.units[0].limits.outer_high == pytest.approx(high, rel=1e-5)


def test_one_unusual_program_does_not_excuse_itself():
    counts, sizes = [20, 21, 19, 20, 22, 18, 20, 19, 21, 20, 21, 90], [100] * 12
    funnel = share_funnel(counts, sizes, target=0.2)
    assert funnel.excess.variance_between == 0.0
    assert funnel.units[11].position is FunnelPosition.FAR_ABOVE


def test_four_programs_are_too_few_for_an_allowance():
    funnel = share_funnel([10, 40, 90, 35], [100, 200, 300, 250])
    assert funnel.excess.dispersion is None
    assert funnel.excess.note == (
        "Fewer than 5 programs do not show how far such programs lie apart, so the limits allow for chance alone."
    )


# ---- positions


def test_every_position():
    # at a target of one half of 1,000: 95% within about 31 of 500, 99.8% within about 49
    funnel = share_funnel([440, 460, 500, 540, 560, 0], [1_000] * 5 + [0], target=0.5)
    assert [unit.position for unit in share_funnel([440], [1_000], 0.5).units] == [
        FunnelPosition.FAR_BELOW
    ]
    assert [
        share_funnel([count], [1_000], 0.5).units[0].position for count in (440, 460, 500, 540, 560)
    ] == [
        FunnelPosition.FAR_BELOW,
        FunnelPosition.BELOW,
        FunnelPosition.WITHIN,
        FunnelPosition.ABOVE,
        FunnelPosition.FAR_ABOVE,
    ]
    no_cases = funnel.units[5]
    assert no_cases.position is FunnelPosition.NO_CASES
    assert no_cases.value is None
    assert no_cases.limits is None


def test_programs_stay_in_the_order_given_and_carry_no_rank():
    funnel = share_funnel([30, 5, 20], [100, 100, 100])
    assert [unit.count for unit in funnel.units] == [30, 5, 20]
    assert not hasattr(funnel.units[0], "rank")


def test_the_target_is_that_of_all_programs_together():
    assert share_funnel([10, 300], [100, 900]).target == 0.31


# ---- what must always hold


@repeatable
@given(target=st.floats(0.001, 0.999), size=st.integers(1, 1_000_000), between=st.floats(0, 0.1))
def test_limits_of_a_share_are_in_order_and_an_allowance_only_widens(target, size, between):
    exact = share_funnel_limits(target, size)
    wide = share_funnel_limits(target, size, between)
    assert 0 <= wide.outer_low <= wide.inner_low <= wide.inner_high <= wide.outer_high <= 1
    assert wide.outer_low <= exact.outer_low + 1e-12
    assert wide.outer_high >= exact.outer_high - 1e-12


@repeatable
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 400)).map(sorted), min_size=1, max_size=15
    )
)
def test_counting_the_others_mirrors_the_funnel(pairs):
    counts, sizes = [a for a, _ in pairs], [b for _, b in pairs]
    if not 0 < sum(counts) < sum(sizes):
        return
    funnel = share_funnel(counts, sizes)
    others = share_funnel([n - k for k, n in pairs], sizes)
    assert others.excess.variance_between == pytest.approx(funnel.excess.variance_between)
    for mine, theirs in zip(funnel.units, others.units, strict=True):
        if mine.limits is not None:
            assert theirs.value == pytest.approx(1 - mine.value)
            assert 0 <= theirs.limits.outer_low <= theirs.limits.outer_high <= 1


# ---- errors


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: share_funnel([0, 0], [10, 20]),
            "Expected a target share between 0 and 1, neither included, found [0.0]; "
            "without events, or with nothing else, programs cannot be told apart.",
        ),
        (lambda: share_funnel([], []), "found [0.0]"),
        (lambda: share_funnel([5], [5]), "found [1.0]"),
        (
            lambda: share_funnel([1], [2, 3]),
            "Expected a count and a size for each program, found [1 and 2]; "
            "pass two lists of equal length.",
        ),
        (lambda: share_funnel([3], [2]), "found [3 of 2]"),
        (lambda: share_funnel_limits(0.5, 0), "denominator to be at least 1, found [0]"),
        (lambda: share_funnel_limits(0.5, 2.5), "found [2.5]"),
        (
            lambda: excess_variation([0.1], [0.0]),
            "Expected a variance above 0 for each program, found [1 distances and [0.0]]; "
            "leave out programs without cases.",
        ),
    ],
)
def test_impossible_funnels_are_refused_in_words(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
