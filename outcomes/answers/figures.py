"""From a definite selection to figures that may be shown: count once, suppress once, then rate and interval."""

from dataclasses import dataclass, replace

from outcomes.answers.counts import run_counts
from outcomes.answers.percentiles import count_durations
from outcomes.answers.scope import Scope
from outcomes.disclosure.linked_tables import suppress_linked
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import LinkedCount, Metric
from outcomes.metrics.figure import CountTable, Figure, figure
from outcomes.metrics.registry import find_metric
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown


@dataclass(frozen=True)
class Figures:
    """Figures of one answer with the counts that they are made from, after suppression."""

    counts: CountTable
    # figure of each row, in order; none without a breakdown
    rows: tuple[Figure, ...]
    # figure of everything
    total: Figure


def make_figures(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    breakdown: Breakdown | None,
    rule: DisclosureRule,
) -> Figures:
    """Figures of a metric by the breakdown and as a whole, with what the rule hides hidden."""
    if metric.interval:
        counts = count_durations(metric, scope, snapshot, breakdown)
    else:
        counts = run_counts(metric, scope, snapshot, breakdown)
    if breakdown is None:
        counts = replace(counts, keys=(), grains=(), rows=())
    if rule.applies(metric, scope.closed_selection(), breakdown):
        linked = {each: _count_linked(each, scope, snapshot) for each in metric.protected_with}
        counts = suppress_linked(metric, counts, linked, rule)
    *rows, total = [figure(metric, each) for each in (*counts.rows, counts.total)]
    return Figures(counts, tuple(rows), total)


def _count_linked(
    linked: LinkedCount, scope: Scope, snapshot: Snapshot
) -> tuple[Metric, CountTable]:
    metric = find_metric(linked.metric_key)
    return metric, run_counts(
        metric, scope, snapshot, metric.breakdowns[0] if linked.word else None
    )
