"""Two periods: published worked examples, then scipy.stats and statsmodels, then what must hold."""

import math
import re
import time
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from outcomes.statistics.comparison import (
    Change,
    Difference,
    _log_binomial_probability,
    difference_with_limits,
    newcombe_difference_interval,
    poisson_ratio_test,
    verdict,
)
from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import wilson_interval

# the same examples at every run, so that a failure can be repeated
repeatable = settings(deadline=None, derandomize=True)


@st.composite
def shares(draw, largest=10_000_000):
    denominator = draw(st.integers(1, largest))
    return draw(st.integers(0, denominator)), denominator


def added_up(count, exposure, earlier_count, earlier_exposure):
    """The same p-value in exact fractions: every outcome that is no likelier than the one seen."""
    trials = count + earlier_count
    success = Fraction(exposure, exposure + earlier_exposure)
    chances = [
        comb(trials, k) * success**k * (1 - success) ** (trials - k) for k in range(trials + 1)
    ]
    return float(sum(chance for chance in chances if chance <= chances[count]))


# ---- differences of shares: published worked examples


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:873-890, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_published_limits(counts, low, high):
    interval = newcombe_difference_interval(*counts)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.998])
@pytest.mark.parametrize("denominator", [1, 10, 748, 24_000, 10_000_000])
@pytest.mark.parametrize("earlier_denominator", [1, 29, 500_000])
def test_limits_equal_those_of_statsmodels(denominator, earlier_denominator, confidence):
    for part in (0, 0.001, 0.3, 0.999, 1):
        for earlier_part in (0, 0.01, 0.5, 1):
            counts = (
                round(part * denominator),
                denominator,
                round(earlier_part * earlier_denominator),
                earlier_denominator,
            )
            ours = newcombe_difference_interval(*counts, confidence)
            theirs = confint_proportions_2indep(
                *counts, method="newcomb", compare="diff", alpha=1 - confidence
            )
            assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-9, abs=1e-13)


@repeatable
@given(now=shares(), earlier=shares(), confidence=st.floats(0.01, 0.9999))
def test_limits_lie_in_order_around_the_difference(now, earlier, confidence):
    interval = newcombe_difference_interval(*now, *earlier, confidence)
    difference = now[0] / now[1] - earlier[0] / earlier[1]
    assert -1.0 <= interval.low <= difference <= interval.high <= 1.0


@repeatable
@given(
    now=shares(),
    earlier=shares(),
    first=st.floats(0.01, 0.9999),
    second=st.floats(0.01, 0.9999),
)
def test_more_confidence_never_narrows_the_interval(now, earlier, first, second):
    narrow = newcombe_difference_interval(*now, *earlier, min(first, second))
    wide = newcombe_difference_interval(*now, *earlier, max(first, second))
    rounding = 1e-13
    assert wide.low <= narrow.low + rounding
    assert wide.high >= narrow.high - rounding


@repeatable
@given(now=shares(), earlier=shares())
def test_exchanged_periods_mirror_the_limits(now, earlier):
    interval = newcombe_difference_interval(*now, *earlier)
    exchanged = newcombe_difference_interval(*earlier, *now)
    assert interval.low == pytest.approx(-exchanged.high, abs=1e-15)
    assert interval.high == pytest.approx(-exchanged.low, abs=1e-15)


def test_against_a_huge_earlier_period_the_limits_are_wilsons():
    # an earlier share known exactly adds nothing to the width
    interval = newcombe_difference_interval(7, 50, 10**15, 10**16)
    wilson = wilson_interval(7, 50)
    assert interval.low == pytest.approx(wilson.low - 0.1, abs=1e-6)
    assert interval.high == pytest.approx(wilson.high - 0.1, abs=1e-6)


# ---- ratio of rates: published worked examples


def test_the_danish_towns_of_rs_poisson_test():
    # lung cancer in Fredericia against three other towns, as printed by R's example(poisson.test)
    p_value = poisson_ratio_test(11, 800, 6 + 8 + 7, 1083 + 1050 + 878)
    assert p_value == pytest.approx(0.07967, abs=5e-6)


def test_mendels_peas_of_rs_binom_test():
    # 682 of 925 against three in four, Conover 1971, as printed by R's example(binom.test)
    assert poisson_ratio_test(682, 3, 243, 1) == pytest.approx(0.3825, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "p_value"),
    [
        # all events in one of two equal periods: twice 0.5 ** n
        ((5, 30, 0, 30), 2 / 2**5),
        ((6, 30, 0, 30), 2 / 2**6),
        ((0, 30, 10, 30), 2 / 2**10),
        # 1 of 10 at one half: (1 + 10) * 2 / 1024
        ((1, 7, 9, 7), 22 / 1024),
        # one event can tell nothing where the periods are equal, and little where they are not
        ((1, 1, 0, 1), 1.0),
        ((1, 1, 0, 9), 0.1),
        ((0, 1, 1, 9), 1.0),
        ((0, 1, 0, 9), 1.0),
    ],
)
def test_p_values_worked_out_by_hand(counts, p_value):
    assert poisson_ratio_test(*counts) == pytest.approx(p_value, rel=1e-13)


# ---- ratio of rates: against exact fractions and scipy.stats


@pytest.mark.parametrize(
    ("exposure", "earlier_exposure"), [(1, 1), (30, 31), (1, 12), (3, 1), (1_000, 1), (7, 90)]
)
def test_p_value_equals_all_outcomes_added_up_in_fractions(exposure, earlier_exposure):
    for trials in (1, 2, 3, 10, 33, 40):
        for count in range(trials + 1):
            counts = (count, exposure, trials - count, earlier_exposure)
            assert poisson_ratio_test(*counts) == pytest.approx(added_up(*counts), rel=1e-11)


@pytest.mark.parametrize(
    ("exposure", "earlier_exposure"),
    [(1, 1), (30, 31), (28.5, 365.25), (12_000, 24_000), (1, 999), (1e-3, 1e3)],
)
@pytest.mark.parametrize("trials", [1, 7, 100, 999, 24_000, 500_001, 10_000_000])
def test_p_value_equals_scipys_binomtest(trials, exposure, earlier_exposure):
    success = exposure / (exposure + earlier_exposure)
    spread = np.sqrt(trials * success * (1 - success))
    wanted = [trials * success + steps * spread for steps in (-30, -4, -2, -1, -0.1, 0, 0.5, 2, 5)]
    counts = {min(max(round(count), 0), trials) for count in [0, *wanted, trials]}
    for count in counts:
        ours = poisson_ratio_test(count, exposure, trials - count, earlier_exposure)
        theirs = stats.binomtest(count, trials, success).pvalue
        # a p-value may be as small as a float can be, where only its smallness is the same
        assert ours == pytest.approx(theirs, rel=1e-8, abs=1e-250)


@pytest.mark.parametrize("trials", [1, 2, 15, 16, 17, 40, 500])
@pytest.mark.parametrize(("wins", "losses"), [(1, 1), (1, 12), (30, 31), (999, 1)])
def test_probability_of_one_outcome_is_exact_enough_to_tell_equally_likely_ones(
    trials, wins, losses
):
    success = Fraction(wins, wins + losses)
    for count in range(trials + 1):
        exact = comb(trials, count) * success**count * (1 - success) ** (trials - count)
        logarithm = math.log(exact.numerator) - math.log(exact.denominator)
        ours = _log_binomial_probability(count, trials, float(success), float(1 - success))
        # far below the allowance of 1e-7 within which two outcomes count as equally likely
        assert ours == pytest.approx(logarithm, rel=1e-12, abs=1e-11)


@repeatable
@given(
    count=st.integers(0, 3_000),
    earlier_count=st.integers(0, 3_000),
    exposure=st.integers(1, 400),
    earlier_exposure=st.integers(1, 400),
)
def test_p_value_is_the_same_for_exchanged_periods_and_other_units(
    count, earlier_count, exposure, earlier_exposure
):
    p_value = poisson_ratio_test(count, exposure, earlier_count, earlier_exposure)
    assert 0.0 <= p_value <= 1.0
    exchanged = poisson_ratio_test(earlier_count, earlier_exposure, count, exposure)
    assert exchanged == pytest.approx(p_value, rel=1e-9, abs=1e-300)
    in_weeks = poisson_ratio_test(count, exposure / 7, earlier_count, earlier_exposure / 7)
    assert in_weeks == pytest.approx(p_value, rel=1e-9, abs=1e-300)


@repeatable
@given(earlier_count=st.integers(0, 1_000_000), more=st.integers(0, 5_000))
def test_p_value_falls_as_the_counts_part(earlier_count, more):
    nearer = poisson_ratio_test(earlier_count + more, 30, earlier_count, 30)
    farther = poisson_ratio_test(earlier_count + more + 1, 30, earlier_count, 30)
    assert farther <= nearer + 1e-9


@pytest.mark.parametrize("count", [0, 1, 100, 999_000, 4_998_000, 5_000_000, 9_999_999])
def test_ten_million_events_take_a_moment(count):
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        poisson_ratio_test(count, 365, 10_000_000 - count, 366)
        seconds.append(time.perf_counter() - started)
    # some 0.1 ms on a small machine; the fastest of five, because the machine may be busy
    assert min(seconds) < 0.005


# ---- what may be said about a change


@pytest.mark.parametrize(
    ("size", "low", "high", "margin", "change"),
    [
        (3, 1, 5, 2, Change.HIGHER),
        (-3, -5, -1, 2, Change.LOWER),
        # known, and known to be smaller than what is worth acting on
        (0.5, 0.2, 0.8, 2, Change.ABOUT_THE_SAME),
        (0.1, -1.9, 1.9, 2, Change.ABOUT_THE_SAME),
        # a change worth acting on is not ruled out
        (0.1, -2.0, 1.9, 2, Change.TOO_FEW),
        (0.1, -1.9, 2.1, 2, Change.TOO_FEW),
        (3, 0.0, 5, 2, Change.TOO_FEW),
        # nothing happened before: no margin, so nothing is about the same
        (0, -0.1, 0.1, 0, Change.TOO_FEW),
        (0, 0, 0, 0, Change.TOO_FEW),
        (3, None, None, 2, Change.TOO_FEW),
    ],
)
def test_four_words_by_limits_and_margin(size, low, high, margin, change):
    assert verdict(Difference(size, low, high, 1.0), margin) is change


def test_words_of_a_change():
    assert list(Change) == [
        "higher", "lower", "about the same", "too few to tell", "not comparable",
    ]  # fmt: skip


def test_the_p_value_is_where_the_limits_begin_to_leave_out_nothing():
    # normal limits of a change of 2.5 with a spread of 1: the two-sided p-value of z = 2.5
    def limits(confidence: float) -> Interval:
        wide = stats.norm.ppf((1 + confidence) / 2)
        return Interval(2.5 - wide, 2.5 + wide)

    found = difference_with_limits(2.5, limits)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(2.5), abs=1e-6)
    assert (found.low, found.high) == pytest.approx((0.5400, 4.4600), abs=1e-4)
    assert difference_with_limits(0.0, lambda confidence: Interval(-1, 1)).p_value == 1.0
    assert difference_with_limits(3.0, lambda confidence: None) == Difference(3.0, None, None, 1.0)


def test_whole_numbers_of_other_types_pass():
    counts = (56, 70, 48, 80)
    as_numpy = [np.int64(number) for number in counts]
    # a database sum often arrives as a float
    as_floats = [float(number) for number in counts]
    for others in (as_numpy, as_floats):
        assert newcombe_difference_interval(*others) == newcombe_difference_interval(*counts)
        assert poisson_ratio_test(*others) == poisson_ratio_test(*counts)


# ---- errors, with their words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            (8, 5, 1, 5),
            "Expected the numerator to be at most the denominator, found [8 of 5]; "
            "count both over the same cases.",
        ),
        (
            (1, 5, 1, 0),
            "Expected the earlier numerator to be at most the earlier denominator, "
            "found [1 of 0]; count both over the same cases.",
        ),
        (
            (1, 5, -1, 5),
            "Expected the earlier numerator to be a whole number of zero or more, found [-1]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (1, 5, 1, float("nan")),
            "Expected the earlier denominator to be a whole number of zero or more, found [nan]; "
            "pass the count itself, not a rate or a missing value.",
        ),
    ],
)
def test_impossible_shares_are_refused_in_words(counts, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        newcombe_difference_interval(*counts)


def test_a_difference_needs_cases_in_both_periods_and_a_confidence():
    with pytest.raises(ValueError, match=re.escape("the denominator to be at least 1, found [0]")):
        newcombe_difference_interval(0, 0, 1, 5)
    with pytest.raises(ValueError, match=re.escape("earlier denominator to be at least 1, found")):
        newcombe_difference_interval(1, 5, 0, 0)
    with pytest.raises(ValueError, match=re.escape("found [95]; write for example 0.95.")):
        newcombe_difference_interval(1, 5, 1, 5, 95)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            (-1, 5, 1, 5),
            "Expected the count to be a whole number of zero or more, found [-1]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (1, 5, 0.5, 5),
            "Expected the earlier count to be a whole number of zero or more, found [0.5]; "
            "pass the count itself, not a rate or a missing value.",
        ),
    ],
)
def test_impossible_counts_are_refused_in_words(counts, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        poisson_ratio_test(*counts)


def test_impossible_exposures_are_refused_in_words():
    with pytest.raises(
        ValueError, match=re.escape("the exposure to be a number above zero, found [0]")
    ):
        poisson_ratio_test(1, 0, 1, 5)
    with pytest.raises(
        ValueError, match=re.escape("earlier exposure to be a number above zero, found")
    ):
        poisson_ratio_test(1, 5, 1, -3)
