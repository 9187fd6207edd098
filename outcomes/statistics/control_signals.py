"""Signals on a control chart: what is more than ordinary variation, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

# how many in a row on one side of the usual value make a signal
SHIFT_LENGTH = 8
# how many in a row, each higher (or each lower) than the one before, make a signal
TREND_LENGTH = 6
# how many of how many in a row near one limit make a signal
NEAR_COUNT, NEAR_WINDOW = 2, 3


class SignalKind(StrEnum):
    """What was seen; the values are the words for the page."""

    OUTSIDE = "a point outside the limits"
    SHIFT = "eight or more in a row on one side of the usual value"
    TREND = "six or more in a row rising or falling"
    NEAR_LIMIT = "two of three in a row near a limit"


class Side(StrEnum):
    """Where the signal points: above the usual value or rising, below it or falling."""

    HIGH = "high"
    LOW = "low"


class Meaning(StrEnum):
    """What a signal means for the program, decided last and by the metric's direction alone."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    NEITHER = "neither better nor worse"


@dataclass(frozen=True)
class Limits:
    """What is usual at one point of a chart, in the unit of the values."""

    # the usual value
    centre: float
    # below this a point is outside; where values cannot go lower it is that bound, so none is
    low: float
    # above this a point is outside
    high: float
    # below this, and not outside, a point is near the lower limit
    near_low: float
    # above this, and not outside, a point is near the upper limit
    near_high: float


@dataclass(frozen=True)
class Signal:
    """One signal: what was seen, on which side, and at which points."""

    # what was seen
    kind: SignalKind
    # above or rising, below or falling
    side: Side
    # positions of the points that make the signal, counted from 0 over the whole chart
    positions: tuple[int, ...]


def find_signals(
    values: Sequence[float | None], limits: Sequence[Limits], first_position: int = 0
) -> tuple[Signal, ...]:
    """Signals of one phase of points, in order of their first point, then of their kind.

    A point that was not recorded (None) breaks every run. A point exactly on the usual value lies
    on neither side and breaks a run of eight; two equal values in a row break a rise or a fall. A
    point exactly on a limit is not outside. A longer run is one signal with all its points. A point
    outside the limits is not also near them. Give each phase with its own limits separately, for
    no run goes on across a change of limits.

    Raises ValueError where there is not one set of limits for each value.

    Source: the four rules of NHS England's Making Data Count; near is the outer third inside the
    limits, as in the R package NHSRplotthedots. That package takes seven points for both runs; here
    eight on one side as in Western Electric 1956, Statistical Quality Control Handbook, and six
    rising or falling as in Nelson 1984, J Qual Technol 16:237-239.
    """
    if len(values) != len(limits):
        raise ValueError(
            f"Expected limits for each point, found [{len(values)} points and {len(limits)} "
            "limits]; pass two lists of equal length."
        )
    outside = [_beyond(v, lim.low, lim.high) for v, lim in zip(values, limits, strict=True)]
    sides = [_beyond(v, lim.centre, lim.centre) for v, lim in zip(values, limits, strict=True)]
    near = [
        None if out else _beyond(v, lim.near_low, lim.near_high)
        for v, lim, out in zip(values, limits, outside, strict=True)
    ]
    found = [
        Signal(SignalKind.OUTSIDE, side, (position,))
        for position, side in enumerate(outside)
        if side
    ]
    found += [
        Signal(SignalKind.SHIFT, side, tuple(range(start, stop)))
        for side, start, stop in _runs(sides)
        if stop - start >= SHIFT_LENGTH
    ]
    # a step stands at its second point; a run of steps also holds the point before it
    steps: list[Side | None] = [None]
    steps += [None if a is None or b is None else _beyond(b, a, a) for a, b in pairwise(values)]
    found += [
        Signal(SignalKind.TREND, side, tuple(range(start - 1, stop)))
        for side, start, stop in _runs(steps)
        if stop - start + 1 >= TREND_LENGTH
    ]
    found += _near_signals(values, near)
    kinds = list(SignalKind)
    found.sort(key=lambda signal: (signal.positions[0], kinds.index(signal.kind)))
    return tuple(
        Signal(s.kind, s.side, tuple(position + first_position for position in s.positions))
        for s in found
    )


def meaning_of_signal(
    signal: Signal, direction: str, *, high_means_fewer_events: bool = False
) -> Meaning:
    """Whether a signal is a concern or an improvement, by which way is better for the metric.

    `direction` is "higher", "lower" or "neutral", as a metric states it. On a chart of what lies
    between events a high point means that events have become rarer; `high_means_fewer_events` turns
    the side round, so that `direction` is still that of the metric itself.

    Raises ValueError for another direction.

    Source: NHS England, Making Data Count: colour comes last, from the direction.
    """
    if direction not in ("higher", "lower", "neutral"):
        raise ValueError(
            f'Expected the direction to be "higher", "lower" or "neutral", found [{direction}]; '
            "pass the direction of the metric."
        )
    if direction == "neutral":
        return Meaning.NEITHER
    is_more = (signal.side is Side.HIGH) != high_means_fewer_events
    return Meaning.IMPROVEMENT if is_more == (direction == "higher") else Meaning.CONCERN


def _beyond(value: float | None, low: float, high: float) -> Side | None:
    """On which side the value lies beyond the two bounds; None between them or not recorded."""
    if value is None or low <= value <= high:
        return None
    return Side.HIGH if value > high else Side.LOW


def _runs(sides: Sequence[Side | None]) -> list[tuple[Side, int, int]]:
    """Side, first position and position after the last, of every unbroken run on one side."""
    runs: list[tuple[Side, int, int]] = []
    for position, side in enumerate(sides):
        if side is None:
            continue
        if runs and runs[-1][0] is side and runs[-1][2] == position:
            runs[-1] = (side, runs[-1][1], position + 1)
        else:
            runs.append((side, position, position + 1))
    return runs


def _near_signals(values: Sequence[float | None], near: Sequence[Side | None]) -> list[Signal]:
    """Signals of two of three in a row near one limit; windows that overlap are one signal."""
    found: list[Signal] = []
    for side in Side:
        groups: list[set[int]] = []
        for start in range(len(values) - NEAR_WINDOW + 1):
            window = range(start, start + NEAR_WINDOW)
            inside = {position for position in window if near[position] is side}
            if len(inside) < NEAR_COUNT or any(values[position] is None for position in window):
                continue
            if groups and groups[-1] & inside:
                groups[-1] |= inside
            else:
                groups.append(inside)
        found += [Signal(SignalKind.NEAR_LIMIT, side, tuple(sorted(group))) for group in groups]
    return found
