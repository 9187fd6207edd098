"""What the logs that are chosen cannot answer: which figures, and what would have to be recorded for each."""

from dataclasses import dataclass

from outcomes.answers.scope import resolve_scope
from outcomes.metrics.definition import Metric
from outcomes.metrics.registry import find_metric
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot


@dataclass(frozen=True)
class Lack:
    """Something that no chosen log records, and the figures that cannot be counted without it."""

    need: Requirement
    metrics: tuple[Metric, ...]


@dataclass(frozen=True)
class Unanswered:
    """What is asked of the logs that are chosen, by whether any of them can answer it."""

    # names of the programs that are chosen
    program_names: tuple[str, ...]
    # in the order asked
    answered: tuple[Metric, ...]
    not_answered: tuple[Metric, ...]
    # the ones that keep most figures from being counted first
    lacks: tuple[Lack, ...]

    def tells(self, sentence: str) -> bool:
        """Whether why a part of the page is empty is said here already."""
        return sentence.startswith("Not recorded") and any(
            f"“{metric.label}” needs" in sentence for metric in self.not_answered
        )

    def keeps(self, *metric_keys: str) -> bool:
        """Whether none of these figures can be counted."""
        missing = {metric.key for metric in self.not_answered}
        return bool(metric_keys) and missing.issuperset(metric_keys)


def unanswered(
    metric_keys: tuple[str, ...], selection: Selection, snapshot: Snapshot
) -> Unanswered:
    """What the chosen logs can and cannot answer of these metrics; no lacks where they answer all of them.

    Raises SelectionError for a selection that cannot be answered.
    """
    answered, not_answered = [], []
    names: tuple[str, ...] = ()
    lacking: dict[Requirement, list[Metric]] = {}
    for metric in map(find_metric, metric_keys):
        scope = resolve_scope(metric, selection, snapshot)
        if not scope.missing:
            answered.append(metric)
            continue
        names = scope.program_names
        not_answered.append(metric)
        for need in scope.missing:
            lacking.setdefault(need, []).append(metric)
    lacks = [Lack(need, tuple(metrics)) for need, metrics in lacking.items()]
    return Unanswered(
        names,
        tuple(answered),
        tuple(not_answered),
        tuple(sorted(lacks, key=lambda lack: -len(lack.metrics))),
    )
