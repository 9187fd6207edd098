"""Phases of a control chart: its parts, where limits start anew, and over what they are set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from outcomes.statistics.control_signals import (
    Limits,
    Signal,
    SignalKind,
    points_outside,
    runs_on_one_side,
)

# with fewer recorded points than this nothing is said about what is usual
MINIMUM_POINTS = 8


class ChartMethod(StrEnum):
    """How the limits of a phase were worked out; the values are the words for the page."""

    P = "p chart"
    U = "u chart"
    G = "g chart"
    T = "t chart"


@dataclass(frozen=True)
class PhaseLimits:
    """What a method worked out for one phase of points."""

    # how the limits were worked out
    method: ChartMethod
    # limits of every point of the phase
    limits: tuple[Limits, ...]
    # spread between months over that of chance, at least 1; None where it is not looked at
    spread: float | None = None
    # sentences that a reader of these limits must know
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Segment:
    """A phase of points under one set of limits."""

    # position of its first point, counted from 0
    first: int
    # position of its last point
    last: int
    # recorded points that the limits were set over
    baseline_count: int
    # position of the last of them; that of the first point where there are none
    baseline_last: int
    # what is usual; None where that cannot be said
    phase_limits: PhaseLimits | None
    # why nothing can be said, as a sentence; None where there are limits
    reason: str | None


@dataclass(frozen=True)
class ChartPoint:
    """One point of a chart."""

    # what was observed, in the unit of the chart; None where nothing was recorded
    value: float | None
    # what is usual here; None where that cannot be said
    limits: Limits | None


@dataclass(frozen=True)
class ControlChart:
    """Points with what is usual, the phases that share limits, and the signals."""

    # every point, in order of time
    points: tuple[ChartPoint, ...]
    # the phases, in order; a new one starts at each recorded change
    segments: tuple[Segment, ...]
    # every signal, in order of its first point
    signals: tuple[Signal, ...]


# Works out what is usual for the points start to stop, from those before baseline_stop alone; a
# sentence instead where that cannot be said.
PhaseLimitsOf = Callable[[int, int, int], PhaseLimits | str]


def charted(
    values: Sequence[float],
    changes: Sequence[int],
    baseline: int | None,
    phase_limits_of: PhaseLimitsOf,
) -> ControlChart:
    """The chart of these waits: limits anew from each change on, then the signals of each phase.

    `changes` are the positions at which a recorded change of the program took hold; limits are set
    anew from each. `baseline` is the number of points, from the start of each phase, that limits
    are set over; they are then frozen and hold for the rest of the phase. None sets them over the
    whole phase. A phase with fewer than eight recorded points in its baseline has no limits and
    no signals, and says so. No values give a chart without points.

    Raises ValueError for changes that are not ascending positions inside the chart, or a baseline
    of fewer than eight points.

    Source: NHS England, Making Data Count (baselines and recalculation of limits).
    """
    starts = [0, *checked_changes(changes, len(values))]
    if baseline is not None and (not isinstance(baseline, int) or baseline < MINIMUM_POINTS):
        raise ValueError(
            f"Expected a baseline of at least {MINIMUM_POINTS} points, found [{baseline}]; "
            "choose a longer one, or none to use all points."
        )
    points: list[ChartPoint] = []
    segments: list[Segment] = []
    signals: list[Signal] = []
    if not values:
        return ControlChart(points=(), segments=(), signals=())
    for start, stop in zip(starts, [*starts[1:], len(values)], strict=True):
        last = (stop if baseline is None else min(stop, start + baseline)) - 1
        recorded = last + 1 - start
        phase_limits: PhaseLimits | str = (
            f"Too few points to say what is usual: {recorded} recorded, "
            f"at least {MINIMUM_POINTS} are needed."
        )
        if recorded >= MINIMUM_POINTS:
            phase_limits = phase_limits_of(start, stop, last + 1)
        if isinstance(phase_limits, str):
            points += [ChartPoint(value, None) for value in values[start:stop]]
            segments.append(Segment(start, stop - 1, recorded, last, None, phase_limits))
            continue
        points += [
            ChartPoint(value, limits)
            for value, limits in zip(values[start:stop], phase_limits.limits, strict=True)
        ]
        segments.append(Segment(start, stop - 1, recorded, last, phase_limits, None))
        signals += points_outside(values[start:stop], phase_limits.limits, start)
        signals += runs_on_one_side(values[start:stop], phase_limits.limits, start)
    return ControlChart(tuple(points), tuple(segments), in_order(signals))


def in_order(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    """The signals in order of their first point, then of their kind."""
    kinds = list(SignalKind)
    return tuple(sorted(signals, key=lambda s: (s.positions[0], kinds.index(s.kind))))


def checked_changes(changes: Sequence[int], point_count: int) -> list[int]:
    """The changes as plain positions, ascending, each after the first point.

    Raises ValueError for changes that are not ascending positions inside the chart.
    """
    positions = [int(change) for change in changes]
    ascending = all(a < b for a, b in zip([0, *positions], positions, strict=False))
    if not ascending or any(position >= point_count for position in positions):
        raise ValueError(
            f"Expected changes at ascending positions from 1 to {max(point_count - 1, 0)}, found "
            f"{positions}; pass each change once, and none before the second point."
        )
    return positions
