"""Rates of events per unit of exposure: their exact limits, and what zero events still allows."""

import math

# scipy.stats takes seconds to import; tests hold every function here against it
from scipy.special import gammainccinv, gammaincinv

from outcomes.statistics.interval import (
    Interval,
    checked_confidence,
    checked_count,
    checked_exposure,
)


def garwood_interval(count: int, exposure: float, confidence: float = 0.95) -> Interval:
    """Limits of a rate, events per unit of exposure: exact Poisson limits, equal tails.

    For a rate per 10,000 responses pass the responses divided by 10,000. A count of 0 gives a lower
    limit of exactly 0; for that case said in one sentence use `zero_rate_upper_limit`.

    Raises ValueError for a negative count, an exposure that is not above zero, or a confidence
    outside 0 to 1.

    Source: Garwood 1936, Biometrika 28:437-442, through the gamma distribution.
    """
    count = checked_count("count", count)
    return garwood_limits(count, checked_exposure("exposure", exposure), confidence)


def garwood_limits(count: float, exposure: float, confidence: float) -> Interval:
    """Those of `garwood_interval`, also where a design effect makes the count part of a whole number."""
    tail = (1.0 - checked_confidence(confidence)) / 2.0
    low = 0.0 if count == 0 else float(gammaincinv(count, tail)) / exposure
    return Interval(low=low, high=float(gammainccinv(count + 1, tail)) / exposure)


def zero_rate_upper_limit(exposure: float, confidence: float = 0.95) -> float:
    """Largest rate, events per unit of exposure, that no event at all still allows.

    The exact one-sided Poisson upper limit: at 95% about 3 / exposure. One-sided, because the
    lower limit is known to be 0; hence smaller than the upper limit of `garwood_interval`.

    Raises ValueError for an exposure that is not above zero, or a confidence outside 0 to 1.

    Source: Hanley and Lippman-Hand 1983, JAMA 249:1743-1745; exp(-limit * exposure) is
    1 - confidence.
    """
    return zero_rate_limit(checked_exposure("exposure", exposure), confidence)


def zero_rate_limit(exposure: float, confidence: float) -> float:
    """That of `zero_rate_upper_limit`, of an exposure that is above zero."""
    return -math.log1p(-checked_confidence(confidence)) / exposure
