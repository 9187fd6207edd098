"""Excess variation: whether programs differ more than chance lets them, and by how much."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outcomes.statistics.rounding import rounded

# fewer programs than this do not show whether they differ more than chance lets them
MINIMUM_PROGRAMS = 5
# share of the most extreme programs, at each end, that is pulled in before dispersion is judged
WINSORISED = 0.1


@dataclass(frozen=True)
class ExcessVariation:
    """Variation between programs beyond chance, around one target."""

    # mean squared distance from the target in units of chance, extremes pulled in: 1 is chance
    # alone; None where there are too few programs to say
    dispersion: float | None
    # variance of true values between programs, in the unit of the value squared; 0 for chance alone
    variance_between: float
    # what a reader must know about it, as a sentence
    note: str


def excess_variation(
    distances: Sequence[float], chance_variances: Sequence[float]
) -> ExcessVariation:
    """Variation between programs from each one's distance to the target and variance by chance.

    The most extreme tenth at each end is pulled in to the tenth and ninetieth percentile first, so
    that one unusual program does not excuse itself; where programs differ evenly this makes the
    standard deviation between them about a fifth too small. Excess is claimed where the mean squared
    distance is more than two of its standard deviations above 1. Under five programs nothing is
    claimed, and said so.

    Raises ValueError for lists of unequal length, or a variance that is not above 0.

    Source: Spiegelhalter 2005, Qual Saf Health Care 14:347-351; additive model by the moments of
    DerSimonian and Laird 1986.
    """
    number = len(distances)
    if number != len(chance_variances) or any(not v > 0.0 for v in chance_variances):
        raise ValueError(
            "Expected a variance above 0 for each program, found "
            f"[{number} distances and {list(chance_variances)[:8]}]; leave out programs without "
            "cases."
        )
    if number < MINIMUM_PROGRAMS:
        return ExcessVariation(
            None,
            0.0,
            f"Fewer than {MINIMUM_PROGRAMS} programs do not show how far such programs lie apart, so the limits allow "
            "for chance alone.",
        )
    scores = [
        distance / math.sqrt(variance)
        for distance, variance in zip(distances, chance_variances, strict=True)
    ]
    low, high = np.quantile(scores, [WINSORISED, 1.0 - WINSORISED])
    dispersion = float(sum(np.clip(scores, low, high) ** 2)) / number
    # a mean of that many squared standard normal numbers has the variance 2 / number
    if dispersion <= 1.0 + 2.0 * math.sqrt(2.0 / number):
        return ExcessVariation(dispersion, 0.0, "The limits allow for chance alone.")
    weights = [1.0 / variance for variance in chance_variances]
    total = sum(weights)
    scale = total - sum(weight * weight for weight in weights) / total
    return ExcessVariation(
        dispersion,
        max(0.0, (number * dispersion - (number - 1)) / scale),
        "The limits allow for chance and for the spread among these programs "
        f"({rounded(dispersion, 1)} times as wide as chance makes it, squared): only what stands out from that spread is outside.",
    )
