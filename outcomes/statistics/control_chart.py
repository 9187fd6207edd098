"""Control charts of shares and of volumes by month: what is usual, and what is a signal."""

import math
from collections.abc import Sequence

import numpy as np

from outcomes.statistics.control_segments import (
    ChartMethod,
    ChartPoint,
    ControlChart,
    PhaseLimits,
    Segment,
    checked_changes,
    in_order,
)
from outcomes.statistics.control_signals import Signal, SignalKind, points_outside
from outcomes.statistics.interval import (
    checked_count,
    checked_exposure,
    checked_share,
)
from outcomes.statistics.rounding import rounded
from outcomes.statistics.usual_level import (
    LATEST_MONTHS,
    MINIMUM_BASELINE,
    UsualLevel,
    usual_level,
)

# fewer expected cases (or others) a month, and single months say little
MINIMUM_EXPECTED = 5.0
# from this spread on, in units of chance, a reader is told how much months differ
TOLD_SPREAD = 1.2


def p_chart(
    numerators: Sequence[int | None],
    denominators: Sequence[int | None],
    changes: Sequence[int] = (),
) -> ControlChart:
    """Chart of a share by month, 0 to 1, its limits as wide as months differ.

    Limits follow each month's denominator. A month with a denominator of 0 is a gap, and so is one
    with a None for either count (not recorded, or hidden). Limits never leave 0 to 1; at 0 or 1
    they cannot be crossed. No case at all before the latest six months, or nothing but cases, gives
    no limits, and says so.

    `changes` are the positions at which a recorded change of the program took hold; what is usual
    is looked for anew from each. What is looked for, and how, is told at `usual_level`.

    Raises ValueError for negative counts, more cases than there were, lists of unequal length, or
    changes that are not ascending positions inside the chart.

    Source: Montgomery, Introduction to Statistical Quality Control, section 7.2; limits by the
    spread between months: Laney 2002, Qual Eng 14:531-537.
    """
    _check_lengths(numerators, denominators)
    counts = [
        (0, 0)
        if numerator is None or denominator is None
        else checked_share(numerator, denominator, none_allowed=True)
        for numerator, denominator in zip(numerators, denominators, strict=True)
    ]
    shares = [cases / trials if trials else None for cases, trials in counts]
    return _charted(shares, [float(trials) for _, trials in counts], changes, ChartMethod.P)


def rate_chart(
    counts: Sequence[int | None], days: Sequence[float], changes: Sequence[int] = ()
) -> ControlChart:
    """Chart of a volume by month as so many a day, its limits as wide as months differ.

    A month that was not recorded is None: a gap. Months of none before the latest six give no
    limits, and say so. `changes` are those of `p_chart`.

    Raises ValueError for a negative count, days that are not above 0, lists of unequal length, or
    changes that are not ascending positions inside the chart.

    Source: the u chart of Montgomery, Introduction to Statistical Quality Control, section 7.3;
    limits by the spread between months: Laney 2002, Qual Eng 14:531-537.
    """
    _check_lengths(counts, days)
    lengths = [checked_exposure("number of days of the month", length) for length in days]
    rates = [
        None if count is None else checked_count("count of the month", count) / length
        for count, length in zip(counts, lengths, strict=True)
    ]
    return _charted(rates, lengths, changes, ChartMethod.U)


def _charted(
    values: Sequence[float | None],
    sizes: Sequence[float],
    changes: Sequence[int],
    method: ChartMethod,
) -> ControlChart:
    """The chart of months: each stretch between recorded changes judged by itself."""
    starts = [0, *checked_changes(changes, len(values))]
    points = [ChartPoint(value, None) for value in values]
    segments: list[Segment] = []
    signals: list[Signal] = []
    length = sum(value is not None for value in values)
    stretches = list(zip(starts, [*starts[1:], len(values)], strict=True)) if values else []
    while stretches:
        start, stop = stretches.pop(0)
        places = [place for place in range(start, stop) if values[place] is not None]
        latest = LATEST_MONTHS if stop == len(values) else 0
        found = _judged(values, sizes, places, method, latest, length)
        if isinstance(found, UsualLevel) and found.changed_at and found.changed_to:
            changed = places[found.changed_at]
            signals.append(Signal(SignalKind.LEVEL, found.changed_to, (changed,)))
            stretches[:0] = [(start, changed), (changed, stop)]
            continue
        base = places[: max(len(places) - latest, 0)]
        last = base[-1] if base else start
        if isinstance(found, str):
            segments.append(Segment(start, stop - 1, len(base), last, None, found))
            continue
        for place, limits in zip(places, found.limits, strict=True):
            points[place] = ChartPoint(values[place], limits)
        limits_of = PhaseLimits(
            method,
            tuple(point.limits for point in points[start:stop] if point.limits),
            spread=found.spread,
            cautions=_cautions(found, values, sizes, base, method),
        )
        segments.append(Segment(start, stop - 1, len(base), last, limits_of, None))
        for place, limits in zip(places, found.limits, strict=True):
            signals += points_outside([values[place]], [limits], place)
        if found.latest:
            signals.append(Signal(SignalKind.LATEST, found.latest, tuple(places[-latest:])))
    return ControlChart(tuple(points), tuple(segments), in_order(signals))


def _judged(
    values: Sequence[float | None],
    sizes: Sequence[float],
    places: Sequence[int],
    method: ChartMethod,
    latest: int,
    length: int,
) -> UsualLevel | str:
    """The usual level of a stretch, with limits or with the month of a change; else why there is none."""
    needed = MINIMUM_BASELINE + latest
    if len(places) < needed:
        return f"Too few points to say what is usual: {len(places)} recorded, at least {needed} are needed."
    known = np.array([values[place] for place in places], dtype=np.float64)
    over = np.array([sizes[place] for place in places])
    base = slice(0, len(places) - latest)
    cases, trials = float((known * over)[base].sum()), float(over[base].sum())
    is_share = method is ChartMethod.P
    if is_share and (round(cases) == 0 or round(trials - cases) == 0):
        which = "no case" if round(cases) == 0 else "nothing but cases"
        return (
            f"Limits of a share need both cases and others: {which} in {trials:.0f}; "
            "look at what is between events instead."
        )
    if cases == 0.0:
        return "Nothing was counted in these months, so nothing can be said about what is usual."
    found = usual_level(
        known, over, np.array(places), is_share=is_share, latest=latest, chart_length=length
    )
    if found.yearly_trend is None:
        return found
    way = "rise" if found.yearly_trend > 0.0 else "fall"
    return (
        f"The points still {way}, by about "
        f"{max(1, math.floor(100.0 * abs(found.yearly_trend) + 0.5)):,}% of their mean a year, so none is usual yet."
    )


def _cautions(
    found: UsualLevel,
    values: Sequence[float | None],
    sizes: Sequence[float],
    base: Sequence[int],
    method: ChartMethod,
) -> tuple[str, ...]:
    """What a reader of these limits must know."""
    cautions = [
        "A yearly season is taken out."
        if found.is_season_out
        else "Under two years a season cannot be taken out; the limits leave room for one of 10%."
    ]
    if found.spread >= TOLD_SPREAD:
        cautions.append(
            f"Months differ {rounded(found.spread, 1)} times as much as chance alone lets them differ; the limits are "
            "as much wider."
        )
    cases = [(values[place] or 0.0) * sizes[place] for place in base]
    fewest = sum(cases)
    if method is ChartMethod.P:
        fewest = min(fewest, sum(sizes[place] for place in base) - fewest)
    if fewest / len(base) < MINIMUM_EXPECTED:
        cautions.append(
            f"Fewer than {MINIMUM_EXPECTED:g} cases a month are usual, so a single month says little; "
            "what is between events shows more."
        )
    return tuple(cautions)


def _check_lengths(first: Sequence[object], second: Sequence[object]) -> None:
    if len(first) != len(second):
        raise ValueError(
            "Expected one denominator, or number of days, for each count, found "
            f"[{len(first)} counts and {len(second)}]; pass two lists of equal length."
        )
