"""How often a change is claimed where there is none, and where there is one: simulated, printed as a table.

Run from the project's folder: python -m tests.benchmark.changes [ROUNDS]
"""

import math
import sys
from collections.abc import Callable

import numpy as np

from outcomes.metrics.definition import MARGINS, Statistic
from outcomes.statistics.comparison import Change, Difference, verdict
from outcomes.statistics.same_mix import (
    TwoCounts,
    difference_of_quantiles,
    difference_of_rates,
    difference_of_shares,
)
from outcomes.statistics.volume_change import MonthCount, difference_of_volumes

CLAIMS = (Change.HIGHER, Change.LOWER)
VARIATION = 0.05
Case = Callable[[np.random.Generator], tuple[Difference, float]]


def volume(
    mean: float,
    months: int = 12,
    season: float = 0.0,
    alike: float = 0.0,
    growth: float = 0.0,
    others: int = 0,
) -> Case:
    """Months whose rate varies by 5%, one period after the other; the later one grows."""

    def draw(random: np.random.Generator) -> tuple[Difference, float]:
        number = others + 2 * months
        wobble = random.normal(0, VARIATION, number)
        for place in range(1, number):
            wobble[place] = alike * wobble[place - 1] + math.sqrt(1 - alike**2) * wobble[place]
        rates = mean * np.exp(wobble + season * np.sin(np.arange(number) * math.pi / 6))
        rates[-months:] *= 1 + growth
        counts = [MonthCount(int(count), 30) for count in random.poisson(rates)]
        found = difference_of_volumes(
            counts[-months:],
            counts[others : others + months],
            counts[:others],
            is_same_season=months % 12 == 0,
        )
        return found, MARGINS[Statistic.COUNT].at(mean / 30)

    return draw


def share(cases: int, before: float, now: float, statistic: Statistic = Statistic.SHARE) -> Case:
    """Cases counted over as many in both periods."""

    def draw(random: np.random.Generator) -> tuple[Difference, float]:
        count, earlier = int(random.binomial(cases, now)), int(random.binomial(cases, before))
        found = difference_of_shares([TwoCounts(count, cases, earlier, cases)])
        return found, MARGINS[statistic].at(earlier / cases)

    return draw


def mix(cases: int) -> Case:
    """Two programs of 10 and 30% in both periods, of which the second grows threefold."""

    def draw(random: np.random.Generator) -> tuple[Difference, float]:
        programs = [
            TwoCounts(
                int(random.binomial(times * cases, chance)),
                times * cases,
                int(random.binomial(cases, chance)),
                cases,
            )
            for times, chance in ((1, 0.1), (3, 0.3))
        ]
        return difference_of_shares(programs), MARGINS[Statistic.SHARE].at(0.2)

    return draw


def rate(cases: int, before: float, now: float) -> Case:
    """Rare events per 10,000."""

    def draw(random: np.random.Generator) -> tuple[Difference, float]:
        count, earlier = (int(random.poisson(cases * each / 10_000)) for each in (now, before))
        found = difference_of_rates([TwoCounts(count, cases, earlier, cases)], 10_000)
        return found, MARGINS[Statistic.RATE_PER_10K].at(earlier / cases * 10_000)

    return draw


def wait(cases: int, probability: float, longer: float = 1.0, rounded: float = 0.1) -> Case:
    """Log-normal waits around 12 minutes, rounded."""

    def draw(random: np.random.Generator) -> tuple[Difference, float]:
        periods = []
        for times in (longer, 1.0):
            minutes = random.lognormal(math.log(12), 0.6, cases) * times
            bins, numbers = np.unique(np.round(minutes / rounded) * rounded, return_counts=True)
            periods.append(dict(zip(map(float, bins), map(int, numbers), strict=True)))
        found = difference_of_quantiles([(periods[0], periods[1])], probability)
        return found, MARGINS[Statistic.MEDIAN].at(12)

    return draw


NO_CHANGE: dict[str, Case] = {
    "100 events a month, 12 months against 12": volume(100),
    "1,000 a month, 12 against 12": volume(1_000),
    "5,000 a month, 12 against 12": volume(5_000),
    "1,000 a month, season of 10%": volume(1_000, season=0.1),
    "1,000 a month, months alike (0.3)": volume(1_000, alike=0.3),
    "1,000 a month, season of 10%, months alike (0.3)": volume(1_000, season=0.1, alike=0.3),
    "1,000 a month, 3 against 3, 18 others": volume(1_000, months=3, others=18),
    "1,000 a month, 1 against 1, 22 others": volume(1_000, months=1, others=22),
    "10% of 2,000": share(2_000, 0.1, 0.1),
    "0.5% of 2,000": share(2_000, 0.005, 0.005, Statistic.SHARE_EXACT),
    "10 and 30% of 1,000 each, one program grew threefold": mix(1_000),
    "10 per 10,000 of 5,000": rate(5_000, 10, 10),
    "median wait of 500": wait(500, 0.5),
    "median wait of 500, whole minutes": wait(500, 0.5, rounded=1.0),
    "90th percentile of 500": wait(500, 0.9),
}
A_CHANGE: dict[str, Case] = {
    "1,000 a month, 12 against 12, 10% more": volume(1_000, growth=0.1),
    "1,000 a month, season of 10%, 10% more": volume(1_000, season=0.1, growth=0.1),
    "10% of 2,000, now 13%": share(2_000, 0.1, 0.13),
    "0.5% of 5,000, now 1%": share(5_000, 0.005, 0.01, Statistic.SHARE_EXACT),
    "10 per 10,000 of 20,000, now 20": rate(20_000, 10, 20),
    "median wait of 500, a fifth longer": wait(500, 0.5, longer=1.2),
}


def table(cases: dict[str, Case], rounds: int) -> list[str]:
    """Rows of a Markdown table: the shares of each word among the rounds."""
    rows = ["| what | higher or lower | about the same | too few to tell |", "|---|---|---|---|"]
    for name, draw in cases.items():
        random = np.random.default_rng(11)
        words = [verdict(*draw(random)) for _ in range(rounds)]
        claimed = sum(word in CLAIMS for word in words)
        same, few = (words.count(word) for word in (Change.ABOUT_THE_SAME, Change.TOO_FEW))
        rows.append(
            "| "
            + " | ".join([name, *(f"{part / rounds:.1%}" for part in (claimed, same, few))])
            + " |"
        )
    return rows


def main(rounds: int) -> None:
    """Print both tables."""
    print(f"{rounds:,} rounds each\n\nNothing changed:\n")
    print("\n".join(table(NO_CHANGE, rounds)))
    print("\nSomething changed:\n")
    print("\n".join(table(A_CHANGE, rounds)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
