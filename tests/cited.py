"""Figures cited in tests as the pages cite them: the same record, without a page."""

from pathlib import Path

from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.figures.record import FigureRecord, origin_of_logs, record_of
from outcomes.figures.since import compared_on
from outcomes.presentation.citation import about_logs
from outcomes.presentation.exhibit import months_exhibit, rows_exhibit
from outcomes.selection import Selection
from outcomes.store.figure_files import keep_figure
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, View


def cited(
    snapshot: Snapshot,
    metric: str = "responses",
    by: Breakdown | None = Breakdown.MONTH,
    rule: DisclosureRule | None = None,
    **chosen: object,
) -> FigureRecord:
    """The record of one metric's exhibit."""
    selection = Selection(**chosen)  # type: ignore[arg-type]
    rule = rule or DisclosureRule()
    found = answer(metric, selection, snapshot, by, rule=rule)
    if by is Breakdown.MONTH:
        exhibit = months_exhibit([found], [], {}, shows_count=found.metric.denominator is None)
    else:
        exhibit = rows_exhibit(found, f"{found.metric.label} by {by}", {})
    query = {"period": "all", "view": selection.view.value}
    origin = origin_of_logs("overview", "Overview", query, selection, snapshot, found.source)
    record = record_of(exhibit, about_logs(selection, found.source, [found.source.query]), origin)
    return compared_on(record, snapshot, rule)


def kept(store: Path, record: FigureRecord) -> str:
    """The address of the record, which the store keeps from now on."""
    return keep_figure(store, View(record.view), record.as_bytes(), 100)
