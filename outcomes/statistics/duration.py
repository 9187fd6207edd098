"""Durations kept as one count per bin of minutes: quantiles, their limits, and shares in time.

Counts per bin stand for the durations themselves: a bin of 8 minutes with a count of 3 is three
durations of 8 minutes. So what the bins were rounded to decides what is said about them.
"""

import math
from bisect import bisect_left

import numpy as np
from numpy.typing import ArrayLike, NDArray

from outcomes.statistics.interval import Interval, checked_confidence, checked_probability
from outcomes.statistics.proportion import binomial_cumulative


def quantile(bin_minutes: ArrayLike, counts: ArrayLike, probability: float) -> float:
    """Quantile of the durations, in minutes; with 0.5 the median, with 0.9 the 90th percentile.

    The same number that pandas and numpy give for the durations written out one by one, linear
    interpolation included, without writing them out. A probability of 0 gives the shortest
    duration, 1 the longest. Bins with a count of 0 play no part.

    Raises ValueError where there are no durations, the bins are not ascending, a count is not a
    whole number of zero or more, or the probability is below 0 or above 1.

    Source: definition 7 of Hyndman and Fan 1996, Am Stat 50:361-365.
    """
    minutes, cumulative = _bins(bin_minutes, counts)
    if not 0.0 <= probability <= 1.0:
        raise ValueError(
            f"Expected the probability of a quantile to be from 0 to 1, found [{probability}]; "
            "write for example 0.5 for the median."
        )
    total = _total(cumulative)
    if total == 0:
        raise ValueError(
            "Expected at least 1 duration, found [0]; "
            "say that there are no cases instead of asking for a quantile of none."
        )
    position = (total - 1) * float(probability)
    rank_before = math.floor(position)
    before = _duration_at_rank(minutes, cumulative, rank_before + 1)
    after = _duration_at_rank(minutes, cumulative, min(rank_before + 2, total))
    return float(np.quantile([before, after], position - rank_before))


def quantile_interval(
    bin_minutes: ArrayLike, counts: ArrayLike, probability: float, confidence: float = 0.95
) -> Interval | None:
    """Limits of a quantile, in minutes: two of the durations themselves, found by their ranks.

    No shape of the distribution is assumed. Each side is wrong with a probability of at most half
    of 1 - confidence, so the coverage is at least the stated one, also where durations are tied.

    None where no two durations can promise that: at 95% the median needs 6 durations, the 90th
    percentile 36. None also where there are no durations at all.

    Raises ValueError where the bins are not ascending, a count is not a whole number of zero or
    more, or the probability or the confidence is not between 0 and 1.

    Source: Hahn and Meeker 1991, Statistical Intervals, section 5.2: the number of durations below
    the quantile is binomial.
    """
    minutes, cumulative = _bins(bin_minutes, counts)
    below = checked_probability("probability of a quantile", probability, example="0.5")
    tail = (1.0 - checked_confidence(confidence)) / 2.0
    total = _total(cumulative)
    # The durations below the true quantile number B, a binomial of (total, below). The lower limit
    # is too high where B < lower_rank, the upper limit too low where B >= upper_rank.
    lower_rank = bisect_left(
        range(total + 1), True, key=lambda rank: binomial_cumulative(rank, total, below) > tail
    )
    # the chance of B >= rank is that of at most total - rank durations above the quantile
    upper_rank = bisect_left(
        range(total + 1),
        True,
        key=lambda rank: binomial_cumulative(total - rank, total, 1.0 - below) <= tail,
    )
    if lower_rank < 1 or upper_rank > total:
        return None
    return Interval(
        low=_duration_at_rank(minutes, cumulative, lower_rank),
        high=_duration_at_rank(minutes, cumulative, upper_rank),
    )


def share_at_or_under(bin_minutes: ArrayLike, counts: ArrayLike, target: float) -> tuple[int, int]:
    """Numerator and denominator: durations of at most `target` minutes, and all durations.

    (0, 0) where there are no durations. A bin that equals the target is counted as in time, so a
    duration of 8 minutes 40 seconds that was rounded down to 8 counts as within 8.

    Raises ValueError where the bins are not ascending, a count is not a whole number of zero or
    more, or the target is not a number.

    Source: own; a count.
    """
    minutes, cumulative = _bins(bin_minutes, counts)
    if math.isnan(target):
        raise ValueError(
            f"Expected the target to be a number of minutes, found [{target}]; write for example 8."
        )
    bins_in_time = int(np.searchsorted(minutes, target, side="right"))
    in_time = int(cumulative[bins_in_time - 1]) if bins_in_time else 0
    return in_time, _total(cumulative)


def _bins(
    bin_minutes: ArrayLike, counts: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Bins in minutes, ascending, and the number of durations in each bin and all before it."""
    minutes = np.asarray(bin_minutes, dtype=np.float64)
    numbers = np.asarray(counts, dtype=np.float64)
    if minutes.ndim != 1 or minutes.shape != numbers.shape:
        raise ValueError(
            "Expected one count for each bin, found "
            f"[{minutes.size} bins and {numbers.size} counts]; pass two lists of equal length."
        )
    if not np.all(np.isfinite(minutes)) or np.any(np.diff(minutes) <= 0):
        raise ValueError(
            "Expected bins in ascending order of minutes, each once, found "
            f"[{_first_few(minutes)}]; group and order by the bin."
        )
    # whole numbers up to 2**53 pass through a float unharmed
    if not np.all((numbers >= 0) & np.isfinite(numbers) & (np.floor(numbers) == numbers)):
        raise ValueError(
            "Expected every count to be a whole number of zero or more, found "
            f"[{_first_few(numbers)}]; pass the counts themselves, not shares or missing values."
        )
    return minutes, np.cumsum(numbers.astype(np.int64))


def _first_few(numbers: NDArray[np.float64]) -> str:
    """The first values as text, short enough for a message."""
    shown = ", ".join(f"{number:g}" for number in numbers[:8])
    return f"{shown}, and {numbers.size - 8} more" if numbers.size > 8 else shown


def _total(cumulative: NDArray[np.int64]) -> int:
    """Number of durations in all bins."""
    return int(cumulative[-1]) if cumulative.size else 0


def _duration_at_rank(
    minutes: NDArray[np.float64], cumulative: NDArray[np.int64], rank: int
) -> float:
    """Minutes of the duration at that rank, the shortest being at rank 1."""
    return float(minutes[np.searchsorted(cumulative, rank, side="left")])
