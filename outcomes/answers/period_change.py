"""Against an earlier period: higher, lower or about the same, or why it cannot be said."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outcomes.answers.coverage import month_coverage
from outcomes.answers.figures import make_figures
from outcomes.answers.scope import Scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Direction, Metric, Statistic
from outcomes.metrics.figure import PROBABILITY, Figure
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection, add_months, month_count
from outcomes.statistics.comparison import (
    Change,
    change_between_rates,
    change_between_shares,
    change_between_volumes,
)
from outcomes.store.programs import CoveredMonth
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Coverage, Status

MONTHS_IN_YEAR = 12


class CompareWith(StrEnum):
    """Which earlier period an answer is held against."""

    YEAR_BEFORE = "year_before"
    PERIOD_BEFORE = "period_before"


class Tone(StrEnum):
    """Whether a change is good news, bad news or neither."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Comparison:
    """A figure held against the same figure of an earlier period."""

    # which way it went, beyond chance
    change: Change
    # what that means for this metric
    tone: Tone
    # the earlier figure; None where there is none to compare with
    earlier: Figure | None
    # the sentence part, such as "about the same as the year before", or why there is none
    words: str


def compare(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    compare_with: CompareWith,
    rule: DisclosureRule,
) -> Comparison:
    """The comparison of the selection's months with earlier ones of the same number.

    An open-ended selection compares its last twelve months with the twelve before. Months that the
    log does not cover are not compared: the words then say so.
    """
    closed = _closed(scope)
    if closed is None or closed.first_month is None or closed.last_month is None:
        return _cannot("The log has no dates to compare.")
    months = month_count(closed.first_month, closed.last_month)
    is_recent_year = scope.selection.first_month is None
    back = months if compare_with is CompareWith.PERIOD_BEFORE or months > MONTHS_IN_YEAR else 12
    now = replace(scope, selection=closed)
    then = replace(scope, selection=closed.period_before(back) or closed)
    covered_now, covered_then = month_coverage(now, snapshot), month_coverage(then, snapshot)
    gap = _not_covered(then.selection, covered_then) or _not_covered(now.selection, covered_now)
    gap = gap or _other_target(metric, scope, then.selection, now.selection, snapshot)
    if gap:
        return _cannot(gap)
    figure_now = make_figures(metric, now, snapshot, None, rule).total
    figure_then = make_figures(metric, then, snapshot, None, rule).total
    shown = (Status.SHOWN, Status.UNSTABLE)
    if figure_now.status not in shown or figure_then.status not in shown:
        return _cannot("Not compared: one of the two periods has no figure to show.")
    days_now, days_then = (
        sum(month.covered_days for month in covered) for covered in (covered_now, covered_then)
    )
    change = _change(metric, figure_now, days_now, figure_then, days_then)
    if change is None:
        return _cannot("")
    begin = "in the last 12 months " if is_recent_year else ""
    earlier_words = _earlier_words(back, months, is_recent_year)
    said = {
        Change.HIGHER: f"{begin}higher than {earlier_words}",
        Change.LOWER: f"{begin}lower than {earlier_words}",
        Change.ABOUT_THE_SAME: f"{begin}about the same as {earlier_words}",
        Change.NOT_COMPARABLE: "not compared: one of the two periods has no cases",
    }[change]
    return Comparison(change, _tone(metric, change), figure_then, said)


def _closed(scope: Scope) -> Selection | None:
    """The selection with both ends; the last twelve months where it has no beginning."""
    if scope.last_day is None or scope.first_day is None:
        return None
    covered_last = date(scope.last_day.year, scope.last_day.month, 1)
    last = min(scope.selection.last_month or covered_last, covered_last)
    first = scope.selection.first_month or add_months(last, 1 - MONTHS_IN_YEAR)
    return replace(scope.selection, first_month=first, last_month=last)


def _not_covered(selection: Selection, months: list[CoveredMonth]) -> str:
    """Why the months cannot be compared; empty where every chosen log covers them without a gap."""
    first, last = selection.first_month, selection.last_month
    if first is None or last is None:
        return "Not compared: the period has no beginning or no end."
    span = f"{first:%b %Y} to {last:%b %Y}"
    if len(months) < month_count(first, last):
        return f"Not compared: the log does not cover all of {span}."
    if any(month.coverage is Coverage.GAP for month in months):
        return f"Not compared: the log has a gap in {span}."
    return ""


def _other_target(
    metric: Metric, scope: Scope, earlier: Selection, now: Selection, snapshot: Snapshot
) -> str:
    """Why shares over a target are not compared: one came or changed in between; empty where none did."""
    first, after = earlier.first_month, now.month_after()
    if Requirement.RESPONSE_TARGET not in metric.requires or first is None or after is None:
        return ""
    for target in snapshot.targets:
        since = target.since_date
        if target.program_id in scope.program_ids and since and first < since < after:
            return f"Not compared: another target counts since {since:%d %b %Y}."
    return ""


def _earlier_words(back: int, months: int, is_recent_year: bool) -> str:
    if is_recent_year:
        return "in the 12 before"
    if back == MONTHS_IN_YEAR:
        return "the year before" if months == MONTHS_IN_YEAR else "the same months a year before"
    return f"the {months} months before" if months > 1 else "the month before"


def _change(
    metric: Metric, now: Figure, days_now: int, then: Figure, days_then: int
) -> Change | None:
    if metric.statistic in PROBABILITY:
        return _change_between_intervals(now, then)
    count_now, count_then = now.numerator, then.numerator
    cases_now, cases_then = now.denominator, then.denominator
    if count_now is None or count_then is None:
        return None
    volumes = metric.statistic in (Statistic.COUNT, Statistic.ASSUMPTION_RANGE)
    if volumes or cases_now is None or cases_then is None:
        return change_between_volumes(round(count_now), days_now, round(count_then), days_then)
    compared = (round(count_now), round(cases_now), round(count_then), round(cases_then))
    is_rate = metric.statistic is Statistic.RATE_PER_10K or count_now > cases_now
    return change_between_rates(*compared) if is_rate else change_between_shares(*compared)


def _change_between_intervals(now: Figure, then: Figure) -> Change | None:
    """Higher or lower only where the two rank intervals do not touch, which is cautious."""
    if now.low is None or now.high is None or then.low is None or then.high is None:
        return None
    if now.low > then.high:
        return Change.HIGHER
    return Change.LOWER if now.high < then.low else Change.ABOUT_THE_SAME


def _tone(metric: Metric, change: Change) -> Tone:
    if metric.direction is Direction.NEUTRAL or change not in (Change.HIGHER, Change.LOWER):
        return Tone.NEUTRAL
    is_better = (change is Change.HIGHER) == (metric.direction is Direction.HIGHER)
    return Tone.IMPROVEMENT if is_better else Tone.CONCERN


def _cannot(why: str) -> Comparison:
    return Comparison(Change.NOT_COMPARABLE, Tone.NEUTRAL, None, why)
