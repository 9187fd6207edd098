"""Goals of one program beside what its log says: met, not met, too few to tell, or not measured."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from outcomes.answers.answer import Answer, Source, answer
from outcomes.answers.scope import chosen_programs
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Figure
from outcomes.metrics.goal import SCALES, is_kept
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection, add_months
from outcomes.store.programs import Goal, Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, GoalUnit, Status, View


class GoalState(StrEnum):
    """How a figure stands beside its goal."""

    MET = "met"
    NOT_MET = "not met"
    TOO_FEW = "too few to tell"
    NOT_MEASURED = "not measured"
    HIDDEN = "hidden in the public view"


class WhyNot(StrEnum):
    """Why a goal is neither met nor missed."""

    NOT_RECORDED = "not_recorded"
    NO_WHOLE = "no_whole"
    NO_INTERVAL = "no_interval"
    MISSING = "missing"
    NO_CASES = "no_cases"
    SOME_CALLS = "some_calls"
    NOT_YET = "not_yet"
    CUTS_PERIOD = "cuts_period"


@dataclass(frozen=True)
class GoalReading:
    """One goal with the figure of the months chosen, from its first full month on."""

    goal: Goal
    metric: Metric
    state: GoalState
    # first full month in which it counts
    counts_from: date
    # the figure with its interval; None where there is none, or it is hidden
    figure: Figure | None = None
    # of a goal counted a month: how many in how many full months
    count: float | None = None
    months: int = 0
    # why it is neither met nor missed, where chance is not the reason
    why_not: WhyNot | None = None
    # where the figure is from; None where none was asked for
    source: Source | None = None

    @property
    def a_month(self) -> float | None:
        """The mean of the full months; None where none was counted."""
        return None if self.count is None or not self.months else self.count / self.months


def goal_readings(
    selection: Selection, snapshot: Snapshot, rule: DisclosureRule | None = None
) -> tuple[GoalReading, ...]:
    """The goals of the chosen program, the first set first, each beside its figure.

    Empty where several programs are chosen, or the one has no goals. Of several goals for one figure the latest that
    counts in the months chosen. Raises SelectionError for a selection that cannot be answered.
    """
    programs = chosen_programs(selection, snapshot)
    if len(programs) != 1:
        return ()
    program = programs[0]
    goals = [goal for goal in snapshot.goals if goal.program_id == program.program_id]
    last = _last_month(selection, program)
    in_force: dict[str, Goal] = {}
    for goal in goals:
        if goal.metric_key not in in_force or (last and counts_from(goal) <= last):
            in_force[goal.metric_key] = goal
    return tuple(_reading(goal, selection, program, snapshot, rule) for goal in in_force.values())


def counts_from(goal: Goal) -> date:
    """First full month in which a goal counts."""
    month = goal.since_date.replace(day=1)
    return month if month == goal.since_date else add_months(month, 1)


def _first_month(selection: Selection, program: Program) -> date | None:
    log_first = program.first_day.replace(day=1) if program.first_day else None
    months = [month for month in (selection.first_month, log_first) if month]
    return max(months, default=None)


def _last_month(selection: Selection, program: Program) -> date | None:
    log_last = program.last_day.replace(day=1) if program.last_day else None
    months = [month for month in (selection.last_month, log_last) if month]
    return min(months, default=None)


def _reading(
    goal: Goal,
    selection: Selection,
    program: Program,
    snapshot: Snapshot,
    rule: DisclosureRule | None,
) -> GoalReading:
    metric, start = find_metric(goal.metric_key), counts_from(goal)
    without = GoalReading(goal, metric, GoalState.NOT_MEASURED, start)
    last = _last_month(selection, program)
    if last is None or start > last:
        return replace(without, why_not=WhyNot.NOT_YET)
    if selection.call_types:
        return replace(without, why_not=WhyNot.SOME_CALLS)
    first = _first_month(selection, program)
    if first and first < start:
        if selection.view is View.PUBLIC:
            # Beside the whole, and the months of it, the figure of a part could give a hidden count away.
            return replace(without, why_not=WhyNot.CUTS_PERIOD)
        selection = replace(selection, first_month=start)
    by = Breakdown.MONTH if goal.unit is GoalUnit.A_MONTH else None
    found = answer(metric.key, selection, snapshot, by, rule=rule)
    without = replace(without, source=found.source)
    # The public view may hide what the missing could make of a figure; a goal is in one state all the same.
    inside = answer(metric.key, replace(selection, view=View.PROGRAM), snapshot, rule=rule).total
    return (_counted if by else _estimated)(without, found, inside)


def _estimated(without: GoalReading, found: Answer, inside: Figure) -> GoalReading:
    """A share, rate or wait: whether all of its interval, and of what the missing could make of it, is on the good side."""
    goal, total = without.goal, found.total
    if total.status is Status.SUPPRESSED:
        return replace(without, state=GoalState.HIDDEN)
    if total.status is Status.NO_CASES:
        return replace(without, why_not=WhyNot.NO_CASES)
    if total.value is None:
        is_recorded = total.status is not Status.NOT_RECORDED
        return replace(without, why_not=WhyNot.NO_WHOLE if is_recorded else WhyNot.NOT_RECORDED)
    if total.low is None or total.high is None:
        return replace(without, figure=total, why_not=WhyNot.NO_INTERVAL)
    value = goal.value / SCALES.get(goal.unit, 1.0)
    read = replace(without, figure=total)
    by_chance = is_kept(goal.direction, value, total.low, total.high)
    if by_chance is None:
        return replace(read, state=GoalState.TOO_FEW)
    if inside.lowest is not None and inside.highest is not None:
        with_missing = is_kept(goal.direction, value, inside.lowest, inside.highest)
        if with_missing is not by_chance:
            return replace(read, state=GoalState.TOO_FEW, why_not=WhyNot.MISSING)
    return replace(read, state=GoalState.MET if by_chance else GoalState.NOT_MET)


def _counted(without: GoalReading, found: Answer, inside: Figure) -> GoalReading:
    """A count of full months, which is what happened and no estimate; short of the goal only where little is missing."""
    goal, rows = without.goal, [row for row in found.rows if row["month"] is not None]
    whole = [row for row in rows if row["coverage"] == Coverage.WHOLE]
    if any(row["status"] == Status.SUPPRESSED for row in rows):
        return replace(without, state=GoalState.HIDDEN)
    counts = [row["numerator"] for row in whole if row["numerator"] is not None]
    if not counts:
        why = WhyNot.NO_CASES if found.rows else WhyNot.NOT_RECORDED
        return replace(without, why_not=why)
    read = replace(without, count=sum(counts), months=len(counts))
    mean = sum(counts) / len(counts)
    is_met = is_kept(goal.direction, goal.value, mean, mean)
    # What is counted of all that there is has a lowest only where much of it is missing.
    if not is_met and inside.lowest is not None:
        return replace(read, state=GoalState.TOO_FEW, why_not=WhyNot.MISSING)
    return replace(read, state=GoalState.MET if is_met else GoalState.NOT_MET)


def in_unit(reading: GoalReading) -> tuple[float, float | None, float | None] | None:
    """Value, low and high in the unit of the goal; None where there is no figure."""
    if reading.a_month is not None:
        return reading.a_month, None, None
    figure = reading.figure
    if figure is None or figure.value is None or figure.low is None or figure.high is None:
        return None
    scale = SCALES.get(reading.goal.unit, 1.0)
    return figure.value * scale, figure.low * scale, figure.high * scale


def of_metrics(
    readings: Sequence[GoalReading], metric_keys: Sequence[str]
) -> tuple[GoalReading, ...]:
    """The readings whose figures are among these."""
    return tuple(each for each in readings if each.metric.key in metric_keys)
