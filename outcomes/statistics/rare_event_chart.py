"""Charts of rare events by what lies between them: responses (g chart) or days (t chart).

A month with one event or none says little. How many responses, or days, went by from one event to
the next says more, and each new event is a new point. A high point means that events are rarer.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outcomes.statistics.control_segments import ChartMethod, ControlChart, PhaseLimits, charted
from outcomes.statistics.control_signals import Limits
from outcomes.statistics.interval import checked_count, checked_exposure

# chance of a point below the lower and above the upper limit: that of three sigma of the normal
TAIL = 0.00135


@dataclass(frozen=True)
class RareEventChart:
    """A chart of what lies between events, and the wait since the last one."""

    # the chart, a point for each event after the first; high means that events are rarer
    chart: ControlChart
    # responses or days since the last event; None where not given
    since_last: float | None
    # whether the wait since the last event is already above the upper limit; None without limits
    # or without a wait
    is_long_without: bool | None


def g_chart(
    responses_between: Sequence[int],
    since_last: int | None = None,
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> RareEventChart:
    """Chart of the responses without an event between one event and the next.

    Two events on neighbouring responses have 0 between them. The chance of an event is one over
    one more than the mean. Limits are the 0.135% and 99.865% quantiles of the geometric
    distribution, not three sigma, because it is lopsided; the usual value is its median, so that as
    many points fall on either side. The lower limit is nearly always 0 and cannot be crossed: more
    frequent events show as eleven in a row below the usual value.

    Nothing but zeros (an event on every response) gives no limits, and says so. Parameters
    `changes` and `baseline` are those of `charted`, counted in events.

    Raises ValueError for a count that is not a whole number of zero or more.

    Source: Benneyan 2001, Health Care Manag Sci 4:305-318; limits by probability: Woodall 2006, J
    Qual Technol 38:89-104.
    """
    between = [checked_count("number of responses between events", v) for v in responses_between]
    wait = (
        None if since_last is None else checked_count("responses since the last event", since_last)
    )
    return _rare_event_chart(between, wait, changes, baseline, ChartMethod.G, geometric_limits)


def t_chart(
    days_between: Sequence[float],
    since_last: float | None = None,
    changes: Sequence[int] = (),
    baseline: int | None = None,
) -> RareEventChart:
    """Chart of the days from one event to the next, for events whose responses are not counted.

    Two events on one day have 0 days between them. Limits are the 0.135% and 99.865% quantiles of
    the exponential distribution with the mean of the baseline, the usual value is its median. Where
    all days are whole numbers the same holds for the geometric distribution, the exponential one
    counted in whole days: otherwise two events on one day would always be a signal. The volume of
    responses is taken to be steady; where it is not, `g_chart` is right and this is not.

    Nothing but zeros gives no limits, and says so. Parameters `changes` and `baseline` are those of
    `charted`, counted in events.

    Raises ValueError for a negative or missing number of days.

    Source: limits by probability: Woodall 2006, J Qual Technol 38:89-104. The other way, an XmR
    chart of days to the power 1/3.6, is Nelson 1994, J Qual Technol 26:239-240.
    """
    between = [
        checked_exposure("number of days between events", v, zero_allowed=True)
        for v in days_between
    ]
    wait = (
        None
        if since_last is None
        else checked_exposure("number of days since the last event", since_last, zero_allowed=True)
    )
    is_in_whole_days = all(days.is_integer() for days in between)
    limits_of = geometric_limits if is_in_whole_days else exponential_limits
    return _rare_event_chart(between, wait, changes, baseline, ChartMethod.T, limits_of)


def geometric_limits(mean: float) -> Limits:
    """Limits of the number of responses between events, given its mean above 0.

    Source: quantiles of the geometric distribution of failures before the first success.
    """
    log_without = math.log1p(-1.0 / (mean + 1.0))

    def quantile(probability: float) -> float:
        # chance of at most x between is 1 - (1 - p) ** (x + 1); the smallest x that reaches it
        return max(0.0, math.ceil(math.log1p(-probability) / log_without - 1.0))

    return Limits(
        # not rounded to a whole number, or points would lie on it and on neither side
        centre=max(0.0, math.log(0.5) / log_without - 1.0),
        low=quantile(TAIL),
        high=quantile(1.0 - TAIL),
    )


def exponential_limits(mean: float) -> Limits:
    """Limits of the days between events, given their mean above 0.

    Source: quantiles of the exponential distribution.
    """
    return Limits(
        centre=mean * math.log(2.0),
        low=-mean * math.log1p(-TAIL),
        high=-mean * math.log(TAIL),
    )


def _rare_event_chart(
    between: Sequence[float],
    since_last: float | None,
    changes: Sequence[int],
    baseline: int | None,
    method: ChartMethod,
    limits_of: Callable[[float], Limits],
) -> RareEventChart:
    """The chart of what lies between events, with limits from their mean over each baseline."""

    def phase_limits_of(start: int, stop: int, baseline_stop: int) -> PhaseLimits | str:
        total = sum(between[start:baseline_stop])
        if total == 0:
            return "There is nothing between the events, so this chart cannot say what is usual."
        limits = limits_of(total / (baseline_stop - start))
        return PhaseLimits(method=method, limits=(limits,) * (stop - start))

    chart = charted(list(between), changes, baseline, phase_limits_of)
    last = chart.points[-1].limits if chart.points else None
    is_long = None if last is None or since_last is None else since_last > last.high
    return RareEventChart(chart=chart, since_last=since_last, is_long_without=is_long)
