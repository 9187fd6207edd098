"""Percentiles of waiting times: counts per bin in, a median or 90th percentile with its rank limits out."""

from dataclasses import dataclass

from outcomes.asked import Asked
from outcomes.counting import PERIODS, Counted, complete_periods, run_metric_query
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import SMALLEST_STABLE_DENOMINATOR, Counts, Figure, hidden
from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.store.query_file import read_query
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Breakdown, Status

PROBABILITY = {Statistic.MEDIAN: 0.5, Statistic.PERCENTILE_90: 0.9}


# Usable responses per bin, by the bin's minutes.
Bins = dict[float, int]


@dataclass(frozen=True)
class Durations:
    """Bins of usable intervals by row, and their counts."""

    counted: Counted
    # bins of each row, in the rows' order
    bins: tuple[Bins, ...]
    # bins of everything
    total_bins: Bins


def count_durations(
    metric: Metric, asked: Asked, snapshot: Snapshot, breakdown: Breakdown | None
) -> Durations:
    """Counts of usable intervals with their bins, by the breakdown or as a whole."""
    grain = "period" if breakdown in PERIODS else (breakdown or Breakdown.PROGRAM).value
    name = f"{metric.query}_by_{grain}"
    more = {"period": breakdown.value} if breakdown in PERIODS and breakdown else {}
    result = run_metric_query(name, asked, snapshot, **more)
    key = read_query("metric", name).columns[0][0]
    by_grain: dict[object, Bins] = {}
    responses: dict[object, int] = {}
    total_bins: Bins = {}
    left_out: dict[str, int] = {}
    for row in result:
        number, state = row["response_count"], row["interval_state"]
        bins = by_grain.setdefault(row[key], {})
        responses[row[key]] = responses.get(row[key], 0) + number
        if state == "usable":
            bins[row["bin_min"]] = number
            total_bins[row["bin_min"]] = total_bins.get(row["bin_min"], 0) + number
        else:
            left_out[f"{state}_count"] = left_out.get(f"{state}_count", 0) + number
    grains: list[tuple] = [(value,) for value in by_grain]
    rows = [_counts(by_grain[value], responses[value]) for value in by_grain]
    keys: tuple[str, ...] = (key,)
    bins_of_rows = list(by_grain.values())
    if breakdown in PERIODS and breakdown is not None:
        by_row = {id(row): bins for row, bins in zip(rows, bins_of_rows, strict=True)}
        empty = _counts({}, 0)
        keys, grains, rows = complete_periods(breakdown, asked, snapshot, grains, rows, empty)
        bins_of_rows = [by_row.get(id(row), {}) for row in rows]
    return Durations(
        counted=Counted(
            keys=keys,
            grains=tuple(grains),
            rows=tuple(rows),
            total=_counts(total_bins, sum(responses.values())),
            asides=left_out,
            query_name=name,
        ),
        bins=tuple(bins_of_rows),
        total_bins=total_bins,
    )


def _counts(bins: Bins, responses: int) -> Counts:
    usable = sum(bins.values())
    return Counts(numerator=usable, denominator=usable, base=responses)


def duration_figures(
    metric: Metric, durations: Durations, rows: list[Counts], total: Counts
) -> tuple[list[Figure], Figure]:
    """Figures of the rows and of the total; numerator is None, denominator is the usable intervals."""
    figures = [
        _figure(metric, row, bins)
        for row, bins in zip(rows, durations.bins[: len(rows)], strict=True)
    ]
    return figures, _figure(metric, total, durations.total_bins)


def _figure(metric: Metric, counts: Counts, bins: Bins) -> Figure:
    if counts.is_hidden:
        return hidden(Status.SUPPRESSED)
    if counts.is_missing or counts.denominator is None:
        return hidden(Status.NOT_RECORDED)
    if counts.denominator == 0:
        return hidden(Status.NOT_RECORDED if counts.base else Status.NO_CASES)
    probability = PROBABILITY[metric.statistic]
    minutes = sorted(bins)
    cases = [bins[minute] for minute in minutes]
    limits = quantile_interval(minutes, cases, probability)
    stable = counts.denominator >= SMALLEST_STABLE_DENOMINATOR
    return Figure(
        numerator=None,
        denominator=counts.denominator,
        value=round(quantile(minutes, cases, probability), 2),
        low=limits.low if limits else None,
        high=limits.high if limits else None,
        status=Status.SHOWN if stable else Status.UNSTABLE,
    )
