"""Percentiles of waiting times: counts per bin in, a median or 90th percentile with its rank limits out."""

from dataclasses import dataclass

import pandas

from outcomes.asked import Asked
from outcomes.counting import PERIODS, Counted, complete_periods, run_metric_query
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import SMALLEST_STABLE_DENOMINATOR, Counts, Figure, hidden
from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Breakdown, Status

PROBABILITY = {Statistic.MEDIAN: 0.5, Statistic.PERCENTILE_90: 0.9}


@dataclass(frozen=True)
class Durations:
    """Bins of usable intervals by row, and their counts."""

    counted: Counted
    # bins of each row, in the rows' order: columns bin_min and response_count
    bins: tuple[pandas.DataFrame, ...]
    # bins of everything
    total_bins: pandas.DataFrame


def count_durations(
    metric: Metric, asked: Asked, snapshot: Snapshot, breakdown: Breakdown | None
) -> Durations:
    """Counts of usable intervals with their bins, by the breakdown or as a whole."""
    grain = "period" if breakdown in PERIODS else (breakdown or Breakdown.PROGRAM).value
    name = f"{metric.query}_by_{grain}"
    more = {"period": breakdown.value} if breakdown in PERIODS and breakdown else {}
    result = run_metric_query(name, asked, snapshot, **more)
    key = str(result.columns[0])
    usable = result[result.interval_state == "usable"]
    by_grain = {
        grain_value: rows[["bin_min", "response_count"]]
        for grain_value, rows in usable.groupby(key, dropna=False)
    }
    cases = result.groupby(key, dropna=False, sort=True).response_count.sum()
    grains: list[tuple] = [(value,) for value in cases.index]
    rows = [_counts(by_grain.get(value), int(total)) for value, total in cases.items()]
    keys: tuple[str, ...] = (key,)
    bins = [by_grain.get(value, _no_bins()) for value in cases.index]
    if breakdown in PERIODS and breakdown is not None:
        by_row = {id(row): bin_table for row, bin_table in zip(rows, bins, strict=True)}
        keys, grains, rows = complete_periods(breakdown, asked, snapshot, grains, rows)
        bins = [by_row.get(id(row), _no_bins()) for row in rows]
    total_bins = usable.groupby("bin_min", as_index=False).response_count.sum()
    left_out = result[result.interval_state != "usable"].groupby("interval_state")
    return Durations(
        counted=Counted(
            keys=keys,
            grains=tuple(grains),
            rows=tuple(rows),
            total=_counts(total_bins, int(result.response_count.sum())),
            asides={f"{state}_count": int(n) for state, n in left_out.response_count.sum().items()},
            query_name=name,
        ),
        bins=tuple(bins),
        total_bins=total_bins,
    )


def _no_bins() -> pandas.DataFrame:
    return pandas.DataFrame({"bin_min": [], "response_count": []})


def _counts(bins: pandas.DataFrame | None, responses: int) -> Counts:
    usable = 0 if bins is None else int(bins.response_count.sum())
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


def _figure(metric: Metric, counts: Counts, bins: pandas.DataFrame) -> Figure:
    if counts.is_hidden:
        return hidden(Status.SUPPRESSED)
    if counts.is_missing or counts.denominator is None:
        return hidden(Status.NOT_RECORDED)
    if counts.denominator == 0:
        return hidden(Status.NOT_RECORDED if counts.base else Status.NO_CASES)
    probability = PROBABILITY[metric.statistic]
    minutes, cases = bins.bin_min.to_numpy(), bins.response_count.to_numpy()
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
