"""Control charts of shares and of volumes by month: what is usual, and what is a signal."""

import math
from collections.abc import Sequence

from outcomes.statistics.control_segments import (
    ChartMethod,
    ControlChart,
    PhaseLimits,
    charted,
    checked_values,
    moving_ranges,
)
from outcomes.statistics.control_signals import Limits
from outcomes.statistics.interval import checked_share

# mean step between neighbours over their standard deviation (d2 of quality control, two at a time)
STEP_PER_SIGMA = 1.128
# mean step to the limits of single values, 3 / d2, and to the limit of the steps (D4)
LIMIT_PER_STEP, RANGE_LIMIT_PER_STEP = 2.66, 3.268
# fewer steps than this say too little about the spread from month to month
MINIMUM_STEPS = 4
# from this mean denominator on, real differences between months rival chance (qicharts2, vignette)
LARGE_DENOMINATOR = 1000
# fewer expected cases (or others) a point, and the binomial is too lopsided for three sigma
MINIMUM_EXPECTED = 5.0
# sigma z of purely binomial points exceeds 1 by this over the root of the steps in one of twenty
CHANCE_DISPERSION = 1.645 * 0.91


def p_chart(
    numerators: Sequence[int | None],
    denominators: Sequence[int | None],
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> ControlChart:
    """Chart of a share by month, 0 to 1: three-sigma limits, widened as Laney does when they must.

    Limits follow each month's denominator. A month with a denominator of 0 is a gap, and so is one
    with a None for either count (not recorded, or hidden). Limits never
    leave 0 to 1; at 0 or 1 they cannot be crossed.

    Laney's p' limits are used where months are large and spread more than chance would spread them:
    on average a denominator of at least 1,000, at least five cases and five others a month, and
    sigma z above what purely binomial months reach one time in twenty (about 1.3 for 24 months).
    Sigma z below 1 never narrows the limits. Small months keep the limits of chance, for sigma z
    also grows with the very signals that are sought; a caution then says how much they spread.

    No case at all in the baseline, or nothing but cases, gives no limits, and says so. Parameters
    `changes` and `baseline` are those of `charted`.

    Raises ValueError for negative counts, more cases than there were, or lists of unequal length.

    Source: Montgomery, Introduction to Statistical Quality Control, section 7.2; Laney 2002, Qual
    Eng 14:531-537.
    """
    if len(numerators) != len(denominators):
        raise ValueError(
            "Expected one denominator for each numerator, found "
            f"[{len(numerators)} and {len(denominators)}]; pass two lists of equal length."
        )
    counts = [
        (0, 0)
        if numerator is None or denominator is None
        else checked_share(numerator, denominator, none_allowed=True)
        for numerator, denominator in zip(numerators, denominators, strict=True)
    ]
    shares = [cases / trials if trials else None for cases, trials in counts]

    def phase_limits_of(start: int, stop: int, baseline_stop: int) -> PhaseLimits | str:
        cases = sum(count for count, _ in counts[start:baseline_stop])
        trials = sum(trials for _, trials in counts[start:baseline_stop])
        if cases in (0, trials):
            which = "no case" if cases == 0 else "nothing but cases"
            return (
                f"Limits of a share need both cases and others: {which} in {trials}; "
                "look at what lies between events instead."
            )
        centre = cases / trials
        z_scores = [
            (count / trials - centre) / _binomial_sigma(centre, trials) if trials else None
            for count, trials in counts[start:baseline_stop]
        ]
        steps = moving_ranges(z_scores)
        dispersion = sum(steps) / len(steps) / STEP_PER_SIGMA if steps else None
        recorded = sum(trials > 0 for _, trials in counts[start:baseline_stop])
        expected = min(cases, trials - cases) / recorded
        is_spread = (
            dispersion is not None
            and len(steps) >= MINIMUM_STEPS
            and expected >= MINIMUM_EXPECTED
            and dispersion > 1.0 + CHANCE_DISPERSION / math.sqrt(len(steps))
        )
        is_widened = is_spread and trials / recorded >= LARGE_DENOMINATOR
        cautions = []
        if expected < MINIMUM_EXPECTED:
            cautions.append(
                f"Fewer than {MINIMUM_EXPECTED:g} cases a month are usual, so these limits are "
                "rough; what lies between events shows more."
            )
        if is_spread and not is_widened:
            cautions.append(
                f"Months differ {dispersion:.1f} times as much as chance alone lets them differ, "
                "so a single point outside these limits is weaker evidence than it looks."
            )
        sigma_factor = dispersion if is_widened and dispersion is not None else 1.0
        return PhaseLimits(
            method=ChartMethod.LANEY_P if is_widened else ChartMethod.P,
            limits=tuple(
                _around(centre, sigma_factor * _binomial_sigma(centre, trials), 1.0)
                for _, trials in counts[start:stop]
            ),
            dispersion=dispersion,
            cautions=tuple(cautions),
        )

    return charted(shares, changes, baseline, phase_limits_of)


def xmr_chart(
    values: Sequence[float | None],
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> ControlChart:
    """Chart of counts, such as calls a month, in their own unit: limits from their steps.

    A value that was not recorded is None: a gap, across which no step is taken. Limits are cut off
    at 0. Steps above the limit of steps are left out once, so that one wild month does not widen
    the limits.

    A season is not taken out: where volumes have one, its high and low months show as runs.

    Fewer than four steps, or values that never change, give no limits, and say so. Months of
    unequal length are better charted by calls a day. Parameters `changes` and `baseline` are those
    of `charted`.

    Raises ValueError for a text or an infinite number.

    Source: Wheeler, Understanding Variation (2.66, 3.27); leaving out wild
    steps once: Nelson 1982, J Qual Technol 14:172-173, as in NHS England's Making Data Count.
    """
    numbers = checked_values("value", values)

    def phase_limits_of(start: int, stop: int, baseline_stop: int) -> PhaseLimits | str:
        recorded = [value for value in numbers[start:baseline_stop] if value is not None]
        steps = moving_ranges(numbers[start:baseline_stop])
        if len(steps) < MINIMUM_STEPS:
            return (
                f"Too few neighbouring points to say what is usual: {len(steps)} steps from one "
                f"to the next, at least {MINIMUM_STEPS} are needed."
            )
        if max(steps) == 0.0:
            return "The values never change, so they do not show how much they usually vary."
        centre, step = sum(recorded) / len(recorded), sum(steps) / len(steps)
        # where half of the steps or more are 0, leaving out the others would leave no spread
        tame = [size for size in steps if size < RANGE_LIMIT_PER_STEP * step]
        step = sum(tame) / len(tame) if any(tame) else step
        limits = _around(centre, LIMIT_PER_STEP * step / 3.0, math.inf)
        return PhaseLimits(
            method=ChartMethod.XMR,
            limits=(limits,) * (stop - start),
            range_high=RANGE_LIMIT_PER_STEP * step,
        )

    return charted(numbers, changes, baseline, phase_limits_of)


def _around(centre: float, sigma: float, highest: float) -> Limits:
    """Three-sigma limits, cut off where values cannot go; near is from two sigma on."""
    return Limits(
        centre=centre,
        low=max(centre - 3.0 * sigma, 0.0),
        high=min(centre + 3.0 * sigma, highest),
        near_low=centre - 2.0 * sigma,
        near_high=centre + 2.0 * sigma,
    )


def _binomial_sigma(share: float, trials: int) -> float:
    """Standard deviation of a share of that many trials; of no trials, as of one."""
    return math.sqrt(share * (1.0 - share) / max(trials, 1))
