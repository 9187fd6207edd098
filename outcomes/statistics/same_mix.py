"""How much a share, a rate or a quantile changed, with programs weighted as in the earlier period."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

# scipy.stats takes seconds to import; tests hold every function here against it
from scipy.special import betainccinv, betaincinv, gammainccinv, gammaincinv, ndtri

from outcomes.statistics.comparison import Difference, difference_with_limits
from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.statistics.interval import (
    Interval,
    checked_confidence,
    checked_count,
    checked_exposure,
    checked_probability,
    checked_share,
)
from outcomes.statistics.proportion import wilson_interval
from outcomes.statistics.rate import garwood_interval

# number of durations by their minutes
Bins = Mapping[float, int]
Program = TypeVar("Program")


@dataclass(frozen=True)
class TwoCounts:
    """One program's events and what they are counted over, in both periods."""

    count: int
    cases: float
    earlier_count: int
    earlier_cases: float


def difference_of_shares(programs: Sequence[TwoCounts]) -> Difference:
    """The change of a share, -1 to 1; of several programs at the mix that they had earlier.

    Each program's change is weighted by its part of the earlier cases (direct standardisation), so
    that a program's growth alone changes nothing. One program has `newcombe_difference_interval`.

    Raises ValueError without a program, for a period without cases, or more counted than there were.

    Source: Newcombe 1998, Stat Med 17:873-890, method 10; for weighted sums Zou and Donner 2008,
    Stat Med 27:1693-1702.
    """
    pairs = [
        (
            checked_share(one.count, round(one.cases)),
            checked_share(one.earlier_count, round(one.earlier_cases), which="earlier "),
        )
        for one in _some(programs)
    ]
    all_earlier = sum(earlier[1] for _, earlier in pairs)
    weights = [earlier[1] / all_earlier for _, earlier in pairs]
    # no sum of weighted parts for one program: its limits are Newcombe's to the last digit
    size = math.fsum(
        weight * (now[0] / now[1] - earlier[0] / earlier[1])
        for weight, (now, earlier) in zip(weights, pairs, strict=True)
    )

    def limits(confidence: float) -> Interval:
        below, above = [], []
        for weight, (now, earlier) in zip(weights, pairs, strict=True):
            share, earlier_share = now[0] / now[1], earlier[0] / earlier[1]
            around, around_earlier = (wilson_interval(*each, confidence) for each in (now, earlier))
            below += [weight * (share - around.low), weight * (around_earlier.high - earlier_share)]
            above += [weight * (around.high - share), weight * (earlier_share - around_earlier.low)]
        return Interval(max(-1.0, size - math.hypot(*below)), min(1.0, size + math.hypot(*above)))

    return difference_with_limits(size, limits)


def difference_of_rates(programs: Sequence[TwoCounts], per: float = 1.0) -> Difference:
    """The change of a rate, per so many cases; of several programs at the mix that they had earlier.

    The limits are the exact ones of the ratio of the two rates, told as a change of the earlier
    rate. Where a period has no event they are put together from the exact limits of both rates, and
    leave out 0 only where those of the ratio leave out 1.

    Raises ValueError without a program, for a negative count, or cases that are not above zero.

    Source: given the events of both periods those of one are binomial, with the limits of Clopper
    and Pearson 1934; for weighted sums Fay and Feuer 1997, Stat Med 16:791-801, and Fay 1999, Commun
    Stat Theory Methods 28:2141-2160; for no event Zou and Donner 2008, Stat Med 27:1693-1702.
    """
    for one in _some(programs):
        checked_count("count", one.count)
        checked_count("earlier count", one.earlier_count)
        checked_exposure("exposure", one.cases)
        checked_exposure("earlier exposure", one.earlier_cases)
    exposure = math.fsum(one.earlier_cases for one in programs)
    earlier_count = sum(one.earlier_count for one in programs)
    weights = [one.earlier_cases / one.cases for one in programs]
    events = math.fsum(w * one.count for w, one in zip(weights, programs, strict=True))
    spread = math.fsum(w * w * one.count for w, one in zip(weights, programs, strict=True))
    # Weighted events vary as fewer whole ones do. The upper limit allows for one event more, in the
    # program that weighs most.
    most = max(weights)
    count = events * events / spread if events else 0.0
    count_above, events_above = (events + most) ** 2 / (spread + most * most), events + most
    rate, earlier_rate = events / exposure, earlier_count / exposure

    def limits(confidence: float) -> Interval:
        tail = (1.0 - checked_confidence(confidence)) / 2.0
        low_ratio = lowest_odds(count, earlier_count, tail) * (events / count if count else 0.0)
        high_ratio = highest_odds(count_above, earlier_count, tail) * events_above / count_above
        if count and earlier_count:
            low, high = (earlier_rate * (ratio - 1.0) for ratio in (low_ratio, high_ratio))
            return Interval(per * low, per * high)
        lowest = float(gammaincinv(count, tail)) / count * rate if count else 0.0
        highest = float(gammainccinv(count_above, tail)) / count_above * events_above / exposure
        earlier = garwood_interval(earlier_count, exposure, confidence)
        change = rate - earlier_rate
        low = change - math.hypot(rate - lowest, earlier.high - earlier_rate)
        high = change + math.hypot(highest - rate, earlier_rate - earlier.low)
        return Interval(
            per * (low if low_ratio > 1.0 else min(low, 0.0)),
            per * (high if high_ratio < 1.0 else max(high, 0.0)),
        )

    return difference_with_limits(per * (rate - earlier_rate), limits)


def lowest_odds(count: float, others: float, tail: float) -> float:
    """Lower limit of the odds of one kind of event among two, 0 where there was none of it.

    Source: Clopper and Pearson 1934; with counts that need not be whole Korn and Graubard 1998, Surv
    Methodol 24:193-201.
    """
    if not count:
        return 0.0
    share = float(betaincinv(count, others + 1.0, tail))
    return share / (1.0 - share) if share < 1.0 else math.inf


def highest_odds(count_above: float, others: float, tail: float) -> float:
    """Upper limit of the odds of one kind of event among two, one more than were seen; may be infinite.

    Source: that of `lowest_odds`.
    """
    if not others:
        return math.inf
    share = float(betainccinv(count_above, others, tail))
    return share / (1.0 - share) if share < 1.0 else math.inf


def difference_of_quantiles(
    programs: Sequence[tuple[Bins, Bins]], probability: float
) -> Difference:
    """The change of a quantile in minutes; of several programs at the mix that they had earlier.

    For each program the durations now and earlier. Each later duration weighs as much as makes its
    program's part that of the earlier period. The limits of the two quantiles come from ranks, and
    each is moved outward by half the distance to the next duration that was recorded: minutes
    that were rounded are known no better. No limits where there are too few durations for any.

    Raises ValueError without a program, or for a period of a program without durations.

    Source: Hahn and Meeker 1991, section 5.2; weighted: Woodruff 1952, J Am Stat Assoc 47:635-646;
    put together: Zou and Donner 2008, Stat Med 27:1693-1702.
    """
    below = checked_probability("probability of a quantile", probability, example="0.5")
    totals = [(sum(now.values()), sum(earlier.values())) for now, earlier in _some(programs)]
    if any(0 in pair for pair in totals):
        raise ValueError(
            "Expected durations of every program in both periods, found [none in one]; leave it out."
        )
    weights = [earlier / now for now, earlier in totals]
    is_same_mix = max(weights) - min(weights) <= 1e-9 * max(weights)
    parts_now = [1.0] * len(weights) if is_same_mix else weights
    now = _Durations([bins for bins, _ in programs], parts_now)
    earlier = _Durations([bins for _, bins in programs], [1.0] * len(weights))
    find = _Durations.quantile if is_same_mix else _Durations.weighted_quantile
    value, earlier_value = find(now, below), find(earlier, below)
    change = value - earlier_value

    def limits(confidence: float) -> Interval | None:
        around, around_earlier = (each.limits(below, confidence) for each in (now, earlier))
        if around is None or around_earlier is None:
            return None
        return Interval(
            change - math.hypot(value - around.low, around_earlier.high - earlier_value),
            change + math.hypot(around.high - value, earlier_value - around_earlier.low),
        )

    return difference_with_limits(change, limits)


class _Durations:
    """Durations of several programs together, each with the weight of its program."""

    def __init__(self, programs: Sequence[Bins], weights: Sequence[float]) -> None:
        by_minutes: dict[float, float] = {}
        for bins, weight in zip(programs, weights, strict=True):
            for minutes, number in bins.items():
                if number:
                    by_minutes[minutes] = by_minutes.get(minutes, 0.0) + weight * number
        self.minutes = sorted(by_minutes)
        self.numbers = [by_minutes[minutes] for minutes in self.minutes]
        total = math.fsum(self.numbers)
        self.shares = [running / total for running in accumulate(self.numbers)]
        squared = math.fsum(
            weight * weight * sum(bins.values())
            for bins, weight in zip(programs, weights, strict=True)
        )
        # as many unweighted durations would tell as much: Kish 1965
        self.cases = total * total / squared
        self.is_weighted = len(set(weights)) > 1

    def quantile(self, probability: float) -> float:
        """The quantile of unweighted durations, in minutes."""
        return quantile(self.minutes, self.numbers, probability)

    def weighted_quantile(self, probability: float) -> float:
        """The shortest duration that so much of the weight lies at or under."""
        # rounding must not move a share past the value that it belongs to
        place = bisect_left(self.shares, probability - 1e-12)
        return self.minutes[min(place, len(self.minutes) - 1)]

    def limits(self, probability: float, confidence: float) -> Interval | None:
        """Limits by ranks, moved outward by half the distance to the next duration."""
        if not self.is_weighted:
            found = quantile_interval(self.minutes, self.numbers, probability, confidence)
            return found and self._outward(found)
        tail = (1.0 - confidence) / 2.0
        if max(probability, 1.0 - probability) ** self.cases > tail:
            return None
        score = float(ndtri(tail)) ** 2 / self.cases
        spread = math.sqrt(score * probability * (1.0 - probability) + score * score / 4.0)
        low, high = (
            (probability + score / 2.0 + side * spread) / (1.0 + score) for side in (-1, 1)
        )
        return self._outward(Interval(self.weighted_quantile(low), self.weighted_quantile(high)))

    def _outward(self, limits: Interval) -> Interval:
        low, high = (self.minutes.index(minutes) for minutes in (limits.low, limits.high))
        before = self.minutes[max(low - 1, 0)]
        after = self.minutes[min(high + 1, len(self.minutes) - 1)]
        return Interval((limits.low + before) / 2.0, (limits.high + after) / 2.0)


def _some(programs: Sequence[Program]) -> Sequence[Program]:
    if not programs:
        raise ValueError(
            "Expected at least 1 program, found [0]; say that no program can be compared."
        )
    return programs
