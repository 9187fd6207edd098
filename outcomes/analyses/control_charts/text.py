"""Words for a control chart: ordinary variation or the signal, and the chart's alternative text."""

import math
from datetime import date

from outcomes.analyses.control_charts.chart import (
    ControlChartAnswer,
    ControlChartPoint,
    NamedSignal,
    PointKind,
)
from outcomes.metrics.definition import Metric, Statistic
from outcomes.presentation.format import HIDDEN, count_text, part_of, percent
from outcomes.presentation.sentences import worded
from outcomes.statistics.control_signals import Limits, Meaning, Side, SignalKind

# One event and several, for the metrics whose events are too rare for months.
EVENT_WORDS = {
    "emergency_backup_rate": (
        "request with lights and sirens",
        "requests with lights and sirens",
    ),
    "injury_rate": ("call on which somebody was hurt", "calls on which somebody was hurt"),
}
# The signal's name on the chart, short.
SHORT_WORDS = {
    SignalKind.OUTSIDE: {Side.HIGH: "above", Side.LOW: "below"},
    SignalKind.SHIFT: {Side.HIGH: "{count} in a row above", Side.LOW: "{count} in a row below"},
    SignalKind.TREND: {Side.HIGH: "{count} rising", Side.LOW: "{count} falling"},
    SignalKind.NEAR_LIMIT: {Side.HIGH: "twice near", Side.LOW: "twice near"},
}
# More fresh starts than this are counted, not listed.
MOST_STARTS = 4
SELDOM = "which chance alone seldom does"


def chart_sentence(chart: ControlChartAnswer) -> str:
    """What the chart says, in Markdown: the last signal and what it means, or ordinary variation.

    Says why where nothing can be said, and how long ago the last rare event was.
    """
    if not chart.points:
        return " ".join(part for part in (_no_points(chart), _since(chart)) if part)
    parts = []
    limited = [phase for phase in chart.phases if phase.method]
    if chart.signals:
        parts.append(_signals_said(chart))
    elif limited:
        parts.append(_ordinary(chart))
    last = chart.phases[-1] if chart.phases else None
    if last and last.reason:
        since = f"Since {when_words(chart, last.first)}: " if limited else ""
        reason = last.reason if not since else last.reason[:1].lower() + last.reason[1:]
        parts.append(f"{since}{_in_units(chart, reason)}")
    parts.append(_since(chart))
    return " ".join(part for part in parts if part)


def chart_finding(chart: ControlChartAnswer) -> str:
    """The same without markup: the alternative text of the chart."""
    return f"{name_of(chart)}. {chart_sentence(chart).replace('**', '')}"


def name_of(chart: ControlChartAnswer) -> str:
    """What the chart shows, by name."""
    if chart.kind is PointKind.MONTH:
        return f"{worded(chart.metric.label, chart.record_grain)} by month"
    between = "Days" if chart.kind is PointKind.DAYS_BETWEEN else "Responses"
    return f"{between} from one {_event(chart)} to the next"


def baseline_caption(chart: ControlChartAnswer) -> str:
    """Over what the limits were set, by which method, and what a reader of them must know."""
    limited = [phase for phase in chart.phases if phase.method]
    if not limited:
        return f"{name_of(chart)}."
    last = limited[-1]
    parts = [
        f"{name_of(chart)}. Dashed lines: the limits of ordinary variation ({last.method}), set over "
        f"{when_words(chart, last.first)} to {when_words(chart, last.baseline_last)}, the shaded part, and kept after it."
    ]
    anew = [when_words(chart, phase.first) for phase in chart.phases[1:]]
    if anew:
        often = (
            f"{len(anew)} times, last in {anew[-1]}" if len(anew) > MOST_STARTS else ", ".join(anew)
        )
        parts.append(
            f"Limits start anew after a recorded change, or where a log begins or ends: {often}."
        )
    parts += [_in_units(chart, caution) for caution in last.cautions]
    if is_volume(chart.metric):
        parts.append("Seasons are not taken out: a busy season shows as a run of high months.")
    if any(point.note == HIDDEN for point in chart.points):
        parts.append(
            "Hidden months are left out; they have few cases, so the usual value comes out too high here."
        )
    if chart.signals:
        parts.append(
            "Of five charts of two ordinary years about one shows a signal by chance: "
            "it is a reason to look, not a verdict."
        )
    return " ".join(parts)


def signal_words(signal: NamedSignal) -> str:
    """The signal's name beside its point on the chart."""
    return SHORT_WORDS[signal.kind][signal.side].format(count=len(signal.points))


def value_words(chart: ControlChartAnswer, value: float) -> str:
    """A value in the unit of the chart."""
    if chart.kind is PointKind.MONTH and not is_volume(chart.metric):
        return percent(value, max(chart.metric.decimals, 1))
    return count_text(value)


def edge_words(chart: ControlChartAnswer, limit: float, side: Side) -> str:
    """A limit; of counts the last whole one that is still ordinary."""
    is_share = chart.kind is PointKind.MONTH and not is_volume(chart.metric)
    whole = math.floor(limit) if side is Side.HIGH else math.ceil(limit)
    return value_words(chart, limit if is_share else whole)


def when_words(chart: ControlChartAnswer, day: date) -> str:
    """A month, or a day without the zero before it."""
    return f"{day:%b %Y}" if chart.kind is PointKind.MONTH else f"{day.day} {day:%b %Y}"


def is_volume(metric: Metric) -> bool:
    """Whether the metric is a plain count."""
    return metric.statistic is Statistic.COUNT


def _ordinary(chart: ControlChartAnswer) -> str:
    limits = next((point.limits for point in reversed(chart.points) if point.limits), None)
    if limits is None:
        return ""
    if chart.kind is PointKind.MONTH:
        shown = " that is shown" if any(point.note == HIDDEN for point in chart.points) else ""
        return (
            f"**Ordinary variation**: every month{shown} lies within what chance explains, around the "
            f"usual {value_words(chart, limits.centre)}."
        )
    unit = "days" if chart.kind is PointKind.DAYS_BETWEEN else "responses"
    return (
        f"**Ordinary variation**: the {unit} from one {_event(chart)} to the next differ as chance lets them. "
        f"Half the time there are fewer than {value_words(chart, limits.centre)}, seldom more than "
        f"{edge_words(chart, limits.high, Side.HIGH)}."
    )


def _signals_said(chart: ControlChartAnswer) -> str:
    """The signal that ends last, with what it means; how many others there are."""
    latest = max(chart.signals, key=lambda signal: signal.recency)
    limits = latest.points[-1].limits
    if limits is None:
        raise ValueError("Expected limits at every point of a signal; find signals with them.")
    say = _month_signal if chart.kind is PointKind.MONTH else _event_signal
    reason = chart.metric.direction_reason
    means = {
        Meaning.CONCERN: f"That is a concern: {reason}.",
        Meaning.IMPROVEMENT: "That is an improvement.",
        Meaning.NEITHER: f"By itself that is neither good nor bad: {reason}.",
    }[latest.meaning]
    others = len(chart.signals) - 1
    more = (
        f" {others} more {'signal is' if others == 1 else 'signals are'} in the table."
        if others
        else ""
    )
    return f"{say(chart, latest, limits)} {means}{more}"


def _month_signal(chart: ControlChartAnswer, signal: NamedSignal, limits: Limits) -> str:
    points, first, last = signal.points, signal.points[0], signal.points[-1]
    is_high = signal.side is Side.HIGH
    side = "above" if is_high else "below"
    level = value_words(chart, limits.centre)
    span = f"{first.day:%b %Y} to {last.day:%b %Y}"
    if signal.kind is SignalKind.OUTSIDE:
        than = "more" if is_high else "fewer" if is_volume(chart.metric) else "less"
        edge = (
            f"up to {edge_words(chart, limits.high, Side.HIGH)}"
            if is_high
            else f"down to {edge_words(chart, limits.low, Side.LOW)}"
        )
        return (
            f"**{first.day:%b %Y} is {side} what is usual**: {_counted(chart, first)}, {than} than chance would "
            f"explain; {level} is usual, and {edge} ordinary."
        )
    if signal.kind is SignalKind.SHIFT:
        return f"**{span}, {len(points)} months in a row, lie {side} the usual {level}**, {SELDOM}."
    if signal.kind is SignalKind.TREND:
        way = "higher" if is_high else "lower"
        return (
            f"**{span}: {len(points)} months in a row, each {way} than the one before**, {SELDOM}."
        )
    names = " and ".join(f"{point.day:%b %Y}" for point in points[-2:])
    return f"**{names} lie far {side} the usual {level}, close together**, {SELDOM}."


def _event_signal(chart: ControlChartAnswer, signal: NamedSignal, limits: Limits) -> str:
    first, last, is_high = signal.points[0], signal.points[-1], signal.side is Side.HIGH
    unit = "days" if chart.kind is PointKind.DAYS_BETWEEN else "responses"
    came = "later" if is_high else "sooner"
    span = f"{when_words(chart, first.day)} to {when_words(chart, last.day)}"
    events = EVENT_WORDS[chart.metric.key][1]
    if signal.kind is SignalKind.OUTSIDE:
        than = "more" if is_high else "fewer"
        return (
            f"**Before the {_event(chart)} of {when_words(chart, first.day)} lay {count_text(first.value)} {unit}**, {than} than "
            f"chance would explain; {value_words(chart, limits.centre)} is usual."
        )
    if signal.kind is SignalKind.SHIFT:
        return f"**{len(signal.points)} {events} in a row, {span}, came {came} than is usual**, {SELDOM}."
    if signal.kind is SignalKind.TREND:
        return f"**{len(signal.points)} {events} in a row, {span}, each came {came} after the one before**, {SELDOM}."
    came = "very late" if is_high else "very soon"
    return f"**Of three {events} in a row two came {came}, {span}**, {SELDOM}."


def _since(chart: ControlChartAnswer) -> str:
    """How long ago the last event was; empty on a chart of months."""
    wait = chart.wait
    if wait is None:
        return ""
    days = f"{wait.days:,} {'day' if wait.days == 1 else 'days'}"
    gone = days
    if chart.kind is not PointKind.DAYS_BETWEEN:
        unit = "response" if wait.responses == 1 else "responses"
        gone = f"{wait.responses:,} {unit} without one, in {days}"
    said = f"Since the last {_event(chart)}, on {when_words(chart, wait.since)}: {gone}"
    if wait.is_long:
        return f"{said}. **That is longer than chance would explain**, an improvement."
    return f"{said}."


def _no_points(chart: ControlChartAnswer) -> str:
    if chart.why_empty:
        return chart.why_empty
    if chart.event_count is None:
        return "There is nothing to show in this selection."
    one, several = EVENT_WORDS[chart.metric.key]
    if chart.event_count == 0:
        return f"The log holds no {one}, so it cannot show how often one is usual."
    if chart.event_count == 1:
        return f"The log holds a single {one}: too few to say what is usual."
    return f"There is no {one} in the chosen months; the whole log holds {chart.event_count:,} {several}."


def _in_units(chart: ControlChartAnswer, sentence: str) -> str:
    """A sentence of the statistics in the words of the chart: months or waits instead of points."""
    unit = "months" if chart.kind is PointKind.MONTH else "waits between events"
    for points in ("neighbouring points", "oo few points"):
        sentence = sentence.replace(points, points.replace("points", unit))
    return sentence


def _counted(chart: ControlChartAnswer, point: ControlChartPoint) -> str:
    """A month's counts in words: '12 of 210 responses (5.7 %)'."""
    metric = chart.metric
    if point.count is None or point.of is None or metric.denominator is None:
        return worded(f"{count_text(point.count)} {metric.numerator.words}", chart.record_grain)
    of = worded(metric.denominator.words, chart.record_grain)
    return f"{part_of(point.count, point.of)} {of} ({value_words(chart, point.value or 0.0)})"


def _event(chart: ControlChartAnswer) -> str:
    return EVENT_WORDS[chart.metric.key][0]
