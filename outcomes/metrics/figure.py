"""Counts, and the figures made from them: a numerator over a denominator with its value, interval and status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from outcomes.metrics.definition import Metric, Statistic
from outcomes.statistics.clusters import (
    clustered_quantile_interval,
    clustered_rate_interval,
    clustered_share_interval,
    person_share_interval,
)
from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import (
    clopper_pearson_interval,
    wilson_interval,
    zero_upper_limit,
)
from outcomes.statistics.rate import garwood_interval, zero_rate_upper_limit
from outcomes.statistics.rounding import rounded
from outcomes.vocabulary.log import Status

PER = 10_000
# Under this many cases a value is shown and called unstable (own choice, near the usual 30).
SMALLEST_STABLE_DENOMINATOR = 30
# Over one part in so many missing, 0.5%, a share is told with what the missing could make of it.
MISSING_ONE_IN = 200
# Statistics of which the missing have a lowest and a highest.
BOUNDED = (Statistic.SHARE, Statistic.SHARE_EXACT, Statistic.RATE_PER_10K)
PROBABILITY = {Statistic.MEDIAN: 0.5, Statistic.PERCENTILE_90: 0.9}


@dataclass(frozen=True)
class Counts:
    """The counts behind one figure; None stands for what is hidden or not recorded."""

    # what is counted
    numerator: float | None
    # what it is counted over; None where the metric has none, or the log does not record it
    denominator: float | None = None
    # what the denominator would be if everything were recorded
    recorded_of: float | None = None
    # what should be recorded, where it is less than that
    missing_of: float | None = None
    # counted as no, though they could be a yes
    could_be: float = 0.0
    # of those, the ones that would join the denominator as a yes
    could_join: float = 0.0
    # whether the lowest and highest that the missing could make of it may be told
    tells_bounds: bool = True
    # low and high end of an assumption range
    assumed: tuple[float, float] | None = None
    # every part of the denominator, where the metric names them
    parts: tuple[float, ...] = ()
    # usable durations per bin, by the bin's minutes, where the metric is a percentile
    bins: Mapping[float, int] | None = None
    # how many times the variance is that of cases of different persons, by the program's whole log
    person_effect: float = 1.0
    # whether the disclosure rule hides it
    is_hidden: bool = False
    # whether the log could not have recorded it, as in a gap
    is_missing: bool = False

    @property
    def base(self) -> float:
        """All that should be recorded: what the lowest and the highest are over."""
        for base in (self.missing_of, self.recorded_of, self.denominator):
            if base is not None:
                return base
        return 0.0


@dataclass(frozen=True)
class CountTable:
    """Counts of one answer."""

    # grain columns of the rows; none where there is no breakdown
    keys: tuple[str, ...]
    # one tuple of grain values per row, in order
    grains: tuple[tuple[object, ...], ...]
    # counts per row, in the same order
    rows: tuple[Counts, ...]
    # counts of everything
    total: Counts
    # sums of the counts that notes may tell, by column
    asides: dict[str, int]
    # query file that counted
    query_name: str
    # words of a closed list that some of the logs cannot say, with the names of these programs
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """What is shown of one cell. Numbers are None where the status says why."""

    # what is counted
    numerator: float | None
    # what it is counted over
    denominator: float | None
    # share, rate, count or minutes, in the metric's unit
    value: float | None
    # lower end of the 95% interval, or of the assumptions
    low: float | None
    # upper end; for zero events the one-sided 95% limit
    high: float | None
    # what it would be if everything missing were a no; None where no more than 0.5% is missing
    lowest: float | None
    # what it would be if everything missing were a yes
    highest: float | None
    # whether there is a number, and if not why
    status: Status


# Columns of a figure in a table.
FIGURE_COLUMNS = tuple(field.name for field in fields(Figure))


def whole_count(number: float | None) -> int | None:
    """A count as the whole number that it is; None where there is none."""
    return None if number is None else round(number)


def hidden(status: Status) -> Figure:
    """A figure without numbers, for the given reason."""
    return Figure(None, None, None, None, None, None, None, status)


def figure(metric: Metric, counts: Counts, by_program: Sequence[Counts] | None = ()) -> Figure:
    """The figure of a metric: its value with its interval, made from counts that may be shown.

    A denominator of zero gives 'no cases', or 'not recorded' where there were cases and the log is
    silent about them. A metric that has lost its denominator keeps its count and has no value. A
    percentile has no numerator. Where several programs have cases, `by_program` holds the counts of each,
    and the interval allows for how far they lie apart; None in its place leaves the interval out.
    """
    if counts.is_hidden:
        return hidden(Status.SUPPRESSED)
    if counts.is_missing or counts.numerator is None:
        return hidden(Status.NOT_RECORDED)
    if metric.statistic is Statistic.COUNT:
        number = counts.numerator
        return Figure(number, None, number, None, None, None, None, Status.SHOWN)
    if counts.denominator is None:
        return Figure(counts.numerator, None, None, None, None, None, None, Status.SHOWN)
    if counts.denominator == 0:
        silent = counts.recorded_of is not None and counts.recorded_of > 0
        return hidden(Status.NOT_RECORDED if silent else Status.NO_CASES)
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        low, high = counts.assumed or (None, None)
        number = counts.numerator
        return Figure(number, counts.denominator, number, low, high, None, None, Status.SHOWN)
    probability = PROBABILITY.get(metric.statistic)
    clusters = [each for each in by_program or () if each.denominator]
    if len(clusters) < 2:
        clusters = []
    if probability is None:
        value, interval = _value(
            metric.statistic,
            counts.numerator,
            counts.denominator,
            _pairs(clusters),
            effect_of_persons(counts, by_program),
        )
    else:
        bins = [each.bins or {} for each in clusters]
        value, interval = _percentile(probability, counts.bins or {}, bins)
    if by_program is None:
        interval = None
    bounds = missing_bounds(metric, counts)
    stable = counts.denominator >= SMALLEST_STABLE_DENOMINATOR
    return Figure(
        counts.numerator if probability is None else None,
        counts.denominator,
        value,
        interval.low if interval else None,
        interval.high if interval else None,
        bounds.low if bounds else None,
        bounds.high if bounds else None,
        Status.SHOWN if stable else Status.UNSTABLE,
    )


def effect_of_persons(counts: Counts, by_program: Sequence[Counts] | None) -> float:
    """How many times the variance of a figure is that of cases of different persons: programs by their cases."""
    programs = [each for each in by_program or () if each.denominator] or [counts]
    if all(each.person_effect == 1.0 for each in programs):
        return 1.0
    weights = [each.denominator or 0.0 for each in programs]
    weighted = zip(programs, weights, strict=True)
    return sum(each.person_effect * weight for each, weight in weighted) / sum(weights)


def _pairs(clusters: Sequence[Counts]) -> list[tuple[int, int]]:
    """Count and cases of each program."""
    return [(round(each.numerator or 0), round(each.denominator or 0)) for each in clusters]


def is_missing_much(missing: float, base: float) -> bool:
    """Whether more than 0.5% of a base is missing."""
    return missing * MISSING_ONE_IN > base


def missing_bounds(metric: Metric, counts: Counts) -> Interval | None:
    """The lowest and highest that the missing could make of a share or rate, over the whole base.

    Lowest: everything missing is a no; highest: it is a yes, of a rate one person or event each. None where at most
    0.5% of the base is missing, or where it may not be told. A part of a whole is never over 1.
    """
    numerator, denominator = counts.numerator, counts.denominator
    if metric.statistic not in BOUNDED or not counts.tells_bounds:
        return None
    if numerator is None or not denominator:
        return None
    base = counts.base
    missing = counts.could_be + base - denominator
    if not is_missing_much(missing, base):
        return None
    lowest, highest = numerator / base, (numerator + missing) / (base + counts.could_join)
    if metric.statistic is Statistic.RATE_PER_10K:
        return Interval(lowest * PER, highest * PER)
    if not metric.is_ratio:
        highest = min(highest, 1.0)
    return Interval(lowest, highest)


def _value(
    statistic: Statistic,
    numerator: float,
    denominator: float,
    clusters: list[tuple[int, int]],
    person_effect: float,
) -> tuple[float, Interval | None]:
    count, cases = round(numerator), round(denominator)
    if statistic is Statistic.RATE_PER_10K:
        if clusters:
            interval = clustered_rate_interval(clusters)
            return count / cases * PER, Interval(interval.low * PER, interval.high * PER)
        if count == 0:
            return 0.0, Interval(0.0, zero_rate_upper_limit(cases) * PER)
        interval = garwood_interval(count, cases)
        return count / cases * PER, Interval(interval.low * PER, interval.high * PER)
    if count > cases:
        # A ratio of two counts that are not part and whole has no interval for a share.
        return count / cases, None
    is_exact = statistic is Statistic.SHARE_EXACT
    if clusters and all(each <= of for each, of in clusters):
        return count / cases, clustered_share_interval(
            clusters, is_exact=is_exact, least_effect=person_effect
        )
    if person_effect > 1.0:
        return count / cases, person_share_interval(count, cases, person_effect, is_exact=is_exact)
    if count == 0:
        return 0.0, Interval(0.0, zero_upper_limit(cases))
    if is_exact:
        return count / cases, clopper_pearson_interval(count, cases)
    return count / cases, wilson_interval(count, cases)


def _percentile(
    probability: float, bins: Mapping[float, int], clusters: list[Mapping[float, int]]
) -> tuple[float, Interval | None]:
    minutes = sorted(bins)
    cases = [bins[minute] for minute in minutes]
    value = float(rounded(quantile(minutes, cases, probability), 2))
    if clusters:
        together = dict(zip(minutes, cases, strict=True))
        return value, clustered_quantile_interval(clusters, probability, together=together)
    return value, quantile_interval(minutes, cases, probability)
