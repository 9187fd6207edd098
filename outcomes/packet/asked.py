"""What a packet is asked for: the selection, what its answers need, and the answers, each asked once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial

from outcomes.answers.answer import Answer, answer
from outcomes.answers.many_changes import judged_together
from outcomes.answers.period_change import CompareWith
from outcomes.disclosure.rule import DisclosureRule
from outcomes.selection import Selection
from outcomes.store.programs import ProgramChange
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown

# Metric, breakdown and comparison to their answer.
Answering = Callable[[str, Breakdown | None, CompareWith | None], Answer]


@dataclass(frozen=True)
class Asked:
    """A selection of a snapshot with all that decides its answers."""

    snapshot: Snapshot
    selection: Selection
    rule: DisclosureRule
    compare_with: CompareWith
    # how answers are had; a page gives those that it keeps
    answering: Answering
    # address of the pages for this selection, by a page's name; empty where none is known
    link_of: Callable[[str], str] = field(default=lambda _name: "")

    @property
    def names(self) -> dict[str, str]:
        """Names of programs by id."""
        return {program.program_id: program.program_name for program in self.snapshot.programs}

    @property
    def changes(self) -> list[ProgramChange]:
        """Dated changes of the chosen programs."""
        return self.snapshot.changes_of(self.selection.program_ids)

    def by(self, metric_key: str, breakdown: Breakdown) -> Answer:
        """A metric by a breakdown."""
        return self.answering(metric_key, breakdown, None)

    def whole(self, metric_key: str) -> Answer:
        """A metric as a whole, beside no other period."""
        return self.answering(metric_key, None, None)

    def compared(self, metric_keys: tuple[str, ...]) -> dict[str, Answer]:
        """The whole of each beside the earlier period, the changes judged together as the page judges them."""
        found = [self.answering(key, None, self.compare_with) for key in metric_keys]
        return dict(zip(metric_keys, judged_together(found), strict=True))


def ask(
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule | None = None,
    compare_with: CompareWith = CompareWith.YEAR_BEFORE,
    link_of: Callable[[str], str] = lambda _name: "",
) -> Asked:
    """The selection as a packet asks it, its answers worked out anew."""
    rule = rule or DisclosureRule()
    answering = cache(partial(_answer, selection, snapshot, rule))
    return Asked(snapshot, selection, rule, compare_with, answering, link_of)


def _answer(
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule,
    metric_key: str,
    breakdown: Breakdown | None,
    compare_with: CompareWith | None,
) -> Answer:
    return answer(metric_key, selection, snapshot, breakdown, compare_with, rule)
