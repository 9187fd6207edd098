"""From a definite selection to counts: bind the query, run it, and complete what a result cannot show."""

from dataclasses import dataclass
from typing import Any

from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Counts
from outcomes.store.query_file import read_query
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import (
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
# Closed lists whose every word has a row, also where nothing happened: zero is an answer.
CLOSED_LISTS = {
    "police_requests": [reason.value for reason in PoliceRequestReason],
    "exits": [reason.value for reason in NotReachedReason],
    "dispositions": [disposition.value for disposition in Disposition],
    "transports": [place.value for place in TransportPlace if place is not TransportPlace.NONE],
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
    """Rows of queries/metric/<name>.sql for a definite selection."""
    return snapshot.rows("metric", name, {**parameters(scope), **more})


def run_counts(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None
) -> CountTable:
    """Counts of a metric whose value comes from two counts, by the breakdown or as a whole."""
    if breakdown in (*PARTS_OF_A_WHOLE, Breakdown.ROLE, Breakdown.SEVERITY) or (
        breakdown is Breakdown.ROLE_AND_SEVERITY
    ):
        return _by_closed_list(metric, scope, snapshot, breakdown)
    if breakdown is None and metric.breakdowns[0] in PARTS_OF_A_WHOLE:
        return _by_closed_list(metric, scope, snapshot, metric.breakdowns[0])
    grain = "period" if breakdown in PERIODS else (breakdown or Breakdown.PROGRAM).value
    name = f"{metric.query}_by_{grain}"
    more = {"period": breakdown.value} if breakdown in PERIODS and breakdown else {}
    result = run_metric_query(name, scope, snapshot, **more)
    keys = _key_columns(metric, name)
    rows = [_counts(metric, scope, row) for row in result]
    grains = [tuple(row[key] for key in keys) for row in result]
    if breakdown in PERIODS and breakdown is not None:
        empty = _counts(metric, scope, {})
        keys, grains, rows = complete_periods(breakdown, scope, snapshot, grains, rows, empty)
    return CountTable(
        keys=keys,
        grains=tuple(grains),
        rows=tuple(rows),
        total=_counts(metric, scope, _sums(metric, result)),
        asides=_asides(metric, result),
        query_name=name,
    )


def _key_columns(metric: Metric, query_name: str) -> tuple[str, ...]:
    query = read_query("metric", query_name)
    return tuple(column for column, kind in query.columns if kind not in ("BIGINT", "DOUBLE"))


def _counts(metric: Metric, scope: Scope, row: dict[str, Any]) -> Counts:
    # A total over logs of which some lack the denominator has none; a row of one program has its own.
    lacking = scope.without_denominator
    has_denominator = row["program_id"] not in lacking if "program_id" in row else not lacking
    denominator = metric.denominator if has_denominator else None
    numerator, assumed = row.get(metric.numerator.column, 0), None
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        # Sums of products carry dust in their last places.
        numerator = round(numerator, 6)
        assumed = (
            round(row.get("net_diverted_low", 0.0), 6),
            round(row.get("net_diverted_high", 0.0), 6),
        )
    return Counts(
        numerator=numerator,
        denominator=row.get(denominator.column, 0) if denominator else None,
        recorded_of=row.get(metric.recorded_of.column, 0) if metric.recorded_of else None,
        assumed=assumed,
        parts=tuple(row.get(column, 0) for column in metric.parts),
    )


def _sums(metric: Metric, result: list[dict[str, Any]]) -> dict[str, float]:
    """Sums of the counts that the metric needs, over all rows."""
    needed = [metric.numerator, metric.denominator, metric.recorded_of]
    columns = [*(count.column for count in needed if count), *metric.parts]
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        columns += ["net_diverted_low", "net_diverted_high"]
    return {column: sum(row.get(column, 0) for row in result) for column in columns}


def _asides(metric: Metric, result: list[dict[str, Any]]) -> dict[str, int]:
    return {column: sum(row.get(column, 0) for row in result) for column, _ in metric.asides}


def _by_closed_list(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown
) -> CountTable:
    """Counts by the words of a closed list, over one denominator; every word has a row."""
    name = f"{metric.query}_by_{breakdown.value}"
    result = run_metric_query(name, scope, snapshot)
    found: dict[tuple[object, ...], float] = {}
    keys = _key_columns(metric, name)
    for row in result:
        found[tuple(row[key] for key in keys)] = row[metric.numerator.column]
    if breakdown in PARTS_OF_A_WHOLE:
        words: list[tuple[str, ...]] = [(word,) for word in CLOSED_LISTS[metric.query]]
        denominator: float = sum(found.values())
        base = None
    else:
        lists = [CLOSED_LISTS[key] for key in keys]
        words = [(word,) for word in lists[0]]
        if len(lists) > 1:
            words = [(first, second) for first in lists[0] for second in lists[1]]
        words = [word for word in words if _can_hold(metric, dict(zip(keys, word, strict=True)))]
        whole = run_counts(metric, scope, snapshot, None)
        denominator, base = whole.total.denominator or 0, whole.total.recorded_of
    rows = tuple(Counts(found.get(word, 0), denominator, base) for word in words)
    return CountTable(
        keys=keys,
        grains=tuple(words),
        rows=rows,
        total=Counts(sum(row.numerator or 0 for row in rows), denominator, base),
        asides=_asides(metric, result),
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
