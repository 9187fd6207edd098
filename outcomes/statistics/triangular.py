"""The triangular distribution of a number that is assumed as low, base and high; its quantiles, and draws of several at once."""

import math
from functools import cache

import numpy
from numpy.typing import NDArray

from outcomes.statistics.interval import checked_count

Floats = NDArray[numpy.float64]
# Ends and middle of the range that is shown: eight draws in ten lie between the ends.
TENTH, MIDDLE, NINETIETH = 0.1, 0.5, 0.9
# So many that the ends of the range move by well under 1% from one seed to another.
DRAWS = 10_000
# Any fixed number: the same assumptions give the same range, on every page and every day.
SEED = 2020


def triangular_quantile(low: float, base: float, high: float, probability: Floats) -> Floats:
    """The values under which the probabilities lie; the one value where low and high are the same.

    The density rises in a straight line from low to base and falls to high. It takes nothing but the three numbers.
    Low, base and high may coincide. Worked example: 15, 30 and 60 have the tenth 23.2, the middle 34.0 and the ninetieth 48.4.

    Source: Kotz and van Dorp 2004, Beyond Beta, chapter 1 (inverse of the distribution function).
    """
    width = high - low
    rising = low + numpy.sqrt(probability * width * (base - low))
    falling = high - numpy.sqrt((1.0 - probability) * width * (high - base))
    return numpy.where(probability * width <= base - low, rising, falling)


def triangular_range(low: float, base: float, high: float) -> tuple[float, float, float]:
    """The tenth, the middle and the ninetieth of a number that is assumed."""
    tenth, middle, ninetieth = triangular_quantile(
        low, base, high, numpy.array([TENTH, MIDDLE, NINETIETH])
    )
    return float(tenth), float(middle), float(ninetieth)


@cache
def shared_draws(count: int) -> tuple[Floats, ...]:
    """Probabilities for so many independent numbers: in each, every ten-thousandth part of 0 to 1 is drawn once.

    The same every time. A number that is used in several places takes its draws once, for all of them.

    Raises ValueError for a negative count.

    Source: McKay, Beckman and Conover 1979 (Latin hypercube), with the middle of each part.
    """
    chance = numpy.random.default_rng(SEED)
    parts = (numpy.arange(DRAWS) + 0.5) / DRAWS
    drawn = tuple(
        chance.permutation(parts) for _ in range(checked_count("number of assumptions", count))
    )
    for each in drawn:
        each.setflags(write=False)
    return drawn


def drawn_range(values: Floats) -> tuple[float, float, float]:
    """The tenth, the middle and the ninetieth of what was drawn.

    Raises ValueError where nothing was drawn, or a value is no number.
    """
    if not len(values) or not math.isfinite(float(numpy.sum(values))):
        raise ValueError(
            "Expected values that are numbers, found [none or others]; draw them first."
        )
    tenth, middle, ninetieth = numpy.quantile(values, [TENTH, MIDDLE, NINETIETH])
    return float(tenth), float(middle), float(ninetieth)
