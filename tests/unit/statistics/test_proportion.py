"""Shares: published worked examples, then scipy.stats and statsmodels, then what must always hold."""

import re
import subprocess
import sys
from decimal import Decimal, localcontext
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import PROJECT
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import (
    binomial_cumulative,
    clopper_pearson_interval,
    wilson_interval,
    zero_upper_limit,
)

INTERVALS = [wilson_interval, clopper_pearson_interval]
CONFIDENCES = [0.5, 0.9, 0.95, 0.998]
DENOMINATORS = [1, 2, 3, 7, 10, 29, 100, 891, 24_000, 500_000, 10_000_000]

# the same examples at every run, so that a failure can be repeated
repeatable = settings(deadline=None, derandomize=True)


def numerators_of(denominator):
    """None, one, a few, about a half, nearly all, all: each once."""
    wanted = [0, 1, 2, denominator // 100, denominator // 3, denominator // 2, denominator - 1]
    return sorted({min(max(number, 0), denominator) for number in [*wanted, denominator]})


@st.composite
def shares(draw, largest=10_000_000):
    denominator = draw(st.integers(1, largest))
    return draw(st.integers(0, denominator)), denominator


# ---- published worked examples


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_published_limits(numerator, denominator, low, high):
    interval = wilson_interval(numerator, denominator)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:857-872, table I, method 5
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_clopper_pearson_gives_newcombes_published_limits(numerator, denominator, low, high):
    interval = clopper_pearson_interval(numerator, denominator)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_clopper_pearson_gives_the_value_in_scipys_documentation():
    interval = clopper_pearson_interval(7, 50)
    assert interval.low == pytest.approx(0.05819170033997342, rel=1e-12)
    assert interval.high == pytest.approx(0.26739600249700846, rel=1e-12)


def test_clopper_pearson_gives_the_value_of_rs_binom_test_example():
    # Mendel's peas, Conover 1971, as printed by R's example(binom.test)
    interval = clopper_pearson_interval(682, 925)
    assert interval.low == pytest.approx(0.7076683, abs=5e-8)
    assert interval.high == pytest.approx(0.7654066, abs=5e-8)


def test_150_police_requests_in_24_000_calls():
    interval = wilson_interval(150, 24_000)
    assert 150 / 24_000 == 0.00625
    assert interval.low == pytest.approx(0.00533, abs=5e-6)
    assert interval.high == pytest.approx(0.00733, abs=5e-6)


def test_the_misprinted_160_in_24_000_is_not_0_625_percent():
    assert round(100 * 160 / 24_000, 3) == 0.667
    assert wilson_interval(160, 24_000) != wilson_interval(150, 24_000)


@pytest.mark.parametrize(
    ("denominator", "limit", "within"),
    [
        (748, 0.003997, 5e-7),
        (500_000, 5.991e-6, 5e-10),
        # 1 - 0.05 ** (1 / n) worked out by hand
        (1, 0.95, 1e-12),
        (2, 1 - 0.05**0.5, 1e-12),
        (20, 0.139108, 5e-7),
    ],
)
def test_zero_upper_limit_gives_the_values_to_test_against(denominator, limit, within):
    assert zero_upper_limit(denominator) == pytest.approx(limit, abs=within)


@pytest.mark.parametrize("denominator", [112, 167, 1_000, 24_000])
def test_zero_upper_limit_is_near_three_over_n(denominator):
    # the rule of Hanley and Lippman-Hand 1983; 112 and 167 are two of their examples
    assert zero_upper_limit(denominator) == pytest.approx(3 / denominator, rel=0.015)
    assert zero_upper_limit(denominator) < 3 / denominator


# ---- against scipy.stats and statsmodels


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("denominator", DENOMINATORS)
@pytest.mark.parametrize(
    ("function", "scipy_name", "statsmodels_name"),
    [(wilson_interval, "wilson", "wilson"), (clopper_pearson_interval, "exact", "beta")],
)
def test_limits_equal_those_of_scipy_and_statsmodels(
    function, scipy_name, statsmodels_name, denominator, confidence
):
    for numerator in numerators_of(denominator):
        ours = function(numerator, denominator, confidence)
        # clopper-pearson by statsmodels, in closed form: scipy's search stops at twelve digits
        theirs = proportion_confint(
            numerator, denominator, alpha=1 - confidence, method=statsmodels_name
        )
        assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-9, abs=1e-15)
        if denominator <= 24_000:
            test = stats.binomtest(numerator, denominator)
            scipys = test.proportion_ci(confidence, method=scipy_name)
            assert (ours.low, ours.high) == pytest.approx(tuple(scipys), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("denominator", DENOMINATORS)
def test_zero_upper_limit_equals_the_quantile_of_the_beta_distribution(denominator, confidence):
    assert zero_upper_limit(denominator, confidence) == pytest.approx(
        stats.beta.ppf(confidence, 1, denominator), rel=1e-12
    )


@pytest.mark.parametrize("probability", [0.0, 1e-6, 0.01, 0.3, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("trials", [0, 1, 10, 1_000, 10_000_000])
def test_binomial_cumulative_equals_scipys(trials, probability):
    middle = round(trials * probability)
    for count in {-1, 0, 1, middle - 1, middle, middle + 1, trials - 1, trials, trials + 1}:
        # scipy.stats itself is off in the tenth digit for ten million trials, see below
        assert binomial_cumulative(count, trials, probability) == pytest.approx(
            stats.binom.cdf(count, trials, probability), rel=1e-9, abs=1e-300
        )


def test_binomial_cumulative_equals_the_sum_of_the_terms():
    for trials in (1, 5, 12):
        for count in range(trials):
            by_hand = sum(
                comb(trials, k) * 0.25**k * 0.75 ** (trials - k) for k in range(count + 1)
            )
            assert binomial_cumulative(count, trials, 0.25) == pytest.approx(by_hand, rel=1e-13)


def test_binomial_cumulative_keeps_twelve_digits_for_ten_million_trials():
    # the terms added up with fifty digits
    trials, success = 10_000_000, Decimal.from_float(1e-6)
    with localcontext() as context:
        context.prec = 50
        term = total = (1 - success) ** trials
        for count in range(21):
            ours = binomial_cumulative(count, trials, 1e-6)
            assert ours == pytest.approx(float(total), rel=1e-12)
            term *= success / (1 - success) * (trials - count) / (count + 1)
            total += term


# ---- what must always hold


@pytest.mark.parametrize("function", INTERVALS)
@repeatable
@given(share=shares(), confidence=st.floats(0.01, 0.9999))
def test_limits_lie_in_order_around_the_share(function, share, confidence):
    numerator, denominator = share
    interval = function(numerator, denominator, confidence)
    assert 0.0 <= interval.low <= numerator / denominator <= interval.high <= 1.0
    assert interval.low < interval.high


@pytest.mark.parametrize("function", INTERVALS)
@repeatable
@given(share=shares(), first=st.floats(0.01, 0.9999), second=st.floats(0.01, 0.9999))
def test_more_confidence_never_narrows_the_interval(function, share, first, second):
    narrow = function(*share, min(first, second))
    wide = function(*share, max(first, second))
    rounding = 1e-13
    assert wide.low <= narrow.low + rounding
    assert wide.high >= narrow.high - rounding


@pytest.mark.parametrize("function", INTERVALS)
@repeatable
@given(share=shares(largest=100_000))
def test_one_case_more_raises_both_limits(function, share):
    numerator, denominator = share
    fewer = function(numerator, denominator + 1)
    more = function(numerator + 1, denominator + 1)
    assert more.low > fewer.low
    assert more.high > fewer.high


@pytest.mark.parametrize("function", INTERVALS)
@repeatable
@given(share=shares())
def test_counting_the_others_mirrors_the_limits(function, share):
    numerator, denominator = share
    interval = function(numerator, denominator)
    mirrored = function(denominator - numerator, denominator)
    assert interval.low == pytest.approx(1 - mirrored.high, abs=1e-12)
    assert interval.high == pytest.approx(1 - mirrored.low, abs=1e-12)


@pytest.mark.parametrize("function", INTERVALS)
@pytest.mark.parametrize("denominator", DENOMINATORS)
def test_none_and_all_give_limits_of_exactly_zero_and_one(function, denominator):
    assert function(0, denominator).low == 0.0
    assert function(denominator, denominator).high == 1.0


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("denominator", [1, 5, 20, 60])
def test_clopper_pearson_covers_every_true_share_at_least_as_often_as_stated(
    denominator, confidence
):
    limits = [clopper_pearson_interval(k, denominator, confidence) for k in range(denominator + 1)]
    for true_share in np.linspace(0.001, 0.999, 333):
        chances = stats.binom.pmf(range(denominator + 1), denominator, true_share)
        covered = [limit.low <= true_share <= limit.high for limit in limits]
        assert chances[covered].sum() >= confidence - 1e-12


@repeatable
@given(denominator=st.integers(1, 10_000_000), confidence=st.floats(0.01, 0.9999))
def test_zero_upper_limit_is_one_sided_and_falls_with_more_cases(denominator, confidence):
    limit = zero_upper_limit(denominator, confidence)
    assert zero_upper_limit(denominator + 1, confidence) < limit
    assert limit < clopper_pearson_interval(0, denominator, confidence).high
    # at the limit, none of n is seen with a probability of exactly 1 - confidence
    assert (1 - limit) ** denominator == pytest.approx(1 - confidence, rel=1e-7)


def test_whole_numbers_of_other_types_pass():
    expected = wilson_interval(7, 50)
    assert wilson_interval(np.int64(7), np.int32(50)) == expected
    # a database sum often arrives as a float
    assert wilson_interval(7.0, np.float64(50)) == expected
    assert isinstance(wilson_interval(np.int64(7), np.int64(50)).low, float)


def test_an_interval_cannot_be_changed():
    interval = Interval(low=0.1, high=0.2)
    with pytest.raises(AttributeError):
        interval.low = 0.0


# ---- errors, with their words


@pytest.mark.parametrize("function", INTERVALS)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            (8, 5),
            "Expected the numerator to be at most the denominator, found [8 of 5]; "
            "count both over the same cases.",
        ),
        (
            (0, 0),
            "Expected the denominator to be at least 1, found [0]; "
            "say that there are no cases instead of asking for a share of none.",
        ),
        (
            (-1, 5),
            "Expected the numerator to be a whole number of zero or more, found [-1]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (1, 5.5),
            "Expected the denominator to be a whole number of zero or more, found [5.5]; "
            "pass the count itself, not a rate or a missing value.",
        ),
        (
            (1, 5, 95),
            "Expected the confidence to be between 0 and 1, neither included, found [95]; "
            "write for example 0.95.",
        ),
    ],
)
def test_impossible_shares_are_refused_in_words(function, arguments, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        function(*arguments)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "7", "seven", -0.5])
def test_what_is_not_a_count_is_refused(value):
    with pytest.raises(ValueError, match=re.escape(f"found [{value}]; pass the count itself")):
        wilson_interval(value, 50)


@pytest.mark.parametrize("confidence", [0, 1, -0.1, 1.5, float("nan"), None, "high"])
def test_what_is_not_a_confidence_is_refused(confidence):
    for call in (
        lambda: wilson_interval(1, 2, confidence),
        lambda: clopper_pearson_interval(1, 2, confidence),
        lambda: zero_upper_limit(2, confidence),
    ):
        with pytest.raises(ValueError, match=re.escape(f"found [{confidence}]; write for example")):
            call()


def test_zero_of_no_cases_is_refused():
    with pytest.raises(ValueError, match=re.escape("denominator to be at least 1, found [0]")):
        zero_upper_limit(0)


def test_binomial_cumulative_refuses_a_percentage():
    with pytest.raises(ValueError, match=re.escape("found [50]; divide a percentage by 100.")):
        binomial_cumulative(1, 2, 50)


# ---- start-up


def test_statistics_load_neither_scipy_stats_nor_statsmodels():
    modules = sorted(path.stem for path in (PROJECT / "outcomes" / "statistics").glob("[a-z]*.py"))
    assert "segmented" in modules
    check = (
        "import sys\n"
        f"import {', '.join(f'outcomes.statistics.{module}' for module in modules)}\n"
        "slow = {'scipy.stats', 'scipy.optimize', 'statsmodels', 'pandas'} & set(sys.modules)\n"
        "print(sorted(slow))"
    )
    found = subprocess.run(
        [sys.executable, "-c", check], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
