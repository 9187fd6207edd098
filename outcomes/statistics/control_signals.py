"""Signals on a control chart: what is more than ordinary variation, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# how many waits in a row on one side of the usual value make a signal
RUN_LENGTH = 11


class SignalKind(StrEnum):
    """What was seen; the values are the words for the page."""

    OUTSIDE = "a point outside the limits"
    LATEST = "the latest six months together away from the usual value"
    LEVEL = "a change of level that lasts"
    RUN = "eleven or more in a row on one side of the usual value"


class Side(StrEnum):
    """Where the signal points: above the usual value, or below it."""

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


@dataclass(frozen=True)
class Signal:
    """One signal: what was seen, on which side, and at which points."""

    # what was seen
    kind: SignalKind
    # above or below
    side: Side
    # positions of the points that make the signal, counted from 0 over the whole chart
    positions: tuple[int, ...]


def points_outside(
    values: Sequence[float | None], limits: Sequence[Limits], first_position: int = 0
) -> list[Signal]:
    """A signal for each point outside its limits; one exactly on a limit is inside.

    Raises ValueError where there is not one set of limits for each value.
    """
    _check_lengths(values, limits)
    sides = [_beyond(v, lim.low, lim.high) for v, lim in zip(values, limits, strict=True)]
    return [
        Signal(SignalKind.OUTSIDE, side, (first_position + place,))
        for place, side in enumerate(sides)
        if side
    ]


def runs_on_one_side(
    values: Sequence[float | None], limits: Sequence[Limits], first_position: int = 0
) -> list[Signal]:
    """A signal for each run of eleven or more points on one side of the usual value.

    A point that was not recorded (None), or exactly on the usual value, breaks every run. A longer
    run is one signal with all its points.

    Raises ValueError where there is not one set of limits for each value.

    Source: the run of Western Electric 1956, Statistical Quality Control Handbook, longer: eight in
    a row are seen by chance on one chart in five of 60 waits (docs/control_charts.md).
    """
    _check_lengths(values, limits)
    runs: list[tuple[Side | None, list[int]]] = []
    for place, (value, lim) in enumerate(zip(values, limits, strict=True), start=first_position):
        side = _beyond(value, lim.centre, lim.centre)
        if runs and runs[-1][0] is side:
            runs[-1][1].append(place)
        else:
            runs.append((side, [place]))
    return [
        Signal(SignalKind.RUN, side, tuple(places))
        for side, places in runs
        if side and len(places) >= RUN_LENGTH
    ]


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


def _check_lengths(values: Sequence[float | None], limits: Sequence[Limits]) -> None:
    if len(values) != len(limits):
        raise ValueError(
            f"Expected limits for each point, found [{len(values)} points and {len(limits)} "
            "limits]; pass two lists of equal length."
        )
