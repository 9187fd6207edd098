"""Exhibits of metrics over time: by month, rare events by quarter, by year where no chosen log has months."""

from collections.abc import Callable

from outcomes.answers.answer import Answer
from outcomes.answers.coverage import finest_period
from outcomes.answers.rare import is_rare
from outcomes.presentation.exhibit import (
    Exhibit,
    label_of_answer,
    months_exhibit,
    rows_exhibit,
)
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, View


def over_time(
    ask: Callable[[str, Breakdown], Answer],
    metric_keys: list[str],
    selection: Selection,
    snapshot: Snapshot,
    *,
    counts: bool = False,
    with_limits: bool = False,
) -> list[Exhibit]:
    """One or two metrics by month in one exhibit, the count instead of the value, or limits, where asked.

    Events that are rare are drawn by quarter; not in public, where a quarter beside its months could give one away.
    By year where no log has months: then one exhibit each. ask gives a metric by a breakdown.
    """
    names = {program.program_id: program.program_name for program in snapshot.programs}
    if finest_period(selection, snapshot) is Breakdown.YEAR:
        years = [ask(key, Breakdown.YEAR) for key in metric_keys]
        return [
            rows_exhibit(found, f"{label_of_answer(found)}, by year", names, counts)
            for found in years
        ]
    answers = [ask(key, Breakdown.MONTH) for key in metric_keys]
    quarters: list[Answer] | None = None
    if selection.view is not View.PUBLIC and all(is_rare(found) for found in answers):
        quarters = [ask(key, Breakdown.QUARTER) for key in metric_keys]
    changes = snapshot.changes_of(selection.program_ids)
    return [months_exhibit(answers, changes, names, counts, with_limits, quarters)]
