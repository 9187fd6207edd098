"""The same rates at another mix of calls: direct standardisation, with its interval."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

# scipy.stats takes seconds to import; chdtri is its quantile of chi squared, asked from above
from scipy.special import chdtri, ndtri

from outcomes.statistics.interval import Interval, checked_confidence, checked_share


@dataclass(frozen=True)
class OtherMix:
    """What a program's own rates give at its own mix of calls and at another; shares are 0 to 1."""

    # events over cases, as they were
    own_share: float
    # what the same rates by stratum give at the other mix
    other_share: float
    # limits of that share
    other_interval: Interval
    # share at the other mix less the own one
    difference: float
    # limits of the difference, for the mix of the cases as a random draw
    difference_interval: Interval
    # share of the other mix that lies in strata with cases, and so has a rate
    covered_share: float


def share_at_other_mix(
    strata: Mapping[object, tuple[int, int, float]], confidence: float = 0.95
) -> OtherMix | None:
    """A share at another mix of strata, beside the share as it is; None where nothing can be said.

    `strata` gives for each stratum the events, the cases, and how many calls the other mix has. Strata
    without cases have no rate: they are left out of the other mix, and the share of it that remains is
    told. None where no stratum has both cases and calls of the other mix.

    Limits of the share are those of a weighted sum of Poisson counts. Limits of the difference take the
    other mix as known, the mix of the cases as drawn from calls of it by chance (multinomial), and each
    stratum's rate as binomial, with a half added to events and one to cases so that a stratum without
    events still adds its uncertainty. Cases that are a large part of the calls differ from them by less than
    such a draw does, so a difference is claimed too rarely there rather than too often.

    Raises ValueError for impossible counts, or a negative number of calls.

    Source: Fay and Feuer 1997, Stat Med 16:791-801 (share); own (difference).
    """
    tail = (1.0 - checked_confidence(confidence)) / 2.0
    checked = []
    for events, cases, calls in strata.values():
        if not (calls >= 0 and math.isfinite(calls)):
            raise ValueError(
                f"Expected a number of calls that is 0 or more, found [{calls}]; count them anew."
            )
        checked.append((*checked_share(events, cases, none_allowed=True), float(calls)))
    present = [(events, cases, calls) for events, cases, calls in checked if cases > 0]
    all_cases = sum(cases for _, cases, _ in present)
    all_calls = sum(calls for _, _, calls in checked)
    kept_calls = sum(calls for _, _, calls in present)
    if not all_cases or not kept_calls:
        return None
    own = sum(events for events, _, _ in present) / all_cases
    other = sum(calls / kept_calls * events / cases for events, cases, calls in present)
    # What the mix of a random draw moves the share by, then what is not known of each rate.
    drawn = sum(
        calls / kept_calls * (events / cases - other) ** 2 for events, cases, calls in present
    )
    spread = drawn / all_cases
    for events, cases, calls in present:
        shift = calls / kept_calls - cases / all_cases
        rate = (events + 0.5) / (cases + 1.0)
        spread += shift**2 * rate * (1.0 - rate) / cases
    reach = float(ndtri(1.0 - tail)) * math.sqrt(spread)
    return OtherMix(
        own_share=own,
        other_share=other,
        other_interval=weighted_sum_interval(
            [(events, calls / kept_calls / cases) for events, cases, calls in present], confidence
        ),
        difference=other - own,
        difference_interval=Interval(low=other - own - reach, high=other - own + reach),
        covered_share=kept_calls / all_calls,
    )


def weighted_sum_interval(counts: list[tuple[int, float]], confidence: float = 0.95) -> Interval:
    """Limits of a weighted sum of Poisson counts, each given with its weight; in the unit of the weights.

    Without events the lower limit is 0. Weights of 0 play no part.

    Source: Fay and Feuer 1997, Stat Med 16:791-801.
    """
    tail = (1.0 - checked_confidence(confidence)) / 2.0
    total = sum(weight * count for count, weight in counts)
    variance = sum(weight * weight * count for count, weight in counts)
    largest = max(weight for _, weight in counts)
    low = 0.0
    if total > 0.0:
        low = variance / (2.0 * total) * float(chdtri(2.0 * total**2 / variance, 1.0 - tail))
    wide_total, wide_variance = total + largest, variance + largest**2
    high = (
        wide_variance
        / (2.0 * wide_total)
        * float(chdtri(2.0 * wide_total**2 / wide_variance, tail))
    )
    return Interval(low=low, high=min(1.0, high) if math.isfinite(high) else high)
