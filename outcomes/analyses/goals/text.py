"""Goals in words: what was set, by whom and since when, the figure now, the state, and why it is no other."""

from collections import Counter
from collections.abc import Sequence

from outcomes.analyses.goals.analysis import GoalReading, GoalState, WhyNot
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Figure
from outcomes.presentation.format import (
    HIDDEN,
    as_given,
    bounds_range,
    count_text,
    decimal_text,
    interval_text,
    number_range,
    part_of,
    percent_range,
    value_text,
)
from outcomes.presentation.sentences import worded
from outcomes.store.programs import Goal
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import GoalDirection, GoalUnit, RecordGrain

# A shape for each state, so that none is told by color.
SIGNS = {
    GoalState.MET: "✓",
    GoalState.NOT_MET: "✗",
    GoalState.TOO_FEW: "○",
    GoalState.NOT_MEASURED: "–",
    GoalState.HIDDEN: "–",
}
# Where what is not recorded decides whether a goal is met.
UNCLEAR = "not clear"
UNIT_WORDS = {
    GoalUnit.PERCENT: "%",
    GoalUnit.MINUTES: " minutes",
    GoalUnit.A_MONTH: " a month",
    GoalUnit.PER_10K: " per 10,000",
}


def goal_words(goal: Goal) -> str:
    """What was set: 'at least 50%', 'at most 30 minutes', 'at least 450 a month'."""
    side = "at least" if goal.direction is GoalDirection.AT_LEAST else "at most"
    return f"{side} {as_given(goal.value)}{UNIT_WORDS[goal.unit]}"


def set_words(goal: Goal) -> str:
    """Who set it and since when: 'City council, since Jan 2024'; the day where it is no month's first."""
    day = goal.since_date
    return f"{goal.set_by}, since {f'{day:%b %Y}' if day.day == 1 else day_label(day)}"


def measure_words(reading: GoalReading) -> str:
    """The figure's name, in the words of the log's rows."""
    grain = reading.source.record_grain if reading.source else RecordGrain.CALL
    return worded(reading.metric.label, grain)


def now_words(reading: GoalReading) -> str:
    """The figure with its interval, or how many in how many full months; why there is none."""
    if reading.state is GoalState.HIDDEN:
        return HIDDEN
    if reading.a_month is not None:
        months = counted(reading.months, "full month")
        return f"{decimal_text(reading.a_month, 1)} a month on average ({count_text(reading.count)} in {months})"
    if reading.figure is None:
        return ""
    return _figure_words(reading.metric, reading.figure)


def _figure_words(metric: Metric, figure: Figure) -> str:
    if figure.numerator == 0:
        return f"0 of {count_text(figure.denominator)}, {interval_text(metric, figure)}"
    if figure.low is None or figure.high is None:
        return value_text(metric, figure.value or 0.0)
    low, high = figure.low, figure.high
    within = (
        percent_range(low, high, metric.decimals)
        if metric.unit == "share"
        else number_range(low, high, metric.decimals)
    )
    value = value_text(metric, figure.value or 0.0)
    if metric.unit == "share" and figure.numerator is not None and figure.denominator is not None:
        value += f", {part_of(figure.numerator, figure.denominator)}"
    elif figure.denominator is not None:
        value += f", of {count_text(figure.denominator)}"
    return f"{value} ({within})"


def state_words(reading: GoalReading) -> str:
    """The state with its sign: '✓ met'."""
    return f"{SIGNS[reading.state]} {_state_word(reading)}"


def _state_word(reading: GoalReading) -> str:
    """The state; where what is not recorded decides, more cases would not tell, and the word is another."""
    return UNCLEAR if reading.why_not is WhyNot.MISSING else reading.state.value


def why_words(reading: GoalReading) -> str:
    """Why a goal is neither met nor missed, as a clause; empty where chance alone is the reason, or it is one of both."""
    start = f"{reading.counts_from:%b %Y}"
    if reading.why_not is WhyNot.MISSING:
        if (
            reading.figure
            and reading.figure.lowest is not None
            and reading.figure.highest is not None
        ):
            bounds = bounds_range(reading.metric, reading.figure.lowest, reading.figure.highest)
            return f"it could be {bounds} with what is not recorded"
        return "more may have happened than is recorded"
    words = {
        WhyNot.NOT_RECORDED: "the log does not record it",
        WhyNot.NO_WHOLE: f"the log does not hold all {_whole(reading.metric)}",
        WhyNot.NO_INTERVAL: "how sure it is cannot be said",
        WhyNot.NO_CASES: "no cases in these months",
        WhyNot.SOME_CALLS: "a goal is for all calls, so choose all call types",
        WhyNot.NOT_YET: f"it counts from {start} on, after the months chosen",
        WhyNot.CUTS_PERIOD: f"in the public view, choose months from {start} on",
    }
    return words[reading.why_not] if reading.why_not else ""


def _whole(metric: Metric) -> str:
    return metric.denominator.words if metric.denominator else "cases"


def goal_sentence(reading: GoalReading) -> str:
    """One goal in a line under the tiles: '✓ **Goal met**: at least 50% ...'."""
    state = reading.state
    begin = {
        GoalState.MET: "Goal met",
        GoalState.NOT_MET: "Goal not met",
        GoalState.TOO_FEW: f"Goal: {_state_word(reading)}",
        GoalState.NOT_MEASURED: "Goal not measured",
        GoalState.HIDDEN: "Goal hidden in the public view",
    }[state]
    now = "" if state is GoalState.HIDDEN else now_words(reading)
    why = why_words(reading)
    told = f"{measure_words(reading)}, {goal_words(reading.goal)}{f': now {now}' if now else ''}."
    told += f" {why[:1].upper()}{why[1:]}." if why else ""
    return f"{SIGNS[state]} {BOLD}{begin}{BOLD}: {told} Set by {set_words(reading.goal)}."


def missed_sentence(readings: Sequence[GoalReading]) -> str:
    """Which goals are not met, in one sentence; empty where none is."""
    missed = [
        f"{measure_words(one)}, {goal_words(one.goal)}"
        for one in readings
        if one.state is GoalState.NOT_MET
    ]
    if not missed:
        return ""
    what = "Goal" if len(missed) == 1 else f"{len(missed):,} goals"
    return f"{BOLD}{what} not met{BOLD}: {'; '.join(missed)}."


def goals_sentence(readings: Sequence[GoalReading]) -> str:
    """How many goals are in which state: 'Of 5 goals, 2 are met, 1 is not met, 2 have too few cases to tell.'"""
    found = Counter(_state_word(reading) for reading in readings)
    states = []
    for word in (*GoalState, UNCLEAR):
        if found[word]:
            verb = "is" if found[word] == 1 else "are"
            words = f"{verb} {word}"
            if word == GoalState.TOO_FEW:
                words = f"{'has' if found[word] == 1 else 'have'} too few cases to tell"
            states.append(f"{found[word]} {words}")
    return f"Of {counted(len(readings), 'goal')}, {', '.join(states)}."
