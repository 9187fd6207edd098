"""Waiting times: counts per bin, which a median or a 90th percentile is made from."""

from collections.abc import Mapping
from functools import cache

from outcomes.answers.counts import Ask, Row, grain_of
from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import PROBABILITY, Counts, CountTable
from outcomes.statistics.duration import quantile
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import GRAIN_COLUMNS, Breakdown

USABLE = "usable"

# Usable responses per bin, by the bin's minutes.
Bins = dict[float, int]


def count_durations(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None, ask: Ask
) -> CountTable:
    """Counts of usable intervals with their bins, by the breakdown or as a whole."""
    result = _run(metric, scope, breakdown, ask)
    keys = grain_columns(breakdown) if breakdown else ()
    by_grain: dict[tuple[object, ...], Bins] = {}
    responses: dict[tuple[object, ...], int] = {}
    for row in result:
        grain = waiting_grain(row, breakdown) if breakdown else ()
        bins = by_grain.setdefault(grain, {})
        responses[grain] = responses.get(grain, 0) + row["response_count"]
        if row["interval_state"] == USABLE:
            bins[row["bin_min"]] = row["response_count"]
    grains = list(by_grain)
    rows = [_counts(by_grain[grain], responses[grain]) for grain in grains]
    # Bins of whole minutes give the whole less sharply than it is told elsewhere.
    is_coarse = breakdown is Breakdown.HOUR_OF_WEEK
    whole = _run(metric, scope, None, ask) if is_coarse else result
    total_bins: Bins = {}
    excluded: dict[str, int] = {}
    for row in whole:
        number, state = row["response_count"], row["interval_state"]
        if state == USABLE:
            total_bins[row["bin_min"]] = total_bins.get(row["bin_min"], 0) + number
        else:
            excluded[f"{state}_count"] = excluded.get(f"{state}_count", 0) + number
    if breakdown in PERIODS:
        empty = _counts({}, 0)
        keys, grains, rows = complete_periods(breakdown, scope, snapshot, grains, rows, empty)
    return CountTable(
        keys=keys,
        grains=tuple(grains),
        rows=tuple(rows),
        total=_counts(total_bins, sum(responses.values())),
        asides=excluded,
        query_name=metric.query,
    )


def limits_by(
    metric: Metric, scope: Scope, breakdown: Breakdown, ask: Ask
) -> dict[str, list[object]]:
    """The value of each row of an answer as its limit, as the query takes it: then bins are under it or over it.

    That is all that an interval over several programs needs of each.
    """
    found: dict[tuple[object, object], Bins] = {}
    for row in _run(metric, scope, breakdown, ask):
        if row["interval_state"] == USABLE:
            bins = found.setdefault((row["period_start"], row["key"]), {})
            bins[row["bin_min"]] = row["response_count"]
    return _limits({place: _value(metric, bins) for place, bins in found.items()})


def limits_by_program(metric: Metric, scope: Scope, total: Counts) -> dict[str, list[object]]:
    """The value of the whole as the limit of each program, as the query takes it; no limit where it is hidden."""
    if not total.bins:
        return {}
    value = _value(metric, total.bins)
    return _limits({(None, program_id): value for program_id in scope.program_ids})


def _value(metric: Metric, bins: Mapping[float, int]) -> float:
    minutes = sorted(bins)
    return quantile(minutes, [bins[each] for each in minutes], PROBABILITY[metric.statistic])


def _limits(values: dict[tuple[object, object], float]) -> dict[str, list[object]]:
    return {
        "limit_starts": [start for start, _ in values],
        "limit_keys": [key for _, key in values],
        "limit_min": list(values.values()),
    }


def _run(metric: Metric, scope: Scope, by: Breakdown | None, ask: Ask) -> list[Row]:
    word = by.value if by else None
    return ask(metric.query, scope, breakdown=word, interval_name=metric.interval)


def grain_columns(by: Breakdown) -> tuple[str, ...]:
    """Grain columns of waiting times by a breakdown: those of every answer, but areas are told by name alone."""
    return ("area_id",) if by is Breakdown.AREA else GRAIN_COLUMNS[by]


def waiting_grain(row: Row, by: Breakdown) -> tuple[object, ...]:
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
