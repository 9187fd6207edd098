"""Usual or unusual: the record that every control chart comes to the pages as."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outcomes.metrics.definition import Metric
from outcomes.selection import Selection
from outcomes.statistics.control_segments import ChartMethod, ControlChart
from outcomes.statistics.control_signals import (
    Limits,
    Meaning,
    Side,
    SignalKind,
    meaning_of_signal,
)
from outcomes.vocabulary.log import RecordGrain

# Limits of waits between rare events are set over so many from each start.
BASELINE_POINTS = 24
# Why a month has no point on the chart, where it is not hidden.
NO_RECORDS, NOT_RECORDED = "no records", "not recorded"
# A month that is shown and not judged.
IN_PART = "covered only in part"


class PointKind(StrEnum):
    """What one point of a chart is."""

    MONTH = "month"
    RESPONSES_BETWEEN = "responses between events"
    DAYS_BETWEEN = "days between events"


class Standing(StrEnum):
    """How the latest full month stands; the values are the words for the page."""

    ORDINARY = "is ordinary"
    UNUSUAL = "is unusual"
    NO_USUAL_LEVEL = "has no usual level yet"


@dataclass(frozen=True)
class ControlChartPoint:
    """One month, or one event with what lies before it."""

    # first day of the month, or day of the event
    day: date
    # what is drawn; None where there is nothing to draw
    value: float | None
    # what is counted: cases of the month, or responses without the event since the one before
    count: float | None
    # what it is counted over: a denominator, for a volume the days of the month; None for events
    of: float | None
    # days since the event before; None for months
    days: int | None
    # what is usual here; None where that cannot be said
    limits: Limits | None
    # why the point is missing or is not judged; empty where all is plain
    note: str = ""


@dataclass(frozen=True)
class NamedSignal:
    """One signal with the points that make it and what it means for the program."""

    # what was seen
    kind: SignalKind
    # above or rising, below or falling
    side: Side
    # concern, improvement or neither, by the direction of the metric
    meaning: Meaning
    # the points, in order
    points: tuple[ControlChartPoint, ...]

    @property
    def recency(self) -> tuple[date, int]:
        """Its place among signals by their last day; of one day's the kind that is named first comes last."""
        return self.points[-1].day, -list(SignalKind).index(self.kind)


@dataclass(frozen=True)
class Phase:
    """Points under one set of limits."""

    # day of its first and of its last point
    first: date
    last: date
    # day of the last point that the limits were set over
    baseline_last: date
    # how they were worked out; None where there are none
    method: ChartMethod | None
    # why there are none, as a sentence; None where there are some
    reason: str | None
    # sentences that a reader of the limits must know
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Wait:
    """What lies between the last event and the end of the log."""

    # day of the last event
    since: date
    # responses without the event since then
    responses: int
    # days since then
    days: int
    # whether that is longer than chance explains; None where that cannot be said
    is_long: bool | None


@dataclass(frozen=True)
class ControlChartAnswer:
    """A control chart for the pages: points, limits, signals. Nothing in it holds a hidden number."""

    metric: Metric
    # what one point is
    kind: PointKind
    # what one incident is in these logs
    record_grain: RecordGrain
    # in order of time; none where `why_empty` says why
    points: tuple[ControlChartPoint, ...] = ()
    # in order; a new one starts at each recorded change
    phases: tuple[Phase, ...] = ()
    # in order of their first point
    signals: tuple[NamedSignal, ...] = ()
    # since the last event; None on a chart of months, or where the log goes on after the chosen months
    wait: Wait | None = None
    # events in the log, the first one too; None on a chart of months
    event_count: int | None = None
    # judged points of the whole chart, whatever months are chosen: false alarms are told for so many
    judged_count: int = 0
    # what is said instead of a chart; empty where there is one
    why_empty: str = ""
    # query file that counted, without its ending
    query: str = ""

    def latest(self) -> tuple[ControlChartPoint, Standing] | None:
        """The latest full month with what it is; None on a chart of events, or without such a month."""
        judged = [point for point in self.points if point.value is not None and not point.note]
        if self.kind is not PointKind.MONTH or not judged:
            return None
        last = judged[-1]
        if last.limits is None:
            return last, Standing.NO_USUAL_LEVEL
        is_unusual = any(last in signal.points for signal in self.signals_that_stand_out())
        return last, Standing.UNUSUAL if is_unusual else Standing.ORDINARY

    def signals_that_stand_out(self) -> tuple[NamedSignal, ...]:
        """The signals whose points are unusual; the month of a change of level only begins what is usual since."""
        return tuple(signal for signal in self.signals if signal.kind is not SignalKind.LEVEL)

    def within(self, selection: Selection) -> "ControlChartAnswer":
        """The chart of the chosen months alone, under the limits of the whole series."""
        first, after = selection.first_month, selection.month_after()

        def is_inside(start: date, end: date) -> bool:
            return (first is None or end >= first) and (after is None or start < after)

        return replace(
            self,
            points=tuple(point for point in self.points if is_inside(point.day, point.day)),
            phases=tuple(one for one in self.phases if is_inside(one.first, one.last)),
            signals=tuple(
                signal
                for signal in self.signals
                if any(is_inside(point.day, point.day) for point in signal.points)
            ),
        )


def filled(
    empty: ControlChartAnswer,
    points: Sequence[ControlChartPoint],
    chart: ControlChart,
) -> ControlChartAnswer:
    """The chart with its points under their limits, its phases, and its signals named."""
    # A point that is not judged has no limits: those of a month without a count would mean nothing.
    limited = tuple(
        replace(point, limits=None if judged.value is None else judged.limits)
        for point, judged in zip(points, chart.points, strict=True)
    )
    phases = tuple(
        Phase(
            first=limited[segment.first].day,
            last=limited[segment.last].day,
            baseline_last=limited[segment.baseline_last].day,
            method=segment.phase_limits.method if segment.phase_limits else None,
            reason=segment.reason,
            cautions=segment.phase_limits.cautions if segment.phase_limits else (),
        )
        for segment in chart.segments
    )
    direction, is_wait = empty.metric.direction.value, empty.kind is not PointKind.MONTH
    signals = tuple(
        NamedSignal(
            kind=signal.kind,
            side=signal.side,
            meaning=meaning_of_signal(signal, direction, high_means_fewer_events=is_wait),
            points=tuple(limited[position] for position in signal.positions),
        )
        for signal in chart.signals
    )
    judged = sum(point.value is not None for point in chart.points)
    return replace(empty, points=limited, phases=phases, signals=signals, judged_count=judged)
