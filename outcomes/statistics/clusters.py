"""Programs and persons as clusters: intervals that allow for cases of one program, or of one person, being alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# scipy.stats takes seconds to import; stdtrit is its quantile of Student's t
from scipy.special import ndtri, stdtrit

from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.statistics.interval import (
    Interval,
    checked_confidence,
    checked_count,
    checked_exposure,
    checked_share,
)
from outcomes.statistics.proportion import clopper_pearson_limits, wilson_limits, zero_limit
from outcomes.statistics.rate import garwood_limits, zero_rate_limit

# events and cases of each program
Pairs = Sequence[tuple[int, int]]
# cases by minutes of a wait, of each program
Bins = Sequence[Mapping[float, int]]


@dataclass(frozen=True)
class PersonSums:
    """Sums over the persons of one log: all of them that the variance of a share needs."""

    # persons with cases; a case without a known person counts as one more
    persons: int
    # of these, those with more than one case
    met_again: int
    # cases of all, and those of them that are counted
    cases: int
    events: int
    # sum of each person's events squared, of events times cases, and of cases squared
    event_squares: int
    event_cases: int
    case_squares: int


def person_effect(sums: PersonSums) -> float:
    """How many times the variance of a share is that of cases of different persons; at least 1.

    The variance is that of the ratio estimator with each person as a cluster. 1 where nothing, or everything, was
    counted, for persons then show no variance, and where there are fewer than two persons.

    Source: Kish 1965, Survey Sampling, section 8.2; ratio estimator: Cochran 1977, Sampling Techniques, section 6.3.
    """
    if sums.persons < 2 or sums.events in (0, sums.cases):
        return 1.0
    share = sums.events / sums.cases
    apart = sums.event_squares - 2.0 * share * sums.event_cases + share * share * sums.case_squares
    by_chance = share * (1.0 - share) * sums.cases
    return max(1.0, apart * sums.persons / (sums.persons - 1) / by_chance)


def person_share_interval(
    count: int, cases: int, effect: float, confidence: float = 0.95, *, is_exact: bool = False
) -> Interval:
    """Limits of a share of one program with persons met again; of none at all, from 0 to the one-sided upper limit.

    Wilson's, or with is_exact Clopper and Pearson's, at the cases divided by the effect that `person_effect` gives, but
    not at less than one case.
    Raises ValueError for counts that are no share.

    Source: Korn and Graubard 1998, Survey Methodology 24:193-201.
    """
    count, cases = checked_share(count, cases)
    effective = max(1.0, cases / effect)
    if count == 0:
        return Interval(0.0, zero_limit(effective, confidence))
    limits = clopper_pearson_limits if is_exact else wilson_limits
    return limits(effective if count == cases else count / cases * effective, effective, confidence)


def effective_cases(
    pairs: Pairs,
    confidence: float = 0.95,
    *,
    is_rate: bool = False,
    is_one_sided: bool = False,
    least_effect: float = 1.0,
) -> float:
    """How many cases drawn one by one would tell as much as those of all programs together; at most as many.

    Cases of one program are more alike than those of different ones. The variance of the share is that of the ratio
    estimator over programs; the cases are divided by what it is more than chance, and by the square of Student's t
    on programs less one over the normal quantile. Where nothing, or everything, was counted, programs show no
    variance, and only the second is done. `least_effect` is what the variance is more than chance at least, such as that
    of persons met again.

    Raises ValueError for fewer than two programs with cases.

    Source: Korn and Graubard 1998, Survey Methodology 24:193-201; ratio estimator: Cochran 1977, Sampling Techniques,
    section 6.3.
    """
    present = [(count, cases) for count, cases in pairs if cases > 0]
    if len(present) < 2:
        raise ValueError(
            f"Expected cases of at least 2 programs, found [{len(present)}]; one program has an interval of its own."
        )
    freedom = len(present) - 1
    all_cases = sum(cases for _, cases in present)
    share = sum(count for count, _ in present) / all_cases
    by_chance = share * (1.0 if is_rate else 1.0 - share) * all_cases
    apart = sum((count - share * cases) ** 2 for count, cases in present) * len(present) / freedom
    effect = max(least_effect, apart / by_chance) if by_chance > 0.0 else least_effect
    tail = (1.0 - checked_confidence(confidence)) / (1.0 if is_one_sided else 2.0)
    return all_cases / effect * float(ndtri(tail) / stdtrit(freedom, tail)) ** 2


def clustered_share_interval(
    pairs: Pairs, confidence: float = 0.95, *, is_exact: bool = False, least_effect: float = 1.0
) -> Interval:
    """Limits of the share of all programs together; of none at all, from 0 to the one-sided upper limit.

    Wilson's, or with is_exact Clopper and Pearson's, at the effective number of cases. `least_effect` is that of
    persons met again: the larger of the two holds. Raises ValueError for counts
    that are no share, or fewer than two programs with cases.

    Source: that of `effective_cases`.
    """
    pairs = [checked_share(*pair, none_allowed=True) for pair in pairs]
    count, cases = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if count == 0:
        effective = effective_cases(pairs, confidence, is_one_sided=True, least_effect=least_effect)
        return Interval(0.0, zero_limit(effective, confidence))
    effective = effective_cases(pairs, confidence, least_effect=least_effect)
    limits = clopper_pearson_limits if is_exact else wilson_limits
    if count == cases:
        return limits(effective, effective, confidence)
    return limits(count / cases * effective, effective, confidence)


def clustered_rate_interval(pairs: Pairs, confidence: float = 0.95) -> Interval:
    """Limits of the events per case of all programs together: Garwood's, at the effective number of cases.

    Of none at all, from 0 to the one-sided upper limit. Raises ValueError for a count or a number of cases below 0, or
    fewer than two programs with cases.

    Source: that of `effective_cases`; the same for rates: Fay and Feuer 1997, Stat Med 16:791-801.
    """
    pairs = [
        (checked_count("count", count), int(checked_exposure("exposure", cases, True)))
        for count, cases in pairs
    ]
    count, cases = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    if count == 0:
        effective = effective_cases(pairs, confidence, is_rate=True, is_one_sided=True)
        return Interval(0.0, zero_rate_limit(effective, confidence))
    effective = effective_cases(pairs, confidence, is_rate=True)
    return garwood_limits(count / cases * effective, effective, confidence)


def clustered_quantile_interval(
    bins: Bins,
    probability: float,
    confidence: float = 0.95,
    together: Mapping[float, int] | None = None,
) -> Interval | None:
    """Limits of a quantile of all programs together, in minutes: never narrower than those of one log as large.

    The share at or below the quantile has limits at the effective number of cases; the limits of the quantile are the
    quantiles at these. None where one log as large has none. `together` are the bins of all programs, ascending, where
    those of each are coarser, and tell no more than how many are at or below the quantile.

    Source: Woodruff 1952, J Am Stat Assoc 47:635-646.
    """
    if together is None:
        sums: dict[float, int] = {}
        for each in bins:
            for minute, number in each.items():
                sums[minute] = sums.get(minute, 0) + number
        together = dict(sorted(sums.items()))
    minutes, numbers = list(together), list(together.values())
    alone = quantile_interval(minutes, numbers, probability, confidence)
    if alone is None:
        return None
    middle = quantile(minutes, numbers, probability)
    effective = effective_cases(
        [
            (
                sum(number for minute, number in each.items() if minute <= middle),
                sum(each.values()),
            )
            for each in bins
        ],
        confidence,
    )
    ends = clopper_pearson_limits(probability * effective, effective, confidence)
    return Interval(
        low=min(alone.low, quantile(minutes, numbers, ends.low)),
        high=max(alone.high, quantile(minutes, numbers, ends.high)),
    )
