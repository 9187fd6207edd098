"""Waiting times: counts per bin, which a median or a 90th percentile is made from."""

from functools import cache
from typing import Any

from outcomes.answers.counts import grain_of, run_metric_query
from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Counts, CountTable
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import GRAIN_COLUMNS, Breakdown

USABLE = "usable"

# Usable responses per bin, by the bin's minutes.
Bins = dict[float, int]


def count_durations(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> CountTable:
    """Counts of usable intervals with their bins, by the breakdown or as a whole."""
    by = breakdown or Breakdown.PROGRAM
    result = _run(metric, scope, snapshot, by)
    keys = grain_columns(by)
    by_grain: dict[tuple[object, ...], Bins] = {}
    responses: dict[tuple[object, ...], int] = {}
    for row in result:
        grain = waiting_grain(row, by)
        bins = by_grain.setdefault(grain, {})
        responses[grain] = responses.get(grain, 0) + row["response_count"]
        if row["interval_state"] == USABLE:
            bins[row["bin_min"]] = row["response_count"]
    grains = list(by_grain)
    rows = [_counts(by_grain[grain], responses[grain]) for grain in grains]
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
        empty = _counts({}, 0)
        keys, grains, rows = complete_periods(by, scope, snapshot, grains, rows, empty)
    return CountTable(
        keys=keys,
        grains=tuple(grains),
        rows=tuple(rows),
        total=_counts(total_bins, sum(responses.values())),
        asides=excluded,
        query_name=metric.query,
    )


def _run(metric: Metric, scope: Scope, snapshot: Snapshot, by: Breakdown) -> list[dict[str, Any]]:
    return run_metric_query(
        metric.query, scope, snapshot, breakdown=by.value, interval_name=metric.interval
    )


def grain_columns(by: Breakdown) -> tuple[str, ...]:
    """Grain columns of waiting times by a breakdown: those of every answer, but areas are told by name alone."""
    return ("area_id",) if by is Breakdown.AREA else GRAIN_COLUMNS[by]


def waiting_grain(row: dict[str, Any], by: Breakdown) -> tuple[object, ...]:
    """What a row of waiting times is about: a value for each of their grain columns."""
    if by is Breakdown.AREA:
        return (row["key"],)
    if by is Breakdown.HOUR_OF_WEEK:
        return _weekday_and_hour(row["key"])
    return grain_of(row, by)


@cache
def _weekday_and_hour(place: str | None) -> tuple[int | None, int | None]:
    """Both as numbers, from "5 17"; None where the log gives no time of day."""
    if place is None:
        return (None, None)
    weekday, hour = place.split()
    return (int(weekday), int(hour))


def _counts(bins: Bins, responses: int) -> Counts:
    usable = sum(bins.values())
    return Counts(numerator=usable, denominator=usable, recorded_of=responses, bins=bins)
