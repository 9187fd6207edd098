"""Funnel plot: programs against one target, with limits that widen as a program gets smaller.

There is no ranking: programs inside the limits are not told apart from the target by their numbers.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# scipy.stats takes seconds to import; tests hold the quantiles here against it
from scipy.special import ndtri

from outcomes.statistics.interval import checked_share
from outcomes.statistics.overdispersion import ExcessVariation, excess_variation
from outcomes.statistics.proportion import binomial_cumulative

# chance that any program lies below the lower limit of the outer and of the inner funnel: 99.8% and 95% limits
OUTER_TAIL, INNER_TAIL = 0.001, 0.025


class FunnelPosition(StrEnum):
    """Where a program lies; the values are the words for the page."""

    FAR_BELOW = "below the 99.8% limits"
    BELOW = "below the 95% limits"
    WITHIN = "within the limits"
    ABOVE = "above the 95% limits"
    FAR_ABOVE = "above the 99.8% limits"
    NO_CASES = "no cases"


@dataclass(frozen=True)
class FunnelLimits:
    """Limits of a share for one size of program."""

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
    # cases that they are held against
    size: int
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

    Limits are exact binomial ones, interpolated between whole counts, and hold for all programs
    with cases together: were they alike, 95 of 100 funnels would have every program within the
    inner ones. Where programs differ more than chance lets them, the limits are widened by the
    variance between programs; they are never narrower than the exact ones. A program without cases
    has no limits and no position.

    Raises ValueError for impossible counts, lists of unequal length, or a target that is not
    between 0 and 1 (which it also is where no program, or every case, has the event).

    Source: Spiegelhalter 2005, Stat Med 24:1185-1202 (limits, appendix A.1); Spiegelhalter 2005,
    Qual Saf Health Care 14:347-351 (dispersion, additive model); the error divided over the
    programs: Bonferroni 1936.
    """
    if len(numerators) != len(denominators):
        raise ValueError(
            "Expected a count and a size for each program, found "
            f"[{len(numerators)} and {len(denominators)}]; pass two lists of equal length."
        )
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
    present = [(count, cases) for count, cases in pairs if cases > 0]
    excess = excess_variation(
        [count / cases - target for count, cases in present],
        [target * (1.0 - target) / cases for _, cases in present],
    )
    units = []
    for count, cases in pairs:
        if cases == 0:
            units.append(FunnelUnit(count, cases, None, None, FunnelPosition.NO_CASES))
            continue
        limits = share_funnel_limits(target, cases, excess.variance_between, len(present))
        position = _position(count / cases, limits)
        units.append(FunnelUnit(count, cases, count / cases, limits, position))
    return Funnel(target, tuple(units), excess)


def share_funnel_limits(
    target: float, denominator: int, variance_between: float = 0.0, program_count: int = 1
) -> FunnelLimits:
    """Limits of a share for a program of that many cases, one of so many, for drawing the funnel.

    Raises ValueError where the denominator is not a whole number of 1 or more.

    Source: that of `share_funnel`.
    """
    _, trials = checked_share(0, denominator)
    variance = target * (1.0 - target) / trials

    def limit(tail: float) -> float:
        exact = _interpolated_quantile(trials, target, tail) / trials
        if variance_between == 0.0:
            return exact
        # those of the additive model where that allows for more
        wide = target + float(ndtri(tail)) * math.sqrt(variance + variance_between)
        return max(0.0, min(exact, wide)) if tail < 0.5 else min(1.0, max(exact, wide))

    outer, inner = OUTER_TAIL / program_count, INNER_TAIL / program_count
    return FunnelLimits(
        outer_low=limit(outer),
        inner_low=limit(inner),
        inner_high=limit(1.0 - inner),
        outer_high=limit(1.0 - outer),
    )


def _interpolated_quantile(trials: int, share: float, probability: float) -> float:
    """Quantile of a count, between whole counts as in Spiegelhalter's appendix A.1.1, from 0 up."""

    def cumulative(count: int) -> float:
        return binomial_cumulative(count, trials, share)

    count = bisect_right(range(trials), probability, key=cumulative)
    here, before = cumulative(count), cumulative(count - 1)
    return max(0.0, count - (here - probability) / (here - before))


def _position(value: float, limits: FunnelLimits) -> FunnelPosition:
    """Where the value lies; on a limit is inside it."""
    if value < limits.outer_low:
        return FunnelPosition.FAR_BELOW
    if value < limits.inner_low:
        return FunnelPosition.BELOW
    if value > limits.outer_high:
        return FunnelPosition.FAR_ABOVE
    return FunnelPosition.ABOVE if value > limits.inner_high else FunnelPosition.WITHIN
