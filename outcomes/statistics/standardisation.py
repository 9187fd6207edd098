"""Equal call mix: observed events of each program over those expected at all programs' rates."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

# scipy.stats takes seconds to import
from scipy.special import ndtri

from outcomes.statistics.interval import Interval, checked_share
from outcomes.statistics.overdispersion import excess_variation
from outcomes.statistics.proportion import clopper_pearson_interval

# chance that the limits of any program leave out what is true of it
ERROR = 0.05
# events and responses of each stratum, such as a call type and an acuity
Strata = Mapping[Hashable, tuple[int, int]]


@dataclass(frozen=True)
class Standardised:
    """One program: what it had over what its call mix leads one to expect, in the strata that are compared."""

    # events
    observed: int
    # responses
    compared_denominator: int
    # events that all programs' rates give at this program's call mix
    expected: float
    # observed over expected, 1 where as expected; None where nothing is expected
    ratio: float | None
    # limits of the ratio that hold for all programs together at 95%; None where nothing is expected
    interval: Interval | None
    # whether the limits allow for the spread among programs beside chance
    allows_for_spread: bool = False


def standardised_ratios(programs: Mapping[str, Strata]) -> dict[str, Standardised]:
    """Observed over expected events of each program, by indirect standardisation.

    `programs` gives, for each program, the events and responses of each stratum. Each stratum's
    rate is that of all programs together, the program itself among them. A stratum in which no
    other program has responses says nothing in comparison: it is left out. A stratum without responses plays no part. A program whose strata are all left out,
    or whose expected events are 0, has no ratio.

    The limits take the expected events as known, and the observed ones as binomial among the responses
    compared: where strata differ in their rates they vary less than that, so the limits cover at least as
    often as stated. For rare events they are those of a Poisson count; for a share of nine in ten those
    would be three times too wide. They hold for all programs with a ratio together, and where these differ
    more than chance lets them, they are widened by the variance between programs, as in a funnel. Each ratio holds one program against all at its
    own call mix; two programs' ratios are not held against each other, for their mixes differ. What
    was not measured (time of day, place, who was met) is not evened out.

    Raises ValueError for negative counts or more events than responses.

    Source: indirect standardisation, Breslow and Day 1987, Statistical Methods in Cancer Research
    II, chapter 2; exact limits: Clopper and Pearson 1934; sums of unlike chances vary less: Hoeffding 1956, Ann
    Math Stat 27:713-721; variance between programs: Spiegelhalter 2005, Qual Saf Health Care 14:347-351.
    """
    counts = {
        program: {
            stratum: checked_share(events, responses, none_allowed=True)
            for stratum, (events, responses) in strata.items()
        }
        for program, strata in programs.items()
    }
    events_of_all: dict[Hashable, int] = {}
    responses_of_all: dict[Hashable, int] = {}
    holders: dict[Hashable, int] = {}
    for strata in counts.values():
        for stratum, (events, responses) in strata.items():
            events_of_all[stratum] = events_of_all.get(stratum, 0) + events
            responses_of_all[stratum] = responses_of_all.get(stratum, 0) + responses
            holders[stratum] = holders.get(stratum, 0) + (responses > 0)
    found = {}
    for program, strata in counts.items():
        shared = {
            stratum: (events, responses)
            for stratum, (events, responses) in strata.items()
            if responses > 0 and holders[stratum] > 1
        }
        observed = sum(events for events, _ in shared.values())
        expected = sum(
            responses * events_of_all[stratum] / responses_of_all[stratum]
            for stratum, (_, responses) in shared.items()
        )
        compared = sum(responses for _, responses in shared.values())
        found[program] = Standardised(
            observed=observed,
            compared_denominator=compared,
            expected=float(expected),
            ratio=observed / expected if expected else None,
            interval=None,
        )
    return {**found, **_with_limits({key: one for key, one in found.items() if one.expected})}


def _with_limits(found: dict[str, Standardised]) -> dict[str, Standardised]:
    """Programs of which something is expected, with limits that hold for all of them together."""
    if not found:
        return {}
    tail = ERROR / len(found) / 2.0
    # of the ratio, were the program as all are
    by_chance = {
        key: (1.0 - min(1.0, one.expected / one.compared_denominator)) / one.expected
        for key, one in found.items()
    }
    between = 0.0
    if all(variance > 0.0 for variance in by_chance.values()):
        distances = [(one.ratio or 0.0) - 1.0 for one in found.values()]
        between = excess_variation(distances, list(by_chance.values())).variance_between
    limited = {}
    for key, one in found.items():
        share = clopper_pearson_interval(one.observed, one.compared_denominator, 1.0 - 2.0 * tail)
        scale = one.compared_denominator / one.expected
        low, high = share.low * scale, share.high * scale
        if between:
            ratio, reach = (
                one.ratio or 0.0,
                -float(ndtri(tail)) * math.sqrt(by_chance[key] + between),
            )
            low, high = max(0.0, min(low, ratio - reach)), max(high, ratio + reach)
        limited[key] = replace(one, interval=Interval(low, high), allows_for_spread=between > 0.0)
    return limited
