"""From a definite selection to counts: bind the query, run it, and complete what a result cannot show."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

from outcomes.answers.coverage import PERIODS, complete_periods
from outcomes.answers.scope import Scope
from outcomes.metrics.closed_lists import CLOSED_LISTS, VOCABULARIES, can_say, can_say_hurt
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Counts, CountTable
from outcomes.store.query_file import read_query
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import GRAIN_COLUMNS, Breakdown

# Breakdowns by the words of a closed list whose rows add up to the whole.
PARTS_OF_A_WHOLE = (Breakdown.REASON, Breakdown.DISPOSITION, Breakdown.PLACE)
NOT_RECORDED = "not_recorded"
Row = dict[str, Any]
# What a query takes that a question need not say: whether each program has rows of its own, and limits of waits.
UNSAID: dict[str, object] = {
    "by_program": False,
    "limit_starts": None,
    "limit_keys": None,
    "limit_min": None,
}
# Gives the rows of queries/metric/<name>.sql for a definite selection; what else the query takes is named.
Ask = Callable[..., list[Row]]
# Breakdowns of injured people: closed lists over the metric's own denominator.
_OF_THE_INJURED = (Breakdown.ROLE, Breakdown.SEVERITY, Breakdown.ROLE_AND_SEVERITY)


def parameters(scope: Scope) -> dict[str, object]:
    """The parameters that every metric query takes.

    Months that cover all that the logs cover are all of it: a record without a date is in both, or in neither.
    """
    selection = scope.selection
    if scope.covers_everything():
        selection = replace(selection, first_month=None, last_month=None)
    return {
        "program_ids": list(scope.program_ids),
        "call_types": list(selection.call_types) or None,
        "first_month": selection.first_month,
        "month_after": selection.month_after(),
        "silent_months": [
            f"{program_id} {month}" if month else program_id
            for program_id, month in sorted(scope.silent_months, key=str)
        ]
        or None,
    }


def run_metric_query(name: str, scope: Scope, snapshot: Snapshot, **more: object) -> list[Row]:
    """Rows of queries/metric/<name>.sql for a definite selection; bound is what the query declares.

    Programs stand together unless `by_program` is true.
    """
    given = {**UNSAID, **parameters(scope), **more}
    bound = {param: given[param] for param in read_query("metric", name).params}
    return snapshot.rows("metric", name, bound)


def ask_once(snapshot: Snapshot) -> Ask:
    """Asks each metric query once, and gives the same rows where it is asked again."""
    kept: dict[str, list[Row]] = {}

    def ask(name: str, scope: Scope, **more: object) -> list[Row]:
        asked = str((name, parameters(scope), more))
        if asked not in kept:
            kept[asked] = run_metric_query(name, scope, snapshot, **more)
        return kept[asked]

    return ask


def ask_by_program(whole: Scope, ask: Ask, **limits: object) -> Ask:
    """Asks for one program of a scope at a time, by asking once for all of them, each with rows of its own."""
    kept: dict[str, dict[str, list[Row]]] = {}

    def ask_for(name: str, scope: Scope, **more: object) -> list[Row]:
        asked = str((name, more))
        if asked not in kept:
            kept[asked] = {}
            for row in ask(name, whole, by_program=True, **limits, **more):
                kept[asked].setdefault(row["of_program"], []).append(row)
        (program_id,) = scope.program_ids
        return kept[asked].get(program_id, [])

    return ask_for


def query_of(metric: Metric, breakdown: Breakdown | None) -> str:
    """Name of the query that answers the metric by a breakdown: injured people have one of their own."""
    return "injured_people" if breakdown in _OF_THE_INJURED else metric.query


def grain_of(row: dict[str, Any], breakdown: Breakdown) -> tuple[object, ...]:
    """What a row is about: a value for each of the breakdown's grain columns, for a period its first day."""
    if breakdown in PERIODS:
        return (row["period_start"],)
    return tuple(row[column] for column in ("key", "part")[: len(GRAIN_COLUMNS[breakdown])])


def run_counts(
    metric: Metric, scope: Scope, snapshot: Snapshot, breakdown: Breakdown | None, ask: Ask
) -> CountTable:
    """Counts of a metric whose value comes from two counts, by the breakdown.

    Without one the rows are those that the whole is counted by, and the total is what matters.
    """
    first = metric.breakdowns[0]
    # Also the whole is counted by program: a log may lack the denominator.
    by = breakdown or (first if first in PARTS_OF_A_WHOLE else Breakdown.PROGRAM)
    if by in PARTS_OF_A_WHOLE:
        return _by_closed_list(metric, scope, snapshot, by, None, ask)
    if by in _OF_THE_INJURED:
        over = _by_key(metric, scope, snapshot, Breakdown.PROGRAM, ask).total
        return _by_closed_list(metric, scope, snapshot, by, over, ask)
    return _by_key(metric, scope, snapshot, by, ask)


def _by_key(
    metric: Metric, scope: Scope, snapshot: Snapshot, by: Breakdown, ask: Ask
) -> CountTable:
    columns = _columns(metric)
    result = ask(metric.query, scope, breakdown=by.value, counts=columns)
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
        asides={column: sums[column] for column in metric.asides},
        query_name=metric.query,
    )


def _columns(metric: Metric) -> list[str]:
    """Columns of the query that the metric and its notes need."""
    named = [
        metric.numerator,
        metric.denominator,
        metric.recorded_of,
        metric.missing_of,
        metric.could_be,
        metric.could_join,
    ]
    columns = [*(count.column for count in named if count), *metric.parts, *metric.asides]
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
        missing_of=row[metric.missing_of.column] if metric.missing_of else None,
        could_be=row[metric.could_be.column] if metric.could_be else 0,
        could_join=row[metric.could_join.column] if metric.could_join else 0,
        assumed=assumed,
        parts=tuple(row[column] for column in metric.parts),
    )


def _by_closed_list(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    by: Breakdown,
    over: Counts | None,
    ask: Ask,
) -> CountTable:
    """Counts by the words of a closed list, over the counts given or their own sum; every word has a row."""
    name = query_of(metric, by)
    result = ask(name, scope, breakdown=by.value)
    found: dict[tuple[object, ...], float] = {
        grain_of(row, by): row[metric.numerator.column] for row in result
    }
    keys = GRAIN_COLUMNS[by]
    names = [metric.query if over is None else key for key in keys]
    lists = [CLOSED_LISTS[name] for name in names]
    words = [
        word for word in product(*lists) if _can_hold(metric, dict(zip(keys, word, strict=True)))
    ]
    denominator, base = sum(found.values()), None
    if over is not None:
        denominator, base = over.denominator or 0, over.recorded_of
    programs = [one for one in snapshot.programs if one.program_id in scope.program_ids]
    silent = {
        (name, word): [
            one.program_name
            for one in programs
            if not can_say(name, word, one.recorded_fields, one.possible_answers)
            or (
                name == "role" and not can_say_hurt(word, _severities(metric), one.possible_answers)
            )
        ]
        for name, closed_list in zip(names, lists, strict=True)
        for word in closed_list
    }
    # A share of a whole could be that of its word and all that is not recorded. Of people hurt, the row of those not
    # recorded is read beside the others, and the total alone has bounds.
    unknown = found.get((NOT_RECORDED,), 0) if over is None else 0
    # What no log can say is not recorded: its zero would be nobody's answer.
    rows = tuple(
        Counts(
            found.get(word, 0),
            denominator,
            base,
            could_be=unknown,
            tells_bounds=over is None and word != (NOT_RECORDED,),
            is_missing=not found.get(word)
            and (
                any(len(silent[part]) == len(programs) for part in zip(names, word, strict=True))
                or (
                    by is Breakdown.ROLE_AND_SEVERITY
                    and not any(
                        can_say_hurt(word[0], word[1:], one.possible_answers) for one in programs
                    )
                )
            ),
        )
        for word in words
    )
    return CountTable(
        keys=keys,
        grains=tuple(words),
        rows=rows,
        total=Counts(
            sum(row.numerator or 0 for row in rows),
            denominator,
            base,
            could_be=over.could_be if over else 0,
        ),
        asides={column: sum(row[column] for row in result) for column in metric.asides},
        query_name=name,
        silent={
            label_of(VOCABULARIES[name], word): tuple(who)
            for (name, word), who in silent.items()
            if who
        },
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
    return severity is None or severity in _severities(metric)


def _severities(metric: Metric) -> tuple[str, ...]:
    return _SEVERITIES.get(metric.numerator.column, _EVERY_INJURY)
