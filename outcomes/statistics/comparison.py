"""Two periods against each other: shares, rates, volumes, and whether a change may be claimed."""

import math
from bisect import bisect_left
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

# a p-value below this lets a change of a rate or a volume be claimed
SIGNIFICANCE_LEVEL = 0.05

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
    NOT_COMPARABLE = "not comparable"


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


def change_between_shares(
    numerator: int, denominator: int, earlier_numerator: int, earlier_denominator: int
) -> Change:
    """What may be said about a share against the earlier one.

    Higher or lower only where Newcombe's 95 % interval of the difference leaves out 0. Not
    comparable where either period has no cases. "About the same" also stands for too few cases to
    tell.

    Raises ValueError for a negative count, or more cases than there were.

    Source: Newcombe 1998, Stat Med 17:873-890.
    """
    numerator, denominator = checked_share(numerator, denominator, none_allowed=True)
    earlier_numerator, earlier_denominator = checked_share(
        earlier_numerator, earlier_denominator, which="earlier ", none_allowed=True
    )
    if denominator == 0 or earlier_denominator == 0:
        return Change.NOT_COMPARABLE
    interval = newcombe_difference_interval(
        numerator, denominator, earlier_numerator, earlier_denominator
    )
    if interval.low > 0.0:
        return Change.HIGHER
    return Change.LOWER if interval.high < 0.0 else Change.ABOUT_THE_SAME


def change_between_rates(
    count: int, exposure: float, earlier_count: int, earlier_exposure: float
) -> Change:
    """What may be said about a rate of events against the earlier one.

    Higher or lower only where the exact test of the ratio gives a p-value below 0.05. Not
    comparable where either period has no exposure. "About the same" also stands for too few events
    to tell.

    Raises ValueError for a negative count or a negative exposure.

    Source: that of `poisson_ratio_test`.
    """
    count = checked_count("count", count)
    earlier_count = checked_count("earlier count", earlier_count)
    exposure = checked_exposure("exposure", exposure, zero_allowed=True)
    earlier_exposure = checked_exposure("earlier exposure", earlier_exposure, zero_allowed=True)
    if exposure == 0.0 or earlier_exposure == 0.0:
        return Change.NOT_COMPARABLE
    if poisson_ratio_test(count, exposure, earlier_count, earlier_exposure) >= SIGNIFICANCE_LEVEL:
        return Change.ABOUT_THE_SAME
    is_higher = count * earlier_exposure > earlier_count * exposure
    return Change.HIGHER if is_higher else Change.LOWER


def change_between_volumes(count: int, days: int, earlier_count: int, earlier_days: int) -> Change:
    """What may be said about a number of events a day against the earlier one.

    Higher or lower only where the exact test of the ratio gives a p-value below 0.05, so months of
    30 and 31 days can be compared. Not comparable where either period has no days.

    The test takes events to be independent of each other. Calls cluster by season and weather, so
    with tens of thousands of them a change of one percent is claimed that may be nothing special;
    whether a month is unusual is for the control chart to say.

    Raises ValueError for a negative count, or days that are not a whole number of zero or more.

    Source: that of `poisson_ratio_test`.
    """
    days = checked_count("number of days", days)
    earlier_days = checked_count("earlier number of days", earlier_days)
    return change_between_rates(count, days, earlier_count, earlier_days)


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
