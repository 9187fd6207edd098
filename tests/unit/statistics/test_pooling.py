"""Programs pooled: published meta-analyses, statsmodels, metafor's results, then simulations."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from scipy.special import expit, logit
from statsmodels.stats.meta_analysis import combine_effects

from outcomes.statistics.pooling import (
    _binomial_normal,
    _log_likelihood,
    pooled_share,
)

repeatable = settings(deadline=None, derandomize=True, max_examples=30)

# blood stream infections with standard catheters in 18 trials: Niel-Weise and others 2007; the
# example of Stijnen, Hamza and Ozdemir 2010, and the data set dat.nielweise2007 of the R package
# metadat
STANDARD = [3, 3, 9, 7, 6, 4, 3, 2, 19, 2, 7, 1, 5, 11, 0, 1, 3, 1]
STANDARD_OF = [117, 35, 195, 136, 157, 139, 177, 39, 103, 122, 64, 58, 175, 180, 105, 262, 362, 69]
# the same with catheters treated against infection; seven trials without any
TREATED = [0, 1, 2, 0, 5, 1, 1, 1, 1, 1, 0, 0, 3, 6, 0, 0, 1, 4]
TREATED_OF = [116, 44, 208, 130, 151, 98, 174, 74, 97, 113, 66, 70, 188, 187, 118, 252, 345, 64]


# ---- published worked examples


@pytest.mark.parametrize(
    ("counts", "trials", "centre", "error", "between"),
    [
        # rma.glmm(measure="PLO") of the R package metafor, as its own test against table II of
        # Stijnen and others 2010 prints it
        (STANDARD, STANDARD_OF, -3.4964, 0.2570, 0.8124),
        (TREATED, TREATED_OF, -4.8121, 0.3555, 0.8265),
    ],
)
def test_stijnens_catheters(counts, trials, centre, error, between):
    found = _binomial_normal(np.array(counts, float), np.array(trials, float))
    # metafor adds up over 7 points, which moves the last digits
    assert found == pytest.approx((centre, error, between), abs=1.5e-3)
    pooled = pooled_share(counts, trials)
    assert pooled.share == pytest.approx(expit(centre), rel=1e-3)
    reach = stats.t.ppf(0.975, 17) * error
    assert pooled.interval.high == pytest.approx(expit(centre + reach), rel=3e-3)
    # Higgins 2009: t with two degrees less than trials, both variances together
    reach = stats.t.ppf(0.975, 16) * math.sqrt(between + error**2)
    assert pooled.prediction.high == pytest.approx(expit(centre + reach), rel=3e-3)
    assert pooled.prediction.low == pytest.approx(expit(centre - reach), rel=3e-3)


def test_adding_a_half_would_have_pulled_rare_events_upward():
    # with a half added metafor prints 0.0139 for the treated, where the counts themselves say 0.8%
    assert pooled_share(TREATED, TREATED_OF).share == pytest.approx(0.0081, abs=5e-5)


# ---- against statsmodels

MANY = ([12, 30, 9, 55, 40, 17], [100, 180, 120, 300, 150, 200])


@pytest.mark.parametrize(
    ("counts", "trials"),
    [MANY, ([10, 20, 90], [100, 200, 300]), ([5, 90], [50, 100]), ([1, 2, 3, 8], [9, 9, 9, 9])],
)
def test_dersimonian_laird_equals_statsmodels(counts, trials):
    k, n = np.array(counts), np.array(trials)
    theirs = combine_effects(logit(k / n), 1 / k + 1 / (n - k), method_re="dl")
    pooled = pooled_share(counts, trials)
    assert theirs.tau2 > 0
    assert logit(pooled.share) == pytest.approx(theirs.mean_effect_re, rel=1e-9)
    between = theirs.tau2
    assert pooled.variance_between == pytest.approx(between, rel=1e-9)
    error = max(theirs.sd_eff_w_re, theirs.sd_eff_w_re_hksj)
    reach = stats.t.ppf(0.975, len(counts) - 1) * error
    assert logit(pooled.interval.low) == pytest.approx(logit(pooled.share) - reach, rel=1e-9)
    if len(counts) > 2:
        both = math.sqrt(between + theirs.sd_eff_w_re**2)
        reach = stats.t.ppf(0.975, len(counts) - 2) * both
        assert logit(pooled.prediction.high) == pytest.approx(logit(pooled.share) + reach, rel=1e-9)


def test_programs_closer_than_chance_are_pooled_as_if_they_had_one_share():
    k, n = np.array([11, 19, 31]), np.array([100, 200, 300])
    theirs = combine_effects(logit(k / n), 1 / k + 1 / (n - k), method_re="pm")
    pooled = pooled_share(k.tolist(), n.tolist())
    assert pooled.variance_between == 0.0
    assert logit(pooled.share) == pytest.approx(theirs.mean_effect_fe, rel=1e-9)
    # never narrower than chance alone makes it
    reach = stats.t.ppf(0.975, 2) * theirs.sd_eff_w_fe
    assert logit(pooled.interval.high) == pytest.approx(logit(pooled.share) + reach, rel=1e-9)


# ---- the likelihood


@pytest.mark.parametrize("spread", [0.05, 0.9, 3.0])
@pytest.mark.parametrize(("count", "trials"), [(0, 40), (7, 9), (300, 20_000), (20_000, 20_000)])
def test_the_likelihood_equals_the_integral(count, trials, spread):
    centre = -2.0
    found = _log_likelihood(np.array([float(count)]), np.array([float(trials)]), centre, spread)

    def log_term(place):
        log_chance = count * place - trials * np.logaddexp(0, place)
        return log_chance + stats.norm.logpdf(place, centre, spread)

    grid = np.linspace(-30, 30, 400_001)
    terms = log_term(grid)
    by_hand = terms.max() + math.log(integrate.trapezoid(np.exp(terms - terms.max()), grid))
    assert found == pytest.approx(by_hand, abs=2e-3)


def test_without_spread_the_share_is_that_of_all_cases():
    pooled = pooled_share([0, 1, 1, 0], [50, 50, 50, 50])
    assert pooled.variance_between == 0.0
    assert pooled.share == pytest.approx(0.01, rel=1e-4)


# ---- do the intervals cover


@pytest.mark.parametrize(("programs", "spread"), [(4, 0.5), (10, 0.5), (10, 0.0)])
def test_intervals_cover_the_typical_share_and_a_new_program(programs, spread):
    random = np.random.default_rng(17)
    centre = -1.5
    typical = new = 0
    runs = 400
    for _ in range(runs):
        trials = random.integers(100, 600, programs)
        counts = random.binomial(trials, expit(random.normal(centre, spread, programs)))
        pooled = pooled_share(counts.tolist(), trials.tolist())
        typical += pooled.interval.low <= expit(centre) <= pooled.interval.high
        true = expit(random.normal(centre, spread))
        new += pooled.prediction.low <= true <= pooled.prediction.high
    # the normal interval of DerSimonian and Laird covers some 85% with four programs
    assert typical / runs > 0.92
    assert new / runs > 0.88


# ---- awkward cases


def test_two_programs_have_no_interval_for_a_new_one():
    pooled = pooled_share([10, 20], [100, 150])
    assert pooled.prediction is None
    assert pooled.interval is not None
    assert pooled.notes == (
        "With 2 programs no interval for a new program can be given; at least 3 are needed.",
    )


@pytest.mark.parametrize(
    ("counts", "trials", "number", "words"),
    [
        ([], [], 0, "No program has cases, so there is nothing to pool."),
        ([0, 0], [0, 0], 0, "No program has cases, so there is nothing to pool."),
        ([5, 0], [50, 0], 1, "1 program has cases, and pooling needs at least two."),
        (
            [0, 0, 0],
            [50, 60, 70],
            3,
            "No program has an event, so the share of a typical program cannot be worked out.",
        ),
        (
            [50, 60],
            [50, 60],
            2,
            "Every case is an event, so the share of a typical program cannot be worked out.",
        ),
    ],
)
def test_what_cannot_be_pooled_says_why(counts, trials, number, words):
    pooled = pooled_share(counts, trials)
    assert pooled.notes == (words,)
    assert pooled.program_count == number
    assert (pooled.count, pooled.denominator) == (sum(counts), sum(trials))
    assert pooled.share is pooled.interval is pooled.prediction is None


def test_a_program_without_cases_is_left_out():
    assert pooled_share([10, 0, 20], [100, 0, 150]) == pooled_share([10, 20], [100, 150])


def test_programs_that_agree_have_no_spread():
    pooled = pooled_share([10, 20, 40], [100, 200, 400])
    assert pooled.variance_between == 0.0
    assert pooled.share == pytest.approx(0.1)


# ---- what must always hold

PAIRS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(1, 400)).map(lambda p: (min(p), max(p))),
    min_size=2,
    max_size=8,
)


@repeatable
@given(PAIRS)
def test_intervals_lie_around_the_share_and_counting_others_mirrors_it(pairs):
    counts, trials = [k for k, _ in pairs], [n for _, n in pairs]
    pooled = pooled_share(counts, trials)
    mirrored = pooled_share([n - k for k, n in pairs], trials)
    if pooled.share is None:
        assert mirrored.share is None
        return
    assert 0 <= pooled.interval.low <= pooled.share <= pooled.interval.high <= 1
    assert mirrored.share == pytest.approx(1 - pooled.share, abs=1e-3)
    if pooled.prediction is not None:
        assert pooled.prediction.low <= pooled.share <= pooled.prediction.high


# ---- errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ([1, 2], [3]),
            "Expected one denominator for each numerator, found [2 and 1]; "
            "pass two lists of equal length.",
        ),
        (([4], [3]), "found [4 of 3]"),
        (([1], [3], 95), "found [95]; write for example 0.95."),
    ],
)
def test_impossible_pools_are_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        pooled_share(*arguments)
