"""Words for a control chart: ordinary variation or the signal, and the chart's alternative text."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from outcomes.analyses.control_charts.chart import (
    ControlChartAnswer,
    ControlChartPoint,
    NamedSignal,
    PointKind,
    Standing,
)
from outcomes.metrics.definition import Metric, Statistic
from outcomes.presentation.format import HIDDEN, count_text, decimal_text, part_of, percent
from outcomes.presentation.sentences import worded
from outcomes.statistics.control_signals import Meaning, Side, SignalKind
from outcomes.statistics.false_alarms import false_alarms_of_months, false_alarms_of_waits
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import day_label

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
    SignalKind.LATEST: {Side.HIGH: "six months above", Side.LOW: "six months below"},
    SignalKind.LEVEL: {Side.HIGH: "higher since", Side.LOW: "lower since"},
    SignalKind.RUN: {Side.HIGH: "{count} in a row above", Side.LOW: "{count} in a row below"},
}
# More fresh starts than this are counted, not listed.
MOST_STARTS = 4
# From so many a day on tenths are enough.
BY_TENTHS = 10.0
SELDOM = "which chance alone seldom does"


def chart_sentence(chart: ControlChartAnswer) -> str:
    """What the chart says, in Markdown: how the latest full month stands, then what stood out before.

    Says why where nothing can be said, and how long ago the last rare event was.
    """
    if not chart.points:
        return " ".join(part for part in (_no_points(chart), _since(chart)) if part)
    if chart.kind is PointKind.MONTH:
        return " ".join(part for part in (_latest_said(chart), _before_said(chart)) if part)
    parts = []
    limited = [phase for phase in chart.phases if phase.method]
    if chart.signals:
        parts.append(_signals_said(chart, chart.signals))
    elif limited:
        parts.append(_ordinary_waits(chart))
    last = chart.phases[-1] if chart.phases else None
    if last and last.reason:
        since = f"Since {when_words(chart, last.first)}: " if limited else ""
        reason = last.reason if not since else last.reason[:1].lower() + last.reason[1:]
        parts.append(f"{since}{_in_units(chart, reason)}")
    parts.append(_since(chart))
    return " ".join(part for part in parts if part)


def chart_finding(chart: ControlChartAnswer) -> str:
    """The same without markup: the alternative text of the chart."""
    return f"{name_of(chart)}. {without_bold(chart_sentence(chart))}"


def name_of(chart: ControlChartAnswer) -> str:
    """What the chart shows, by name."""
    if chart.kind is PointKind.MONTH:
        daily = " a day" if is_volume(chart.metric) else ""
        return f"{worded(chart.metric.label, chart.record_grain)}{daily} by month"
    between = "Days" if chart.kind is PointKind.DAYS_BETWEEN else "Responses"
    return f"{between} from one {_event(chart)} to the next"


def baseline_caption(chart: ControlChartAnswer) -> str:
    """Over what the limits were set, by which method, and what a reader of them must know."""
    limited = [phase for phase in chart.phases if phase.method]
    if not limited:
        return f"{name_of(chart)}."
    last = limited[-1]
    single = "month" if chart.kind is PointKind.MONTH else "wait"
    kept = (
        "the months before the latest six"
        if chart.kind is PointKind.MONTH and last is chart.phases[-1]
        else "the shaded part"
    )
    parts = [
        f"{name_of(chart)}. Dashed lines: the limits of ordinary variation for a single {single} ({last.method}), set over "
        f"{when_words(chart, last.first)} to {when_words(chart, last.baseline_last)}, {kept}."
    ]
    anew = [when_words(chart, phase.first) for phase in chart.phases[1:]]
    if anew:
        often = (
            f"{len(anew)} times, last in {anew[-1]}" if len(anew) > MOST_STARTS else ", ".join(anew)
        )
        parts.append(
            "Limits start anew after a recorded change, a change of level, or where a log begins or ends: "
            f"{often}."
        )
    parts += [_in_units(chart, caution) for caution in last.cautions]
    if any(point.note == HIDDEN for point in chart.points):
        parts.append(
            "Hidden months are left out; they have few cases, so the usual value comes out too high here."
        )
    parts.append(_false_alarms(chart))
    return " ".join(parts)


def signal_words(signal: NamedSignal) -> str:
    """The signal's name beside its point on the chart."""
    return SHORT_WORDS[signal.kind][signal.side].format(count=len(signal.points))


def value_words(chart: ControlChartAnswer, value: float) -> str:
    """A value in the unit of the chart."""
    if chart.kind is not PointKind.MONTH:
        return count_text(value)
    if is_volume(chart.metric):
        return f"{decimal_text(value, 2 if value < BY_TENTHS else 1)} a day"
    return percent(value, max(chart.metric.decimals, 1))


def edge_words(chart: ControlChartAnswer, limit: float, side: Side) -> str:
    """A limit; of waits the last whole one that is still ordinary."""
    if chart.kind is PointKind.MONTH:
        return value_words(chart, limit)
    return value_words(chart, math.floor(limit) if side is Side.HIGH else math.ceil(limit))


def when_words(chart: ControlChartAnswer, day: date) -> str:
    """A month, or a day without the zero before it."""
    return f"{day:%b %Y}" if chart.kind is PointKind.MONTH else day_label(day)


def is_volume(metric: Metric) -> bool:
    """Whether the metric is a plain count."""
    return metric.statistic is Statistic.COUNT


def _false_alarms(chart: ControlChartAnswer) -> str:
    """How many of a hundred charts as long as this one give a signal by chance."""
    look = "A signal is a reason to look, not a verdict."
    if chart.kind is not PointKind.MONTH:
        length, alarms = false_alarms_of_waits(chart.judged_count)
        return (
            f"Of 100 charts of {length} ordinary waits {_show(alarms)} a signal by chance. {look}"
        )
    length, alarms, alike = false_alarms_of_months(chart.judged_count)
    return (
        f"Of 100 charts of {length} ordinary months {_show(alarms)} a signal by chance, {alike} where each month "
        f"resembles the one before. {look}"
    )


def _show(charts: int) -> str:
    return f"{charts} {'shows' if charts == 1 else 'show'}"


def _latest_said(chart: ControlChartAnswer) -> str:
    """The latest full month: ordinary, unusual, or no usual level yet."""
    latest = chart.latest()
    if latest is None:
        return "No month of this selection is covered in full, so none is judged."
    point, standing = latest
    which = f"{BOLD}{point.day:%b %Y}, the latest full month, {standing.value}{BOLD}"
    if point.limits is None:
        reason = next((p.reason for p in chart.phases if p.first <= point.day <= p.last), None)
        since = next((p.first for p in chart.phases[1:] if p.first <= point.day <= p.last), None)
        words = _in_units(chart, reason or "")
        words = f"{words[:1].lower()}{words[1:]}"
        return f"{which}: {words if since is None else f'since {since:%b %Y} {words}'}"
    if standing is Standing.ORDINARY:
        return (
            f"{which}: {_counted(chart, point)}. Around {value_words(chart, point.limits.centre)} is usual for it, and "
            f"{value_words(chart, point.limits.low)} to {value_words(chart, point.limits.high)} ordinary."
        )
    of_point = [signal for signal in chart.signals_that_stand_out() if point in signal.points]
    signal = max(of_point, key=lambda signal: signal.recency)
    said = which
    if signal.kind is SignalKind.LATEST:
        said = f"{BOLD}{point.day:%b %Y}, the latest full month, is unusual together with the five before it{BOLD}"
    return f"{said}: {_away(chart, signal)} {_meaning(chart, signal)}"


def _before_said(chart: ControlChartAnswer) -> str:
    """What stood out before the latest month, or that nothing did; empty where nothing was judged."""
    latest = chart.latest()
    stands = [
        signal
        for signal in chart.signals
        if latest is None or latest[0] not in signal.points or (signal.kind is SignalKind.LEVEL)
    ]
    if stands:
        return _signals_said(chart, stands)
    if not any(point.limits for point in chart.points) or chart.signals:
        return ""
    shown = " that is shown" if any(point.note == HIDDEN for point in chart.points) else ""
    if latest is not None and latest[1] is Standing.NO_USUAL_LEVEL:
        return f"{BOLD}Ordinary variation{BOLD} where there is a usual level: no month{shown} stands out."
    return f"{BOLD}Ordinary variation{BOLD}: no month{shown} stands out, nor do the latest six together."


def _ordinary_waits(chart: ControlChartAnswer) -> str:
    limits = next((point.limits for point in reversed(chart.points) if point.limits), None)
    if limits is None:
        return ""
    unit = "days" if chart.kind is PointKind.DAYS_BETWEEN else "responses"
    return (
        f"{BOLD}Ordinary variation{BOLD}: the {unit} from one {_event(chart)} to the next differ as chance lets them. "
        f"Half the time there are fewer than {value_words(chart, limits.centre)}, seldom more than "
        f"{edge_words(chart, limits.high, Side.HIGH)}."
    )


def _signals_said(chart: ControlChartAnswer, signals: Sequence[NamedSignal]) -> str:
    """The signal that ends last, with what it means; how many others there are."""
    latest = max(signals, key=lambda signal: signal.recency)
    say = _month_signal if chart.kind is PointKind.MONTH else _event_signal
    others = len(signals) - 1
    more = (
        f" {others} more {'signal is' if others == 1 else 'signals are'} in the table."
        if others
        else ""
    )
    return f"{say(chart, latest)} {_meaning(chart, latest)}{more}"


def _meaning(chart: ControlChartAnswer, signal: NamedSignal) -> str:
    """Whether the signal is good or bad, by the direction of the metric."""
    reason = chart.metric.direction_reason
    return {
        Meaning.CONCERN: f"That is a concern: {reason}.",
        Meaning.IMPROVEMENT: "That is an improvement.",
        Meaning.NEITHER: f"By itself that is neither good nor bad: {reason}.",
    }[signal.meaning]


def _month_signal(chart: ControlChartAnswer, signal: NamedSignal) -> str:
    """An earlier signal on a chart of months, with its months."""
    first, last = signal.points[0], signal.points[-1]
    side = "above" if signal.side is Side.HIGH else "below"
    if signal.kind is SignalKind.LEVEL:
        level = "higher" if signal.side is Side.HIGH else "lower"
        here, before = _usual_around(chart, first.day), _usual_before(chart, first.day)
        usual = (
            f": {value_words(chart, here)} is usual since then, {value_words(chart, before)} before"
            if here is not None and before is not None
            else ""
        )
        return f"{BOLD}From {first.day:%b %Y} on the level is {level} than before{BOLD}{usual}, {SELDOM}."
    if signal.kind is SignalKind.LATEST:
        return f"{BOLD}{first.day:%b %Y} to {last.day:%b %Y} together are {side} what is usual{BOLD}: {_away(chart, signal)}"
    return f"{BOLD}{first.day:%b %Y} is {side} what is usual{BOLD}: {_away(chart, signal)}"


def _usual_around(chart: ControlChartAnswer, day: date) -> float | None:
    """The mean usual value of the phase that holds a day; None where it has none."""
    inside = next(((p.first, p.last) for p in chart.phases if p.first <= day <= p.last), None)
    usual = [
        point.limits.centre
        for point in chart.points
        if inside and inside[0] <= point.day <= inside[1] and point.limits
    ]
    return sum(usual) / len(usual) if usual else None


def _usual_before(chart: ControlChartAnswer, day: date) -> float | None:
    """The mean usual value of the phase that ends before a day; None where it has none."""
    ended = [phase for phase in chart.phases if phase.last < day]
    return _usual_around(chart, ended[-1].first) if ended else None


def _away(chart: ControlChartAnswer, signal: NamedSignal) -> str:
    """The counts of a signal's months together, that chance would not explain them, and what is usual."""
    points, is_high = signal.points, signal.side is Side.HIGH
    count, of = sum(p.count or 0.0 for p in points), sum(p.of or 0.0 for p in points)
    expected = sum(p.limits.centre * (p.of or 0.0) for p in points if p.limits)
    if not of or any(point.limits is None for point in points):
        raise ValueError(
            "Expected limits and counts at every point of a signal; find signals with them."
        )
    than = "more" if is_high else "fewer" if is_volume(chart.metric) else "less"
    counted = _counted(chart, replace(points[-1], count=count, of=of, value=count / of))
    said = (
        f"{counted}, {than} than chance would explain; {value_words(chart, expected / of)} is usual"
    )
    limits = points[-1].limits
    if signal.kind is SignalKind.OUTSIDE and limits is not None:
        edge = (
            f"up to {value_words(chart, limits.high)}"
            if is_high
            else f"down to {value_words(chart, limits.low)}"
        )
        return f"{said}, and {edge} ordinary."
    return f"{said}."


def _event_signal(chart: ControlChartAnswer, signal: NamedSignal) -> str:
    first, last, is_high = signal.points[0], signal.points[-1], signal.side is Side.HIGH
    unit = "days" if chart.kind is PointKind.DAYS_BETWEEN else "responses"
    came = "later" if is_high else "sooner"
    span = f"{when_words(chart, first.day)} to {when_words(chart, last.day)}"
    events = EVENT_WORDS[chart.metric.key][1]
    if signal.kind is SignalKind.OUTSIDE:
        than = "more" if is_high else "fewer"
        usual = f"; {value_words(chart, first.limits.centre)} is usual" if first.limits else ""
        return (
            f"{BOLD}Before the {_event(chart)} of {when_words(chart, first.day)} lay {count_text(first.value)} {unit}{BOLD}, {than} than "
            f"chance would explain{usual}."
        )
    return f"{BOLD}{len(signal.points)} {events} in a row, {span}, came {came} than is usual{BOLD}, {SELDOM}."


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
        return f"{said}. {BOLD}That is longer than chance would explain{BOLD}, an improvement."
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
    for points in ("he points", "oo few points"):
        sentence = sentence.replace(points, points.replace("points", unit))
    return sentence


def _counted(chart: ControlChartAnswer, point: ControlChartPoint) -> str:
    """Counts in words: '12 of 210 responses (5.7%)', '201 responses (6.48 a day)'."""
    metric = chart.metric
    if point.count is None or point.of is None or metric.denominator is None:
        counted = worded(f"{count_text(point.count)} {metric.numerator.words}", chart.record_grain)
        return f"{counted} ({value_words(chart, point.value or 0.0)})"
    of = worded(metric.denominator.words, chart.record_grain)
    return f"{part_of(point.count, point.of)} {of} ({value_words(chart, point.value or 0.0)})"


def _event(chart: ControlChartAnswer) -> str:
    return EVENT_WORDS[chart.metric.key][0]
