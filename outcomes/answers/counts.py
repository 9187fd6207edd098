"""From a definite selection to counts: bind the query, run it, and complete what a result cannot show."""

from dataclasses import dataclass
from itertools import product
from typing import Any

from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Counts
from outcomes.store.query_file import read_query
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import (
    GRAIN_COLUMNS,
    Breakdown,
    Disposition,
    InjuredRole,
    InjurySeverity,
    NotReachedReason,
    PoliceRequestReason,
    TransportPlace,
)

# Breakdowns by the words of a closed list whose rows add up to the whole.
PARTS_OF_A_WHOLE = (Breakdown.REASON, Breakdown.DISPOSITION, Breakdown.PLACE)
# Breakdowns of injured people: closed lists over the metric's own denominator.
_OF_THE_INJURED = (Breakdown.ROLE, Breakdown.SEVERITY, Breakdown.ROLE_AND_SEVERITY)
# Closed lists whose every word has a row, also where nothing happened: zero is an answer.
CLOSED_LISTS = {
    "police_request_reasons": [reason.value for reason in PoliceRequestReason],
    "not_reached_reasons": [reason.value for reason in NotReachedReason],
    "dispositions": [disposition.value for disposition in Disposition],
    "transport_places": [
        place.value for place in TransportPlace if place is not TransportPlace.NONE
    ],
    "role": [role.value for role in InjuredRole],
    "severity": [level.value for level in InjurySeverity],
}


@dataclass(frozen=True)
class CountTable:
    """Counts of one answer before suppression."""

    # grain columns of the rows
    keys: tuple[str, ...]
    # one tuple of grain values per row, in order
    grains: tuple[tuple[object, ...], ...]
    # counts per row, in the same order
    rows: tuple[Counts, ...]
    # counts of everything
    total: Counts
    # sums of the counts that notes may tell, by column
    asides: dict[str, int]
    # query file that counted
    query_name: str


def parameters(scope: Scope) -> dict[str, object]:
    """The parameters that every metric query takes."""
    selection = scope.selection
    return {
        "program_ids": list(scope.program_ids),
        "call_types": list(selection.call_types) or None,
        "first_month": selection.first_month,
        "month_after": selection.month_after(),
    }


def run_metric_query(
    name: str, scope: Scope, snapshot: Snapshot, **more: object
) -> list[dict[str, Any]]:
    """Rows of queries/metric/<name>.sql for a definite selection; bound is what the query declares."""
    given = {**parameters(scope), **more}
    bound = {param: given[param] for param in read_query("metric", name).params}
    return snapshot.rows("metric", name, bound)


def query_of(metric: Metric, breakdown: Breakdown | None) -> str:
    """Name of the query that answers the metric by a breakdown: injured people have one of their own."""
    return "injured_people" if breakdown in _OF_THE_INJURED else metric.query


def grain_of(row: dict[str, Any], breakdown: Breakdown) -> tuple[object, ...]:
    """What a row is about: a value for each of the breakdown's grain columns, for a period its first day."""
    if breakdown in PERIODS:
        return (row["period_start"],)
    return tuple(row[column] for column in ("key", "part")[: len(GRAIN_COLUMNS[breakdown])])


def run_counts(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> CountTable:
    """Counts of a metric whose value comes from two counts, by the breakdown or as a whole."""
    if breakdown is None and metric.breakdowns[0] in PARTS_OF_A_WHOLE:
        breakdown = metric.breakdowns[0]
    if breakdown in (*PARTS_OF_A_WHOLE, *_OF_THE_INJURED) and breakdown:
        return _by_closed_list(metric, scope, snapshot, breakdown)
    # Also the whole is counted by program: a log may lack the denominator.
    by = breakdown or Breakdown.PROGRAM
    columns = _columns(metric)
    result = run_metric_query(metric.query, scope, snapshot, breakdown=by.value, counts=columns)
    rows = [_counts(metric, row, _has_denominator(row, by, scope)) for row in result]
    grains = [grain_of(row, by) for row in result]
    keys = GRAIN_COLUMNS[by]
    if by in PERIODS:
        empty = _counts(metric, dict.fromkeys(columns, 0), not scope.without_denominator)
        keys, grains, rows = complete_periods(by, scope, snapshot, grains, rows, empty)
    sums = {column: sum(row[column] for row in result) for column in columns}
    return CountTable(
        keys=keys,
        grains=tuple(grains),
        rows=tuple(rows),
        total=_counts(metric, sums, not scope.without_denominator),
        asides={column: sums[column] for column, _ in metric.asides},
        query_name=metric.query,
    )


def _columns(metric: Metric) -> list[str]:
    """Columns of the query that the metric and its notes need."""
    named = [metric.numerator, metric.denominator, metric.recorded_of]
    columns = [*(count.column for count in named if count), *metric.parts]
    columns += [column for column, _ in metric.asides]
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        columns += ["net_diverted_low", "net_diverted_high"]
    return list(dict.fromkeys(columns))


def _has_denominator(row: dict[str, Any], by: Breakdown, scope: Scope) -> bool:
    """Whether all logs behind a row record the denominator: a row of one program has its own."""
    if by in (Breakdown.PROGRAM, Breakdown.AREA):
        return row["key"] not in scope.without_denominator
    return not scope.without_denominator


def _counts(metric: Metric, row: dict[str, Any], has_denominator: bool) -> Counts:
    numerator, assumed = row[metric.numerator.column], None
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        # Sums of products carry dust in their last places.
        numerator = round(numerator, 6)
        assumed = (round(row["net_diverted_low"], 6), round(row["net_diverted_high"], 6))
    denominator = metric.denominator if has_denominator else None
    return Counts(
        numerator=numerator,
        denominator=row[denominator.column] if denominator else None,
        recorded_of=row[metric.recorded_of.column] if metric.recorded_of else None,
        assumed=assumed,
        parts=tuple(row[column] for column in metric.parts),
    )


def _by_closed_list(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown
) -> CountTable:
    """Counts by the words of a closed list, over one denominator; every word has a row."""
    name = query_of(metric, breakdown)
    result = run_metric_query(name, scope, snapshot, breakdown=breakdown.value)
    found: dict[tuple[object, ...], float] = {
        grain_of(row, breakdown): row[metric.numerator.column] for row in result
    }
    keys = GRAIN_COLUMNS[breakdown]
    words: list[tuple[str, ...]]
    if breakdown in PARTS_OF_A_WHOLE:
        words = [(word,) for word in CLOSED_LISTS[metric.query]]
        denominator: float = sum(found.values())
        base = None
    else:
        words = [
            word
            for word in product(*(CLOSED_LISTS[key] for key in keys))
            if _can_hold(metric, dict(zip(keys, word, strict=True)))
        ]
        whole = run_counts(metric, scope, snapshot, None)
        denominator, base = whole.total.denominator or 0, whole.total.recorded_of
    rows = tuple(Counts(found.get(word, 0), denominator, base) for word in words)
    return CountTable(
        keys=keys,
        grains=tuple(words),
        rows=rows,
        total=Counts(sum(row.numerator or 0 for row in rows), denominator, base),
        asides={column: sum(row[column] for row in result) for column, _ in metric.asides},
        query_name=name,
    )


# Severities that a metric of injured people counts; a row for any other would always be zero.
_SEVERITIES = {
    "recordable_injury_count": ("medical_treatment", "serious", "fatal"),
    "serious_injury_count": ("serious", "fatal"),
    "near_miss_count": ("near_miss",),
}
_EVERY_INJURY = ("first_aid", "medical_treatment", "serious", "fatal", "not_recorded")


def _can_hold(metric: Metric, word: dict[str, str]) -> bool:
    severity = word.get("severity")
    return severity is None or severity in _SEVERITIES.get(metric.numerator.column, _EVERY_INJURY)
