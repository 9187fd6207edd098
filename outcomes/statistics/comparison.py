"""Two periods against each other: how much changed, by what chance, and in which of four words."""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# scipy.stats takes seconds to import; tests hold every function here against it
from scipy.special import gammaln, kl_div, xlogy

from outcomes.statistics.interval import (
    Interval,
    checked_count,
    checked_exposure,
    checked_share,
)
from outcomes.statistics.proportion import binomial_cumulative, wilson_interval

# confidence of the limits by which a change is claimed
CONFIDENCE = 0.95

# how often the range of a p-value is halved to find it
HALVINGS = 16

# two outcomes count as equally likely if they differ by no more than this share, because rounding
# makes equal ones differ; the same allowance as in scipy.stats.binomtest and R's binom.test
EQUALLY_LIKELY = 1e-7

# from this count on, the series for a factorial is exact to the last digit of a float
SERIES_FROM_COUNT = 16


class Change(StrEnum):
    """What may be said about this period against the earlier one."""

    HIGHER = "higher"
    LOWER = "lower"
    ABOUT_THE_SAME = "about the same"
    TOO_FEW = "too few to tell"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class Difference:
    """How much a figure changed, now minus earlier, in the figure's unit."""

    # the change that was seen
    size: float
    # 95% limits of the change; None where there is too little to set any
    low: float | None
    high: float | None
    # chance of limits that leave out 0 if nothing had changed; 1 where they do not
    p_value: float


def verdict(difference: Difference, margin: float) -> Change:
    """What may be said of a change, where one smaller than `margin` is not worth acting on.

    About the same where the limits lie wholly within the margin, also where they leave out 0: the
    change is then known, and known to be small. Else higher or lower where they leave out 0. All
    else is too few to tell. A margin of 0 makes nothing about the same.

    Source: limits within a margin, Schuirmann 1987, J Pharmacokinet Biopharm 15:657-680; here with
    limits at 95%, which is more cautious than the usual 90%.
    """
    low, high = difference.low, difference.high
    if low is None or high is None:
        return Change.TOO_FEW
    if -margin < low and high < margin:
        return Change.ABOUT_THE_SAME
    if low > 0.0:
        return Change.HIGHER
    return Change.LOWER if high < 0.0 else Change.TOO_FEW


def difference_with_limits(size: float, limits: Callable[[float], Interval | None]) -> Difference:
    """The change with its 95% limits and p-value, from what gives limits for a confidence.

    The p-value is 1 less the highest confidence at which the limits leave out 0, to within a
    millionth; 1 where those at 95% do not, for then it is not asked.

    Source: a test by its confidence interval; own halving.
    """
    found = limits(CONFIDENCE)
    if found is None:
        return Difference(size, None, None, 1.0)
    if found.low <= 0.0 <= found.high:
        return Difference(size, found.low, found.high, 1.0)
    low, high = CONFIDENCE, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        around = limits(middle)
        if around is not None and (around.low > 0.0 or around.high < 0.0):
            low = middle
        else:
            high = middle
    return Difference(size, found.low, found.high, 1.0 - low)


def newcombe_difference_interval(
    numerator: int,
    denominator: int,
    earlier_numerator: int,
    earlier_denominator: int,
    confidence: float = 0.95,
) -> Interval:
    """Limits of a difference of two shares, now minus earlier, each -1 to 1.

    None or all of n in either period needs no special care. The limits always lie around the
    observed difference.

    Raises ValueError for a denominator of 0, a negative count, more cases than there were, or a
    confidence outside 0 to 1.

    Source: method 10 (hybrid score, from two Wilson intervals without continuity correction) of
    Newcombe 1998, Stat Med 17:873-890.
    """
    numerator, denominator = checked_share(numerator, denominator)
    earlier_numerator, earlier_denominator = checked_share(
        earlier_numerator, earlier_denominator, which="earlier "
    )
    share = numerator / denominator
    earlier_share = earlier_numerator / earlier_denominator
    now = wilson_interval(numerator, denominator, confidence)
    earlier = wilson_interval(earlier_numerator, earlier_denominator, confidence)
    difference = share - earlier_share
    return Interval(
        low=max(-1.0, difference - math.hypot(share - now.low, earlier.high - earlier_share)),
        high=min(1.0, difference + math.hypot(now.high - share, earlier_share - earlier.low)),
    )


def poisson_ratio_test(
    count: int, exposure: float, earlier_count: int, earlier_exposure: float
) -> float:
    """Probability, 0 to 1, of counts at least this unlikely if both periods had the same rate.

    The exact two-sided test of the ratio of two Poisson rates: given the events of both periods
    together, those of one period are binomial. No event in either period gives 1. The two periods
    may be exchanged. Fast for tens of millions of events.

    Raises ValueError for a negative count, or an exposure that is not above zero.

    Source: Przyborowski and Wilenski 1940, Biometrika 31:313-323; outcomes no likelier than the one
    seen are added up, as in scipy.stats.binomtest and R's poisson.test.
    """
    count = checked_count("count", count)
    earlier_count = checked_count("earlier count", earlier_count)
    exposure = checked_exposure("exposure", exposure)
    earlier_exposure = checked_exposure("earlier exposure", earlier_exposure)
    trials = count + earlier_count
    # The test does not mind which period goes first, so the period with fewer events than expected
    # does: then the lower tail is the one that was seen, and one case is left to work out.
    # Multiplied out, because a quotient would make equal rates differ by rounding.
    if count * earlier_exposure > earlier_count * exposure:
        count, exposure, earlier_exposure = earlier_count, earlier_exposure, exposure
    elif count * earlier_exposure == earlier_count * exposure:
        return 1.0
    success = exposure / (exposure + earlier_exposure)
    failure = earlier_exposure / (exposure + earlier_exposure)
    threshold = _log_binomial_probability(count, trials, success, failure) + math.log1p(
        EQUALLY_LIKELY
    )
    # Above the expected count the probabilities only fall, so the first outcome that is as unlikely
    # as the one seen is found by halving: some 25 steps where adding them up takes millions.
    first_above = math.ceil(trials * success)
    first_as_unlikely = first_above + bisect_left(
        range(first_above, trials + 1),
        True,
        key=lambda other: _log_binomial_probability(other, trials, success, failure) <= threshold,
    )
    lower_tail = binomial_cumulative(count, trials, success)
    upper_tail = binomial_cumulative(trials - first_as_unlikely, trials, failure)
    return min(1.0, lower_tail + upper_tail)


def _log_binomial_probability(count: int, trials: int, success: float, failure: float) -> float:
    """Natural logarithm of the probability of exactly `count` successes in `trials`.

    Loader's form, in which the huge factorials never appear: their logarithms differ by less than a
    float can hold where there are millions of trials, too coarse to tell equally likely outcomes.

    Source: Loader 2000, Fast and accurate computation of binomial probabilities.
    """
    others = trials - count
    if count == 0:
        return float(xlogy(trials, failure))
    if others == 0:
        return float(xlogy(trials, success))
    return (
        _factorial_correction(trials)
        - _factorial_correction(count)
        - _factorial_correction(others)
        - float(kl_div(count, trials * success))
        - float(kl_div(others, trials * failure))
        + 0.5 * math.log(trials / (2.0 * math.pi * count * others))
    )


def _factorial_correction(count: int) -> float:
    """What Stirling's formula lacks of the natural logarithm of count factorial, for one or more.

    Source: the asymptotic series of the gamma function, Abramowitz and Stegun 1964, 6.1.41.
    """
    if count < SERIES_FROM_COUNT:
        stirling = (count + 0.5) * math.log(count) - count + 0.5 * math.log(2.0 * math.pi)
        return float(gammaln(count + 1)) - stirling
    square = count * count
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / count
