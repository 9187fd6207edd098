"""Percentiles of waiting times: counts per bin in, a median or 90th percentile with its rank limits out."""

from dataclasses import dataclass
from typing import Any

from outcomes.answers.counts import CountTable, grain_of, run_metric_query
from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import SMALLEST_STABLE_DENOMINATOR, Counts, Figure, hidden
from outcomes.statistics.duration import quantile, quantile_interval
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import GRAIN_COLUMNS, Breakdown, Status

PROBABILITY = {Statistic.MEDIAN: 0.5, Statistic.PERCENTILE_90: 0.9}

USABLE = "usable"

# Usable responses per bin, by the bin's minutes.
Bins = dict[float, int]


@dataclass(frozen=True)
class Durations:
    """Bins of usable intervals by row, and their counts."""

    counted: CountTable
    # bins of each row, in the rows' order
    bins: tuple[Bins, ...]
    # bins of everything
    total_bins: Bins


def count_durations(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> Durations:
    """Counts of usable intervals with their bins, by the breakdown or as a whole."""
    by = breakdown or Breakdown.PROGRAM
    result = _run(metric, scope, snapshot, by)
    keys = grain_columns(by)
    by_grain: dict[tuple[object, ...], Bins] = {}
    responses: dict[tuple[object, ...], int] = {}
    for row in result:
        grain = _grain(row, by)
        bins = by_grain.setdefault(grain, {})
        responses[grain] = responses.get(grain, 0) + row["response_count"]
        if row["interval_state"] == USABLE:
            bins[row["bin_min"]] = row["response_count"]
    grains = list(by_grain)
    rows = [_counts(by_grain[grain], responses[grain]) for grain in grains]
    bins_of_rows = list(by_grain.values())
    # Bins of whole minutes give the whole less sharply than it is told elsewhere.
    is_coarse = by is Breakdown.HOUR_OF_WEEK
    whole = _run(metric, scope, snapshot, Breakdown.PROGRAM) if is_coarse else result
    total_bins: Bins = {}
    excluded: dict[str, int] = {}
    for row in whole:
        number, state = row["response_count"], row["interval_state"]
        if state == USABLE:
            total_bins[row["bin_min"]] = total_bins.get(row["bin_min"], 0) + number
        else:
            excluded[f"{state}_count"] = excluded.get(f"{state}_count", 0) + number
    if by in PERIODS:
        by_row = {id(row): bins for row, bins in zip(rows, bins_of_rows, strict=True)}
        empty = _counts({}, 0)
        keys, grains, rows = complete_periods(by, scope, snapshot, grains, rows, empty)
        bins_of_rows = [by_row.get(id(row), {}) for row in rows]
    return Durations(
        counted=CountTable(
            keys=keys,
            grains=tuple(grains),
            rows=tuple(rows),
            total=_counts(total_bins, sum(responses.values())),
            asides=excluded,
            query_name=metric.query,
        ),
        bins=tuple(bins_of_rows),
        total_bins=total_bins,
    )


def _run(metric: Metric, scope: Scope, snapshot: Snapshot, by: Breakdown) -> list[dict[str, Any]]:
    return run_metric_query(
        metric.query, scope, snapshot, breakdown=by.value, interval_name=metric.interval
    )


def grain_columns(by: Breakdown) -> tuple[str, ...]:
    """Grain columns of waiting times by a breakdown: those of every answer, but areas are told by name alone."""
    return ("area_id",) if by is Breakdown.AREA else GRAIN_COLUMNS[by]


def _grain(row: dict[str, Any], by: Breakdown) -> tuple[object, ...]:
    if by is Breakdown.AREA:
        return (row["key"],)
    if by is Breakdown.HOUR_OF_WEEK:
        return (row["weekday"], row["hour"])
    return grain_of(row, by)


def _counts(bins: Bins, responses: int) -> Counts:
    usable = sum(bins.values())
    return Counts(numerator=usable, denominator=usable, recorded_of=responses)


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
        return hidden(Status.NOT_RECORDED if counts.recorded_of else Status.NO_CASES)
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
