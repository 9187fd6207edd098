"""Shares of cases: their intervals, and what zero events in n cases still allows."""

import math

# scipy.stats has the same intervals but takes seconds to import, which a first page view would
# wait for; tests hold every function here against it.
from scipy.special import betaincc, betainccinv, betaincinv, ndtri

from outcomes.statistics.interval import (
    Interval,
    checked_confidence,
    checked_count,
    checked_share,
)


def wilson_interval(numerator: int, denominator: int, confidence: float = 0.95) -> Interval:
    """Limits of a share, each 0 to 1, for display: Wilson's score interval, uncorrected.

    None of n gives a lower limit of exactly 0, all of n an upper limit of exactly 1. The limits
    always lie around the observed share. Coverage is the stated one on average, not at every true
    share; where it must be guaranteed, use `clopper_pearson_interval`.

    Raises ValueError for a denominator of 0, a negative count, more cases than there were, or a
    confidence outside 0 to 1.

    Source: Wilson 1927, J Am Stat Assoc 22:209-212; method 3 of Newcombe 1998, Stat Med 17:857-872.
    """
    return wilson_limits(*checked_share(numerator, denominator), confidence)


def wilson_limits(numerator: float, denominator: float, confidence: float) -> Interval:
    """Those of `wilson_interval`, also where a design effect makes the counts parts of a whole number."""
    score = -float(ndtri((1.0 - checked_confidence(confidence)) / 2.0))
    share = numerator / denominator
    squared = score * score
    middle = numerator + squared / 2.0
    # whole numbers as long as possible: 1 - share would lose digits where nearly all are counted
    spread = score * math.sqrt(numerator * (denominator - numerator) / denominator + squared / 4.0)
    # rounding may move a limit past the share, or past 0 and 1, by one part in 10**16
    low = 0.0 if numerator == 0 else min(share, (middle - spread) / (denominator + squared))
    high = (
        1.0 if numerator == denominator else max(share, (middle + spread) / (denominator + squared))
    )
    return Interval(low=low, high=high)


def clopper_pearson_interval(
    numerator: int, denominator: int, confidence: float = 0.95
) -> Interval:
    """Limits of a share, each 0 to 1, that cover at least as often as stated: for safety, injuries.

    None of n gives a lower limit of exactly 0, all of n an upper limit of exactly 1; the other
    limit then still carries half of the error, so for none of n said in one sentence use
    `zero_upper_limit`.

    Raises ValueError for a denominator of 0, a negative count, more cases than there were, or a
    confidence outside 0 to 1.

    Source: Clopper and Pearson 1934, Biometrika 26:404-413, through the beta distribution.
    """
    return clopper_pearson_limits(*checked_share(numerator, denominator), confidence)


def clopper_pearson_limits(numerator: float, denominator: float, confidence: float) -> Interval:
    """Those of `clopper_pearson_interval`, also where a design effect makes the counts parts of a whole number."""
    tail = (1.0 - checked_confidence(confidence)) / 2.0
    others = denominator - numerator
    low = 0.0 if numerator == 0 else float(betaincinv(numerator, others + 1, tail))
    high = 1.0 if others == 0 else float(betainccinv(numerator + 1, others, tail))
    return Interval(low=low, high=high)


def zero_upper_limit(denominator: int, confidence: float = 0.95) -> float:
    """Largest share, 0 to 1, that none of n cases still allows: the exact one-sided upper limit.

    At 95% it is close to 3 / n, and is said as "up to about 1 in k". One-sided, because the lower
    limit is known to be 0; hence smaller than the upper limit of `clopper_pearson_interval`.

    Raises ValueError for a denominator of 0, or a confidence outside 0 to 1.

    Source: Hanley and Lippman-Hand 1983, JAMA 249:1743-1745; (1 - limit)**n = 1 - confidence.
    """
    return zero_limit(checked_share(0, denominator)[1], confidence)


def zero_limit(denominator: float, confidence: float) -> float:
    """That of `zero_upper_limit`, also where a design effect makes the cases parts of a whole number."""
    # expm1 keeps every digit where the limit is a few in a million
    return -math.expm1(math.log1p(-checked_confidence(confidence)) / denominator)


def binomial_cumulative(count: int, trials: int, probability: float) -> float:
    """Probability, 0 to 1, of at most `count` successes in `trials` independent trials.

    A count below 0 has probability 0, a count of all trials or more has probability 1. The
    probability of a success may be 0 or 1. Raises ValueError for negative trials, or a probability
    of a success outside 0 to 1.

    Source: the regularised incomplete beta function; scipy.special.bdtr is not used because near
    the middle of some millions of trials it is wrong from the third digit on.
    """
    trials = checked_count("number of trials", trials)
    if not 0.0 <= probability <= 1.0:
        raise ValueError(
            f"Expected the probability of a success to be from 0 to 1, found [{probability}]; "
            "divide a percentage by 100."
        )
    if count < 0:
        return 0.0
    if count >= trials:
        return 1.0
    return float(betaincc(count + 1, trials - count, probability))
