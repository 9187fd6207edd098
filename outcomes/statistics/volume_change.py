"""How much a number of events a day changed, where months vary by more than chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# scipy.stats takes seconds to import; tests hold every function here against it
from scipy.special import ndtri, stdtrit

from outcomes.statistics.comparison import Difference, difference_with_limits
from outcomes.statistics.interval import Interval
from outcomes.statistics.same_mix import highest_odds, lowest_odds

# with fewer months to spare than this, their variation is not known well enough for any limits
LEAST_FREEDOM = 3
# from as many months in a row on it is judged how far they hang together
LEAST_IN_A_ROW = 6
# months are never taken to hang together more than this, which few of them cannot tell
MOST_ALIKE = 0.6


@dataclass(frozen=True)
class MonthCount:
    """Events of one month; an estimate of events need not be a whole number."""

    count: float
    days: int


def difference_of_volumes(
    now: Sequence[MonthCount],
    earlier: Sequence[MonthCount],
    others: Sequence[MonthCount] = (),
    is_same_season: bool = False,
) -> Difference:
    """The change of the number of events a day.

    Months vary by season, weather and staffing, so their counts are taken as over-dispersed: the
    variance is a multiple of the mean, never less than the mean. Where both periods have the same
    months of the calendar, six or more, each month is held against the same one of the earlier
    period, so that a season that returns takes no part. Else it is estimated from how the months of
    each period differ from its own rate, and where the periods are short from `others`, months of
    neither. Where the months that follow each other are alike, the variance is raised by as much.

    The limits are those of the ratio of both rates, told as a change of the earlier rate, with
    quantiles of Student's t for as many months as there are to spare. No limits with fewer than
    three to spare, or without an event in the earlier period. tests/benchmark/changes.py simulates
    how often a change is claimed where there is none.

    Raises ValueError for a period without months, a month without days, or a negative count.

    Source: quasi-Poisson, McCullagh and Nelder 1989, Generalized Linear Models, section 6.2; exact
    limits on counts cut to what they tell, Korn and Graubard 1998, Surv Methodol 24:193-201; months
    alike, an autoregression of order one, its estimate freed of bias as by Kendall 1954.
    """
    for month in (*now, *earlier, *others):
        if not (month.count >= 0 and month.days > 0):
            raise ValueError(
                "Expected months with days and a count of zero or more, found "
                f"[{month.count} in {month.days} days]; leave out months that are not covered."
            )
    if not now or not earlier:
        raise ValueError("Expected months in both periods, found [none]; do not compare them.")
    count, days = _sums(now)
    earlier_count, earlier_days = _sums(earlier)
    rate, earlier_rate = count / days, earlier_count / earlier_days
    if is_same_season and len(now) == len(earlier) >= LEAST_IN_A_ROW:
        in_periods = [_by_calendar_month(now, earlier)]
        elsewhere: list[list[float]] = []
    else:
        in_periods = [_around_own_rate(months) for months in (now, earlier)]
        elsewhere = [_around_own_rate(others)]
    runs = [run for run in (*in_periods, *elsewhere) if run]
    freedom = sum(len(run) - 1 for run in runs)
    if freedom < LEAST_FREEDOM or not earlier_count:
        return Difference(rate - earlier_rate, None, None, 1.0)
    squares = math.fsum(residual**2 for run in runs for residual in run)
    dispersion = max(1.0, squares / freedom * _alike(in_periods))

    def limits(confidence: float) -> Interval:
        tail = (1.0 - confidence) / 2.0
        # as many independent events would tell as much
        cut = dispersion * (float(stdtrit(freedom, tail)) / float(ndtri(tail))) ** 2
        seen, seen_earlier = count / cut, earlier_count / cut
        exposures = earlier_days / days
        low = lowest_odds(seen, seen_earlier, tail) * exposures
        high = highest_odds(seen + 1.0, seen_earlier, tail) * exposures
        return Interval(earlier_rate * (low - 1.0), earlier_rate * (high - 1.0))

    return difference_with_limits(rate - earlier_rate, limits)


def _sums(months: Sequence[MonthCount]) -> tuple[float, float]:
    return math.fsum(month.count for month in months), math.fsum(month.days for month in months)


def _around_own_rate(months: Sequence[MonthCount]) -> list[float]:
    """How far each month lies from the months' own rate, in units of chance; none without an event."""
    count, days = _sums(months)
    expected = [count / days * month.days for month in months] if count else []
    return [
        (month.count - mean) / math.sqrt(mean)
        for month, mean in zip(months, expected, strict=False)
    ]


def _by_calendar_month(now: Sequence[MonthCount], earlier: Sequence[MonthCount]) -> list[float]:
    """How far each month's part of the two years' count lies from what the two rates give it."""
    count, days = _sums(now)
    earlier_count, earlier_days = _sums(earlier)
    found = []
    for month, before in zip(now, earlier, strict=True):
        both = month.count + before.count
        weight = count / days * month.days
        part = weight / (weight + earlier_count / earlier_days * before.days) if both else 0.0
        if 0.0 < part < 1.0:
            found.append((month.count - both * part) / math.sqrt(both * part * (1.0 - part)))
    return found


def _alike(runs: Sequence[Sequence[float]]) -> float:
    """By how much the variance of a mean grows because a month is like the one before; 1 where it is not."""
    long = [run for run in runs if len(run) >= LEAST_IN_A_ROW]
    squares = math.fsum(residual**2 for run in long for residual in run)
    if not squares:
        return 1.0
    products = math.fsum(a * b for run in long for a, b in pairwise(run))
    part = len(long) / sum(map(len, long))
    # few months make the likeness look smaller than it is
    alike = (products / squares + part) / (1.0 - 3.0 * part)
    alike = min(max(alike, 0.0), MOST_ALIKE)
    return (1.0 + alike) / (1.0 - alike)
