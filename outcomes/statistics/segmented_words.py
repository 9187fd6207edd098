"""Sentences about before and after a program change: what it was followed by, and the warnings.

A test looks through them for words that claim more than that.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outcomes.statistics.interval import Interval

# with fewer than this on either side a year's season is seen less than twice
COMFORTABLE_MONTHS = 24
# with fewer events for each number that is fitted the fit is fragile
EVENTS_PER_COEFFICIENT = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RateRatio:
    """How many times as high, with its 95 % interval; 1 is no difference."""

    # the ratio
    value: float
    # its limits
    interval: Interval


def warning_sentences(
    events: Floats,
    kept: NDArray[np.bool_],
    after: NDArray[np.bool_],
    coefficients: int,
    autocorrelation: float | None,
) -> tuple[str, ...]:
    """What a reader must hold against the fit, as sentences.

    `events` by month (0 where missing), which months were `kept` for the fit, which lie `after` the
    change, how many `coefficients` were fitted, and the correlation of neighbouring residuals (None
    where it could not be worked out).

    Source: own. Ten events for each coefficient is a rule of thumb; 1.96 over the root of the
    months is the bound of a correlation of independent values.
    """
    found = ["Whatever else changed in the same months cannot be told apart from this change."]
    before, since = int((kept & ~after).sum()), int((kept & after).sum())
    if min(before, since) < COMFORTABLE_MONTHS:
        found.append(
            f"With {before} months before and {since} after, trend and season are hard to tell "
            "apart."
        )
    missing = int((~kept).sum())
    if missing:
        found.append(f"Months that are not recorded are left out: {missing}.")
    total = int(events[kept].sum())
    if total < EVENTS_PER_COEFFICIENT * coefficients:
        found.append(f"With {total} events in all the fit is fragile.")
    if autocorrelation is not None and abs(autocorrelation) > 1.96 / math.sqrt(kept.sum()):
        found.append(
            "Neighbouring months resemble each other more than the model allows (correlation "
            f"{autocorrelation:.2f}), so the intervals are too narrow."
            if autocorrelation > 0
            else "Neighbouring months swing to and fro more than the model allows (correlation "
            f"{autocorrelation:.2f}), so the intervals are rough."
        )
    return tuple(found)


def finding(level: RateRatio, slope: RateRatio | None) -> str:
    """What the change was followed by, and no more; without a slope the step alone.

    Source: own.
    """
    sentence = f"The change was followed by {_said(level, 'level', 'what the months before let one expect')}"
    if slope is None:
        return f"{sentence}."
    return f"{sentence}, and by {_said(slope, 'monthly trend', 'that before')}."


def _said(ratio: RateRatio, what: str, reference: str) -> str:
    """One ratio in words: higher, lower, or not told apart from chance."""
    digits = 2 if what == "level" else 3
    limits = f"{ratio.interval.low:.{digits}f} to {ratio.interval.high:.{digits}f}"
    numbers = f"{ratio.value:.{digits}f} times {reference}, 95 % interval {limits}"
    if ratio.interval.low <= 1.0 <= ratio.interval.high:
        return f"a {what} that chance alone can explain ({numbers})"
    return f"a {'higher' if ratio.value > 1.0 else 'lower'} {what} ({numbers})"
