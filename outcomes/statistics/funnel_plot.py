"""Funnel plot: programs against one target, with limits that widen as a program gets smaller.

There is no ranking: programs inside the limits are not told apart from the target by their numbers.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# scipy.stats takes seconds to import; tests hold the quantiles here against it
from scipy.special import gammaincc, ndtri

from outcomes.statistics.interval import checked_count, checked_exposure, checked_share
from outcomes.statistics.overdispersion import ExcessVariation, excess_variation
from outcomes.statistics.proportion import binomial_cumulative

# chance below the lower limit of the outer and of the inner funnel: 99.8 % and 95 % limits
OUTER_TAIL, INNER_TAIL = 0.001, 0.025


class FunnelPosition(StrEnum):
    """Where a program lies; the values are the words for the page."""

    FAR_BELOW = "below the 99.8 % limits"
    BELOW = "below the 95 % limits"
    WITHIN = "within the limits"
    ABOVE = "above the 95 % limits"
    FAR_ABOVE = "above the 99.8 % limits"
    NO_CASES = "no cases"


@dataclass(frozen=True)
class FunnelLimits:
    """Limits for one size of program, in the unit of the value: a share, or a ratio to expected."""

    # below this: far below
    outer_low: float
    # below this: below
    inner_low: float
    # above this: above
    inner_high: float
    # above this: far above
    outer_high: float


@dataclass(frozen=True)
class FunnelUnit:
    """One program in the funnel."""

    # events that were counted
    count: int
    # what they are held against: cases for a share, expected events for a ratio
    size: float
    # count over size; None where the size is 0
    value: float | None
    # limits for this size; None where the size is 0
    limits: FunnelLimits | None
    # where the value lies
    position: FunnelPosition


@dataclass(frozen=True)
class Funnel:
    """Programs around a target, in the order in which they were given."""

    # the value that all are held against
    target: float
    # the programs
    units: tuple[FunnelUnit, ...]
    # how much programs differ beyond chance, and the allowance made for it
    excess: ExcessVariation


def share_funnel(
    numerators: Sequence[int], denominators: Sequence[int], target: float | None = None
) -> Funnel:
    """Funnel of shares, 0 to 1, around a target: that of all programs together unless given.

    Limits are exact binomial ones, interpolated between whole counts. Where programs differ more
    than chance lets them, the limits are widened by the variance between programs; they are never
    narrower than the exact ones. A program without cases has no limits and no position.

    Raises ValueError for impossible counts, lists of unequal length, or a target that is not
    between 0 and 1 (which it also is where no program, or every case, has the event).

    Source: Spiegelhalter 2005, Stat Med 24:1185-1202 (limits, appendix A.1); Spiegelhalter 2005,
    Qual Saf Health Care 14:347-351 (dispersion, additive model).
    """
    _check_lengths(len(numerators), len(denominators))
    pairs = [
        checked_share(count, cases, none_allowed=True)
        for count, cases in zip(numerators, denominators, strict=True)
    ]
    all_cases = sum(cases for _, cases in pairs)
    if target is None:
        target = sum(count for count, _ in pairs) / all_cases if all_cases else 0.0
    if not 0.0 < target < 1.0:
        raise ValueError(
            f"Expected a target share between 0 and 1, neither included, found [{target}]; "
            "without events, or with nothing else, programs cannot be told apart."
        )
    return _funnel(
        pairs,
        target,
        lambda size: target * (1.0 - target) / size,
        lambda size, between: share_funnel_limits(target, int(size), between),
    )


def ratio_funnel(observed: Sequence[int], expected: Sequence[float], target: float = 1.0) -> Funnel:
    """Funnel of ratios of observed to expected events around a target ratio, usually 1.

    As `share_funnel`, with exact Poisson limits.

    Raises ValueError for counts or expected events below 0, lists of unequal length, or a target
    that is not above 0.

    Source: that of `share_funnel`.
    """
    _check_lengths(len(observed), len(expected))
    target = checked_exposure("target ratio", target)
    pairs = [
        (
            checked_count("observed events", count),
            checked_exposure("expected events", size, zero_allowed=True),
        )
        for count, size in zip(observed, expected, strict=True)
    ]
    return _funnel(
        pairs,
        target,
        lambda size: target / size,
        lambda size, between: ratio_funnel_limits(target, size, between),
    )


def share_funnel_limits(
    target: float, denominator: int, variance_between: float = 0.0
) -> FunnelLimits:
    """Limits of a share for a program of that many cases, for drawing the funnel.

    Raises ValueError where the denominator is not a whole number of 1 or more.

    Source: that of `share_funnel`.
    """
    _, trials = checked_share(0, denominator)

    def cumulative(count: int) -> float:
        return binomial_cumulative(count, trials, target)

    variance = target * (1.0 - target) / trials
    return _limits(cumulative, trials, trials, target, variance, variance_between, 1.0)


def ratio_funnel_limits(
    target: float, expected: float, variance_between: float = 0.0
) -> FunnelLimits:
    """Limits of a ratio for a program with that many expected events, for drawing the funnel.

    Raises ValueError where the expected events are not above 0.

    Source: that of `share_funnel`.
    """
    expected = checked_exposure("expected events", expected)
    mean = target * expected

    def cumulative(count: int) -> float:
        return float(gammaincc(count + 1, mean)) if count >= 0 else 0.0

    # far beyond every quantile that is asked for
    largest = math.ceil(mean + 20.0 * math.sqrt(mean) + 50.0)
    return _limits(
        cumulative, largest, expected, target, target / expected, variance_between, math.inf
    )


def _limits(
    cumulative: Callable[[int], float],
    largest: int,
    size: float,
    target: float,
    variance: float,
    variance_between: float,
    highest: float,
) -> FunnelLimits:
    """Exact limits, widened to those of the additive model where that allows for more."""

    def limit(tail: float) -> float:
        exact = _interpolated_quantile(cumulative, largest, tail) / size
        if variance_between == 0.0:
            return exact
        wide = target + float(ndtri(tail)) * math.sqrt(variance + variance_between)
        return max(0.0, min(exact, wide)) if tail < 0.5 else min(highest, max(exact, wide))

    return FunnelLimits(
        outer_low=limit(OUTER_TAIL),
        inner_low=limit(INNER_TAIL),
        inner_high=limit(1.0 - INNER_TAIL),
        outer_high=limit(1.0 - OUTER_TAIL),
    )


def _interpolated_quantile(
    cumulative: Callable[[int], float], largest: int, probability: float
) -> float:
    """Quantile of a count, between whole counts as in Spiegelhalter's appendix A.1.1, from 0 up."""
    count = bisect_right(range(largest), probability, key=cumulative)
    here, before = cumulative(count), cumulative(count - 1)
    return max(0.0, count - (here - probability) / (here - before))


def _funnel(
    pairs: Sequence[tuple[int, float]],
    target: float,
    variance_of: Callable[[float], float],
    limits_of: Callable[[float, float], FunnelLimits],
) -> Funnel:
    """The funnel, with an allowance for variance between programs where it is called for."""
    present = [(count, size) for count, size in pairs if size > 0]
    excess = excess_variation(
        [count / size - target for count, size in present],
        [variance_of(size) for _, size in present],
    )
    units = []
    for count, size in pairs:
        if size <= 0:
            units.append(FunnelUnit(count, size, None, None, FunnelPosition.NO_CASES))
            continue
        limits = limits_of(size, excess.variance_between)
        position = _position(count / size, limits)
        units.append(FunnelUnit(count, size, count / size, limits, position))
    return Funnel(target, tuple(units), excess)


def _position(value: float, limits: FunnelLimits) -> FunnelPosition:
    """Where the value lies; on a limit is inside it."""
    if value < limits.outer_low:
        return FunnelPosition.FAR_BELOW
    if value < limits.inner_low:
        return FunnelPosition.BELOW
    if value > limits.outer_high:
        return FunnelPosition.FAR_ABOVE
    return FunnelPosition.ABOVE if value > limits.inner_high else FunnelPosition.WITHIN


def _check_lengths(counts: int, sizes: int) -> None:
    """Raise ValueError where the two lists do not belong together."""
    if counts != sizes:
        raise ValueError(
            f"Expected a count and a size for each program, found [{counts} and {sizes}]; "
            "pass two lists of equal length."
        )
