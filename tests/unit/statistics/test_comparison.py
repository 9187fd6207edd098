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
    _log_binomial_probability,
    change_between_rates,
    change_between_shares,
    change_between_volumes,
    newcombe_difference_interval,
    poisson_ratio_test,
)
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
    ("counts", "change"),
    [
        ((56, 70, 48, 80), Change.HIGHER),
        ((48, 80, 56, 70), Change.LOWER),
        ((5, 56, 0, 29), Change.ABOUT_THE_SAME),
        ((0, 29, 5, 56), Change.ABOUT_THE_SAME),
        ((0, 10, 0, 10), Change.ABOUT_THE_SAME),
        ((150, 24_000, 150, 24_000), Change.ABOUT_THE_SAME),
        ((150, 24_000, 200, 24_000), Change.LOWER),
        ((0, 0, 5, 56), Change.NOT_COMPARABLE),
        ((5, 56, 0, 0), Change.NOT_COMPARABLE),
        ((0, 0, 0, 0), Change.NOT_COMPARABLE),
    ],
)
def test_change_between_shares(counts, change):
    assert change_between_shares(*counts) is change


@repeatable
@given(now=shares(largest=500), earlier=shares(largest=500))
def test_change_between_shares_is_claimed_only_where_the_interval_leaves_out_zero(now, earlier):
    change = change_between_shares(*now, *earlier)
    interval = newcombe_difference_interval(*now, *earlier)
    assert (change is Change.HIGHER) == (interval.low > 0)
    assert (change is Change.LOWER) == (interval.high < 0)
    if change in (Change.HIGHER, Change.LOWER):
        is_higher = now[0] * earlier[1] > earlier[0] * now[1]
        assert is_higher == (change is Change.HIGHER)


@pytest.mark.parametrize(
    ("counts", "change"),
    [
        # p-values worked out above: 0.0625, 0.03125, 0.0215, 0.07967
        ((5, 30, 0, 30), Change.ABOUT_THE_SAME),
        ((6, 30, 0, 30), Change.HIGHER),
        ((0, 30, 6, 30), Change.LOWER),
        ((1, 7, 9, 7), Change.LOWER),
        ((11, 800, 21, 3_011), Change.ABOUT_THE_SAME),
        ((0, 800, 0, 3_011), Change.ABOUT_THE_SAME),
        ((60, 2.4, 60, 4.8), Change.HIGHER),
        # just on either side of 0.05: p-values 0.0498 and 0.0501
        ((25, 30, 42, 30), Change.LOWER),
        ((10, 30, 22, 30), Change.ABOUT_THE_SAME),
        ((0, 0, 21, 3_011), Change.NOT_COMPARABLE),
        ((11, 800, 0, 0.0), Change.NOT_COMPARABLE),
        ((0, 0, 0, 0), Change.NOT_COMPARABLE),
    ],
)
def test_change_between_rates(counts, change):
    assert change_between_rates(*counts) is change


@repeatable
@given(
    count=st.integers(0, 300),
    earlier_count=st.integers(0, 300),
    days=st.integers(1, 92),
    earlier_days=st.integers(1, 92),
)
def test_change_between_volumes_is_claimed_only_below_five_percent(
    count, earlier_count, days, earlier_days
):
    change = change_between_volumes(count, days, earlier_count, earlier_days)
    assert change is change_between_rates(count, days, earlier_count, earlier_days)
    trials = count + earlier_count
    p_value = stats.binomtest(count, trials, days / (days + earlier_days)).pvalue if trials else 1.0
    if abs(p_value - 0.05) > 1e-9:
        assert (change is not Change.ABOUT_THE_SAME) == (p_value < 0.05)
    if change is not Change.ABOUT_THE_SAME:
        assert (count / days > earlier_count / earlier_days) == (change is Change.HIGHER)


@pytest.mark.parametrize(
    ("counts", "change"),
    [
        # as many a day in February as in January is no change, though fewer in all
        ((28 * 40, 28, 31 * 40, 31), Change.ABOUT_THE_SAME),
        ((31 * 40, 28, 31 * 40, 31), Change.HIGHER),
        ((28 * 36, 28, 31 * 40, 31), Change.LOWER),
        ((0, 0, 31 * 40, 31), Change.NOT_COMPARABLE),
        ((28 * 40, 28, 0, 0), Change.NOT_COMPARABLE),
    ],
)
def test_change_between_volumes_is_per_day(counts, change):
    assert change_between_volumes(*counts) is change


def test_words_of_a_change():
    assert list(Change) == ["higher", "lower", "about the same", "not comparable"]


def test_whole_numbers_of_other_types_pass():
    counts = (56, 70, 48, 80)
    as_numpy = [np.int64(number) for number in counts]
    # a database sum often arrives as a float
    as_floats = [float(number) for number in counts]
    for others in (as_numpy, as_floats):
        assert newcombe_difference_interval(*others) == newcombe_difference_interval(*counts)
        assert poisson_ratio_test(*others) == poisson_ratio_test(*counts)
        assert change_between_shares(*others) is Change.HIGHER


# ---- errors, with their words


@pytest.mark.parametrize("function", [newcombe_difference_interval, change_between_shares])
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
def test_impossible_shares_are_refused_in_words(function, counts, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        function(*counts)


def test_a_difference_needs_cases_in_both_periods_and_a_confidence():
    with pytest.raises(ValueError, match=re.escape("the denominator to be at least 1, found [0]")):
        newcombe_difference_interval(0, 0, 1, 5)
    with pytest.raises(ValueError, match=re.escape("earlier denominator to be at least 1, found")):
        newcombe_difference_interval(1, 5, 0, 0)
    with pytest.raises(ValueError, match=re.escape("found [95]; write for example 0.95.")):
        newcombe_difference_interval(1, 5, 1, 5, 95)


@pytest.mark.parametrize("function", [poisson_ratio_test, change_between_rates])
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
def test_impossible_counts_are_refused_in_words(function, counts, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        function(*counts)


def test_impossible_exposures_are_refused_in_words():
    with pytest.raises(
        ValueError, match=re.escape("the exposure to be a number above zero, found [0]")
    ):
        poisson_ratio_test(1, 0, 1, 5)
    with pytest.raises(
        ValueError, match=re.escape("earlier exposure to be a number above zero, found")
    ):
        poisson_ratio_test(1, 5, 1, -3)
    words = (
        "Expected the earlier exposure to be a number of zero or more, found [-3]; "
        "pass what the events were counted over, such as responses or days."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        change_between_rates(1, 5, 1, -3)


def test_impossible_days_are_refused_in_words():
    words = (
        "Expected the number of days to be a whole number of zero or more, found [30.5]; "
        "pass the count itself, not a rate or a missing value."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        change_between_volumes(1, 30.5, 1, 31)
    with pytest.raises(ValueError, match=re.escape("the earlier number of days to be a whole")):
        change_between_volumes(1, 30, 1, -31)
