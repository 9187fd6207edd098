"""What a goal for a metric can be in, and when a figure keeps it or misses it."""

from outcomes.metrics.definition import Direction, Metric, Statistic
from outcomes.vocabulary.log import Breakdown, GoalDirection, GoalUnit

_OWN_UNITS = {
    Statistic.COUNT: GoalUnit.A_MONTH,
    Statistic.SHARE: GoalUnit.PERCENT,
    Statistic.SHARE_EXACT: GoalUnit.PERCENT,
    Statistic.RATE_PER_10K: GoalUnit.PER_10K,
    Statistic.MEDIAN: GoalUnit.MINUTES,
    Statistic.PERCENTILE_90: GoalUnit.MINUTES,
}
# What a share of 1, and any other figure of 1, is in the unit.
SCALES = {GoalUnit.PERCENT: 100.0}


def goal_units(metric: Metric) -> tuple[GoalUnit, ...]:
    """The units in which a goal for the metric can be set, its own first; none where it can have no goal.

    None where it is a list of parts, and where its range comes from assumptions. What there should be more of can
    also be counted a month.
    """
    if Breakdown.MONTH not in metric.breakdowns or metric.statistic not in _OWN_UNITS:
        return ()
    own = _OWN_UNITS[metric.statistic]
    if own is GoalUnit.PERCENT and metric.direction is Direction.HIGHER:
        return (own, GoalUnit.A_MONTH)
    return (own,)


def is_kept(direction: GoalDirection, value: float, low: float, high: float) -> bool | None:
    """Whether all of a range is on the side that a goal wants; None where the range is on both sides.

    A range that touches the value keeps the goal.
    """
    if direction is GoalDirection.AT_LEAST:
        return True if low >= value else False if high < value else None
    return True if high <= value else False if low > value else None
