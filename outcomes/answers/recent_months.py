"""The last thirteen full months of a figure: the same month a year before, and all between."""

from dataclasses import dataclass, replace
from datetime import date

from outcomes.answers.answer import answer
from outcomes.answers.rare import is_rare
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Statistic
from outcomes.selection import Selection, add_months, parse_month
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, View

MONTHS = 13


@dataclass(frozen=True)
class RecentMonth:
    """One month of a figure."""

    # first day of the month
    month: date
    # a count, or the figure's value; None where there is none, or it is hidden
    value: float | None


def recent_months(
    metric_key: str,
    is_count: bool,
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule | None = None,
) -> tuple[RecentMonth, ...]:
    """The months up to the last full one of the selection, in order; a gap is a month without a value.

    In the public view those of the selection alone: beside its total, other months could give a hidden one away.
    Empty where the log does not record the figure by month, covers no month whole, or events are so rare that the line
    would be a saw of zeros and ones. Raises SelectionError for a
    selection that cannot be answered.
    """
    whole = answer(metric_key, selection, snapshot, rule=rule)
    last = selection.last_month or whole.source.last_day
    if last is None or Breakdown.MONTH not in whole.metric.breakdowns:
        return ()
    # One more than is shown, for a last month that is covered only in part.
    last = last.replace(day=1)
    asked = replace(selection, first_month=add_months(last, -MONTHS), last_month=last)
    if selection.view is View.PUBLIC:
        asked = selection
    found = answer(metric_key, asked, snapshot, Breakdown.MONTH, rule=rule)
    if is_rare(found):
        return ()
    is_volume = is_count or found.metric.statistic is Statistic.COUNT
    rows = [row for row in found.rows if row["month"] is not None]
    while rows and rows[-1]["coverage"] != Coverage.WHOLE:
        rows.pop()
    return tuple(
        RecentMonth(
            parse_month(row["month"]),
            None if row["coverage"] == Coverage.GAP else row["numerator" if is_volume else "value"],
        )
        for row in rows[-MONTHS:]
    )
