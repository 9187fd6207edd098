"""How often control charts of ordinary months and waits give a signal, and how often they find a real change.

The source of `outcomes/statistics/false_alarms.py` and of the tables in `docs/control_charts.md`. Every chart is made by the
product's own functions. It takes about ten minutes.

Run from the project's folder: nice python -m tests.benchmark.control_charts [charts in each row]
"""

import sys
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from outcomes.statistics.control_chart import p_chart, rate_chart
from outcomes.statistics.control_segments import ControlChart
from outcomes.statistics.control_signals import SignalKind
from outcomes.statistics.rare_event_chart import g_chart

LENGTHS = (18, 24, 30, 36, 48, 60, 84, 120)
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SHARE, VOLUME = "share", "volume"


@dataclass(frozen=True)
class World:
    """What months are drawn from."""

    # a share of a denominator, or a volume
    kind: str
    # months of the chart
    length: int = 60
    # expected share, or volume of a month of 30.4 days
    level: float = 0.10
    # denominator of a share
    size: int = 200
    # amplitude of a yearly wave over the level, its peak in a random month
    season: float = 0.0
    # correlation of a month with the next, of all that differs from what is expected
    alike: float = 0.0
    # variance between months over that of chance
    dispersion: float = 1.0
    # what is added to the level from a month on
    shift: float = 0.0
    shift_at: int = 0
    # rise a year over the level
    growth: float = 0.0
    # month of a recorded change that changed nothing; 0 where none is recorded
    recorded_at: int = 0


def drawn(world: World, charts: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Counts by chart and month. The correlation is one of normal scores, turned into counts by their quantiles."""
    months = np.arange(world.length)
    waves = np.sin(2 * np.pi * (months / 12 + random.random((charts, 1))))
    expected = world.level * (1 + world.season * waves) * (1 + world.growth * months / 12)
    expected = expected + world.shift * (months >= world.shift_at)
    normal = random.standard_normal((charts, world.length))
    for month in months[1:]:
        rest = np.sqrt(1 - world.alike**2) * normal[:, month]
        normal[:, month] = world.alike * normal[:, month - 1] + rest
    chance = special.ndtr(normal)
    if world.kind == SHARE:
        if world.dispersion == 1.0:
            return stats.binom.ppf(chance, world.size, expected).astype(int)
        both = (world.size - 1) / (world.dispersion - 1) - 1
        counts = np.empty(chance.shape, dtype=int)
        # one table of chances for each expectation, to a thousandth: searching one by one takes hours
        rounded = np.broadcast_to(np.round(expected, 3), chance.shape)
        for one in np.unique(rounded):
            law = stats.betabinom(world.size, one * both, (1 - one) * both)
            here = rounded == one
            counts[here] = np.searchsorted(law.cdf(np.arange(world.size)), chance[here])
        return counts
    expected = expected * np.array(MONTH_DAYS)[months % 12] / 30.4
    if world.dispersion == 1.0:
        return stats.poisson.ppf(chance, expected).astype(int)
    shape = expected / (world.dispersion - 1)
    return stats.nbinom.ppf(chance, shape, 1 / world.dispersion).astype(int)


def chart_of(world: World, counts: NDArray[np.int64]) -> ControlChart:
    """The product's chart of one series, or of its first months."""
    changes = [world.recorded_at] if world.recorded_at else []
    if world.kind == SHARE:
        return p_chart(counts.tolist(), [world.size] * len(counts), changes)
    days = [MONTH_DAYS[month % 12] for month in range(len(counts))]
    return rate_chart(counts.tolist(), days, changes)


def found(world: World, charts: int, seed: int = 1) -> Counter[str]:
    """Of so many charts: with any signal, with each kind, and with no usual level at the end."""
    seen: Counter[str] = Counter()
    for counts in drawn(world, charts, np.random.default_rng(seed)):
        chart = chart_of(world, counts)
        kinds = {signal.kind for signal in chart.signals}
        seen.update(kind.name for kind in kinds)
        seen["any"] += bool(kinds)
        seen["no level"] += chart.segments[-1].phase_limits is None
    return seen


def found_in_a_year(world: World, charts: int) -> int:
    """Of so many series looked at in each of their last twelve months: with any signal in any look."""
    lengths = range(world.length - 11, world.length + 1)
    return sum(
        any(chart_of(world, counts[:end]).signals for end in lengths)
        for counts in drawn(world, charts, np.random.default_rng(1))
    )


def waits_found(length: int, charts: int) -> int:
    """Of so many charts of ordinary waits between events: with any signal."""
    random = np.random.default_rng(1)
    return sum(
        bool(g_chart((random.geometric(0.01, length) - 1).tolist(), baseline=24).chart.signals)
        for _ in range(charts)
    )


def row(name: str, world: World, charts: int) -> None:
    seen = found(world, charts)
    columns = ("any", *(kind.name for kind in list(SignalKind)[:3]), "no level")
    print(f"{name:34}", *(f"{100 * seen[one] / charts:8.1f}" for one in columns), flush=True)


def main() -> None:
    charts = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    share, volume = World(SHARE), World(VOLUME, level=200.0)
    print(f"Of 100 charts, from {charts} in each row; any, outside, latest, level, no level:")
    for base in (share, volume):
        row(f"{base.kind}, nothing but chance", base, charts)
        row(f"{base.kind}, season 10%", replace(base, season=0.1), charts)
        row(f"{base.kind}, alike 0.3", replace(base, alike=0.3), charts)
        row(f"{base.kind}, season and alike", replace(base, season=0.1, alike=0.3), charts)
        row(f"{base.kind}, season 30%", replace(base, season=0.3), charts)
        row(f"{base.kind}, variance 4 times", replace(base, dispersion=4.0), charts)
        both = replace(base, dispersion=4.0, alike=0.3, season=0.1)
        row(f"{base.kind}, variance 4, alike, season", both, charts)
    row("share, a recorded change", replace(share, recorded_at=30), charts)
    row("share, recorded change, alike", replace(share, recorded_at=30, alike=0.3), charts)
    row("share of 2%", replace(share, level=0.02), charts)
    row("volume of 20", replace(volume, level=20.0), charts)
    print("A real change of 3 points in 10% of 200, in the last 6 months:")
    for length in (60, 48, 36, 30):
        for shift in (0.03, -0.03):
            world = replace(share, length=length, shift=shift, shift_at=length - 6)
            row(f"{length} months, {shift:+.2f}", world, charts)
    row("60 months, season, +0.03", replace(share, season=0.1, shift=0.03, shift_at=54), charts)
    row("60 months, alike 0.3, +0.03", replace(share, alike=0.3, shift=0.03, shift_at=54), charts)
    row("since month 30 of 60, +0.03", replace(share, shift=0.03, shift_at=30), charts)
    looked = found_in_a_year(share, charts)
    print(f"60 months, looked at in each of the last twelve: {100 * looked / charts:.1f}")
    print("Growth:")
    for length, growth in ((60, 0.1), (36, 0.2), (24, 0.4), (18, 1.0)):
        row(
            f"{length} months, {growth:.0%} a year",
            replace(volume, length=length, growth=growth),
            charts,
        )
    print("Months, of 100 charts with a signal by chance alone and where months are alike:")
    for length in LENGTHS:
        plain, alike = [], []
        for base in (share, volume):
            world = replace(base, length=length)
            plain += [found(world, charts)["any"], found(replace(world, season=0.1), charts)["any"]]
            alike.append(found(replace(world, alike=0.3), charts)["any"])
        print(length, *(f"{100 * max(one) / charts:.1f}" for one in (plain, alike)), flush=True)
    print("Waits, of 100 charts with a signal by chance:")
    for length in (12, 24, 36, 60, 100, 200):
        print(length, f"{100 * waits_found(length, charts) / charts:.1f}", flush=True)


if __name__ == "__main__":
    main()
