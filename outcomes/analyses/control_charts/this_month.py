"""This month: the latest full month of each headline figure, its usual range, and whether it is ordinary."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from outcomes.analyses.control_charts.chart import ControlChartAnswer, ControlChartPoint, Standing
from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.text import is_volume
from outcomes.disclosure.rule import DisclosureRule
from outcomes.presentation.format import count_text, part_of, percent, percent_range
from outcomes.presentation.sentences import worded
from outcomes.selection import Selection
from outcomes.statistics.control_signals import Limits, Side, SignalKind
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.bold import BOLD

# The figures of the month, as the Overview and a packet show them.
OF_THE_MONTH = (
    "responses",
    "eligible_reached_share",
    "diverted_strict_eligible_share",
    "safety_escalation_rate",
    "over_target_share",
)
# Of sums of products: what is dust in their last places.
DUST = 9


@dataclass(frozen=True)
class MonthReading:
    """One figure in its latest full month."""

    metric_key: str
    # name of the figure
    label: str
    # first day of the month
    month: date
    # what it was: a count, or a share with its counts
    value: str
    # what is ordinary for it; empty where that cannot be said yet
    usual: str
    standing: Standing
    # where an unusual month stands out; None for any other
    side: Side | None
    # whether it is within its usual range, and does so only together with the five months before it
    is_together: bool = False

    @property
    def word(self) -> str:
        """'Ordinary', 'Unusual, high', 'Ordinary alone; low over six months together' or 'No usual range yet'."""
        if self.standing is Standing.NO_USUAL_LEVEL:
            return "No usual range yet"
        if self.side is None:
            return "Ordinary"
        if self.is_together:
            return f"Ordinary alone; {self.side.value} over six months together"
        return f"Unusual, {self.side.value}"


def month_reading(
    metric_key: str,
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule | None = None,
) -> MonthReading | None:
    """The figure in the latest full month of the selection; None where no full month has it.

    Raises ValueError for a metric that is neither a share nor a count, and SelectionError for a selection that cannot
    be answered.
    """
    return reading_of(monthly_chart(metric_key, selection, snapshot, rule))


def reading_of(chart: ControlChartAnswer) -> MonthReading | None:
    """The latest full month of a control chart of months; None where there is none."""
    latest = chart.latest()
    if latest is None:
        return None
    point, standing = latest
    metric = chart.metric
    signals = [each for each in chart.signals_that_stand_out() if point in each.points]
    signal = max(signals, key=lambda each: each.recency) if signals else None
    value = count_text(point.count)
    if not is_volume(metric):
        counts = "" if point.of is None else f" ({part_of(point.count or 0.0, point.of)})"
        value = f"{percent(point.value or 0.0, max(metric.decimals, 1))}{counts}"
    return MonthReading(
        metric_key=metric.key,
        label=worded(metric.label, chart.record_grain),
        month=point.day,
        value=value,
        usual=usual_range(point.limits, point.of, is_volume(metric), max(metric.decimals, 1)),
        standing=standing,
        side=signal.side if signal else None,
        is_together=signal is not None
        and signal.kind is SignalKind.LATEST
        and _is_within(point, is_volume(metric)),
    )


def _is_within(point: ControlChartPoint, is_count: bool) -> bool:
    """Whether a month lies within its own limits, of so many a day or of a share."""
    if point.limits is None or point.value is None:
        return False
    value = (point.count or 0.0) / point.of if is_count and point.of else point.value
    return point.limits.low <= value <= point.limits.high


def usual_range(limits: Limits | None, of: float | None, is_count: bool, decimals: int) -> str:
    """The ordinary values of a month: '478 to 561' where limits are of so many a day, '0.2% to 2.4%' for a share.

    Of a count the whole numbers within the limits; empty without limits.
    """
    if limits is None:
        return ""
    if not is_count:
        return percent_range(limits.low, limits.high, decimals, sign_at_both=True)
    low, high = (round(limit * (of or 0.0), DUST) for limit in (limits.low, limits.high))
    return f"{count_text(math.ceil(low))} to {count_text(math.floor(high))}"


def month_sentence(readings: Sequence[MonthReading]) -> str:
    """Whether the latest month was ordinary, in one sentence; empty without a reading."""
    if not readings:
        return ""
    month = max(reading.month for reading in readings)
    now = [reading for reading in readings if reading.month == month]
    judged = [each for each in now if each.standing is not Standing.NO_USUAL_LEVEL]
    if not judged:
        return f"{month:%B %Y} cannot be called usual or unusual yet: too few full months."
    alone = _sides([each for each in now if not each.is_together])
    together = _sides([each for each in now if each.is_together])
    by_itself = " by itself" if together else ""
    if alone:
        said = f"{BOLD}Unusual in {month:%B %Y}{BOLD}: {alone}."
    elif len(judged) == 1:
        said = f"{month:%B %Y}{by_itself} was {BOLD}ordinary{BOLD} on the one measure that has a usual range."
    else:
        said = f"{month:%B %Y}{by_itself} was {BOLD}ordinary{BOLD} on all {len(judged)} measures that have a usual range."
    return (
        f"{said} {BOLD}Unusual over the last six months together{BOLD}: {together}."
        if together
        else said
    )


def _sides(readings: list[MonthReading]) -> str:
    """The unusual ones with their side: 'missed calls (high), responses (low)'; empty where none is."""
    return ", ".join(f"{_small(each.label)} ({each.side.value})" for each in readings if each.side)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
