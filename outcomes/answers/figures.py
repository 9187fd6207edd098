"""From a definite selection to figures that may be shown: count once, suppress once, then rate and interval."""

import math
from dataclasses import dataclass, replace
from functools import partial

from outcomes.answers.counts import Ask, ask_by_program, ask_once, run_counts
from outcomes.answers.coverage import PERIODS, are_whole_quarters
from outcomes.answers.percentiles import count_durations, limits_by, limits_by_program
from outcomes.answers.scope import Scope, by_program
from outcomes.disclosure.linked_tables import suppress_linked, suppress_within
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import without_telling_bounds
from outcomes.metrics.definition import LinkedCount, Metric, Statistic
from outcomes.metrics.figure import Counts, CountTable, Figure, effect_of_persons, figure
from outcomes.metrics.registry import find_metric
from outcomes.statistics.clusters import person_effect
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, View

# Whose value has no interval that chance makes.
WITHOUT_INTERVAL = (Statistic.COUNT, Statistic.ASSUMPTION_RANGE)
# In public an interval allows for persons met again only where they are at least so many (own choice, the usual 30).
FEWEST_MET_AGAIN = 30
# Counts of each program behind one figure; None where one of them is hidden.
Clusters = tuple[Counts, ...] | None


@dataclass(frozen=True)
class Figures:
    """Figures of one answer with the counts that they are made from, after suppression."""

    counts: CountTable
    # figure of each row, in order; none without a breakdown
    rows: tuple[Figure, ...]
    # figure of everything
    total: Figure
    # most programs that one interval is over
    program_count: int = 1
    # most that an interval allows for persons met again, as times the variance
    person_effect: float = 1.0
    # whether too few persons are met again for the public to be told how alike their cases are
    is_person_hidden: bool = False
    # whether an interval is left out, for it would give away what is hidden of one program
    is_interval_hidden: bool = False


def make_figures(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
) -> Figures:
    """Figures of a metric by the breakdown and as a whole, with what the rule hides hidden.

    Intervals over several programs allow for how far these lie apart, from counts by program that nothing else
    shows; where one of those counts is hidden, there is no interval.
    """
    ask = ask_once(snapshot)
    counts = shown_counts(metric, scope, snapshot, breakdown, rule, ask)
    clusters = _clusters(metric, scope, snapshot, breakdown, rule, counts, ask)
    *rows, total = [
        figure(metric, each, by_program)
        for each, by_program in zip((*counts.rows, counts.total), clusters, strict=True)
    ]
    figures = list(zip((*rows, total), clusters, strict=True))
    with_interval = [by_program for one, by_program in figures if one.low is not None]
    return Figures(
        counts=counts,
        rows=tuple(rows),
        total=total,
        program_count=max((len(each or ()) for each in with_interval), default=1),
        person_effect=max(
            (
                effect_of_persons(each, by_program)
                for each, by_program, one in zip(
                    (*counts.rows, counts.total), clusters, (*rows, total), strict=True
                )
                if one.low is not None
            ),
            default=1.0,
        ),
        is_person_hidden=bool(with_interval) and _is_person_hidden(metric, scope, snapshot),
        is_interval_hidden=any(
            by_program is None and one.value is not None for one, by_program in figures
        ),
    )


def shown_counts(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
    ask: Ask | None = None,
) -> CountTable:
    """Counts of a metric by the breakdown and as a whole, with what the rule hides hidden."""
    ask = ask or ask_once(snapshot)
    count = count_durations if metric.interval else run_counts
    counts = count(metric, scope, snapshot, breakdown, ask)
    if breakdown is None:
        counts = replace(counts, keys=(), grains=(), rows=())
    opened = counts
    if _applies(rule, metric, scope, snapshot, breakdown):
        linked = {each: _count_linked(each, scope, snapshot, ask) for each in metric.protected_with}
        counts = suppress_linked(metric, counts, linked, rule)
        holding = map(find_metric, metric.within)
        wholes = [run_counts(each, scope, snapshot, breakdown, ask) for each in holding]
        counts = suppress_within(opened, counts, wholes, rule)
    if scope.selection.view is View.PUBLIC:
        counts = without_telling_bounds(metric, opened, counts, rule)
    return _with_persons(metric, scope, snapshot, breakdown, counts)


def _applies(
    rule: DisclosureRule,
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
) -> bool:
    """Whether small counts must be hidden; the months of every log are gone through only where that hangs on them."""
    may, must = (rule.applies(metric, scope.selection, breakdown, whole) for whole in (False, True))
    return must if may == must else not are_whole_quarters(scope, snapshot, breakdown)


def _with_persons(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    counts: CountTable,
) -> CountTable:
    """The counts with how alike cases of one person are, where they are those of one program."""
    effects = {each: _effect(metric, scope, snapshot, each) for each in scope.program_ids}
    if all(effect == 1.0 for effect in effects.values()):
        return counts
    alone = effects[scope.program_ids[0]] if len(effects) == 1 else 1.0
    of_rows = [alone] * len(counts.rows)
    if breakdown in (Breakdown.PROGRAM, Breakdown.AREA):
        of_rows = [effects[str(grain[0])] for grain in counts.grains]
    rows = zip(counts.rows, of_rows, strict=True)
    return replace(
        counts,
        rows=tuple(replace(row, person_effect=effect) for row, effect in rows),
        total=replace(counts.total, person_effect=alone),
    )


def _effect(metric: Metric, scope: Scope, snapshot: Snapshot, program_id: str) -> float:
    """How many times the variance of a share is that of cases of different persons, by a program's whole log.

    The public is told it up to the next tenth, and not at all where few persons are met again.
    """
    sums = snapshot.persons.get((program_id, metric.key))
    if sums is None:
        return 1.0
    effect = person_effect(sums)
    if scope.selection.view is not View.PUBLIC:
        return effect
    return math.ceil(effect * 10) / 10 if sums.met_again >= FEWEST_MET_AGAIN else 1.0


def _is_person_hidden(metric: Metric, scope: Scope, snapshot: Snapshot) -> bool:
    """Whether the public's interval takes cases of one person for those of several, since few are met again."""
    if scope.selection.view is not View.PUBLIC:
        return False
    found = [snapshot.persons.get((each, metric.key)) for each in scope.program_ids]
    return any(sums is not None and sums.met_again < FEWEST_MET_AGAIN for sums in found)


def _clusters(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
    counts: CountTable,
    ask: Ask,
) -> list[Clusters]:
    """Counts by program behind each row and behind the total, as each program's own answer shows them."""
    rows: list[Clusters] = [()] * len(counts.rows)
    if len(scope.program_ids) < 2 or metric.statistic in WITHOUT_INTERVAL:
        return [*rows, ()]
    has_programs = Breakdown.PROGRAM in metric.breakdowns
    is_asked = breakdown is not None and breakdown is not Breakdown.PROGRAM
    own = []
    if is_asked or not has_programs:
        limits = limits_by(metric, scope, breakdown, ask) if metric.interval and breakdown else {}
        ask_for = ask_by_program(scope, ask, **limits)
        own = [
            shown_counts(metric, one, snapshot, breakdown, rule, ask_for)
            for one in by_program(scope)
        ]
    if is_asked:
        found: dict[tuple[object, ...], list[Counts]] = {}
        for table in own:
            for grain, row in zip(table.grains, table.rows, strict=True):
                found.setdefault(_key(grain, breakdown), []).append(row)
        rows = [_shown(found.get(_key(grain, breakdown), [])) for grain in counts.grains]
    if not has_programs:
        return [*rows, _shown([table.total for table in own])]
    table = counts
    if breakdown is not Breakdown.PROGRAM:
        limits = limits_by_program(metric, scope, counts.total) if metric.interval else {}
        table = shown_counts(
            metric, scope, snapshot, Breakdown.PROGRAM, rule, partial(ask, **limits)
        )
    return [*rows, _shown(list(table.rows))]


def _key(grain: tuple[object, ...], breakdown: Breakdown | None) -> tuple[object, ...]:
    """What a row is about, whoever covers it: a month that one program covers in part another covers whole."""
    return grain[:1] if breakdown in PERIODS else grain


def _shown(counts: list[Counts]) -> Clusters:
    """Counts of programs with cases; None where one is hidden, unless it stands alone."""
    if len(counts) > 1 and any(each.is_hidden for each in counts):
        return None
    return tuple(each for each in counts if each.denominator)


def _count_linked(
    linked: LinkedCount, scope: Scope, snapshot: Snapshot, ask: Ask
) -> tuple[Metric, CountTable]:
    metric = find_metric(linked.metric_key)
    return metric, run_counts(
        metric, scope, snapshot, metric.breakdowns[0] if linked.word else None, ask
    )
