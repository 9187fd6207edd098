"""Police time still spent on a program's responses: measured where the log times police units, else to be assumed."""

from dataclasses import dataclass
from typing import Any

from outcomes.answers.answer import answer
from outcomes.answers.counts import run_metric_query
from outcomes.answers.scope import Scope, resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.statistics.officer_hours import MINUTES_PER_HOUR
from outcomes.store.snapshot import Snapshot

# The count of responses with police is the rest of this metric.
BESIDE = "without_police_share"
SECONDS_PER_MINUTE = 60


@dataclass(frozen=True)
class PoliceTime:
    """Responses with police present, and the time of police units on them as far as it may be shown."""

    # responses with police present; None where hidden or not recorded
    responses: int | None
    # those of them on which the log times every police unit; 0 where it times none, or where that is hidden
    timed: int
    # minutes of every police unit on the timed responses
    unit_minutes: float
    # whether the log times some of them and the view may not say how many
    is_hidden: bool
    # names of the programs whose log times police units
    programs: tuple[str, ...]

    @property
    def untimed(self) -> int:
        """Responses whose police time has to be assumed."""
        return (self.responses or 0) - self.timed

    @property
    def unit_hours(self) -> float:
        """Hours of police units on the timed responses."""
        return self.unit_minutes / MINUTES_PER_HOUR


NO_POLICE_TIME = PoliceTime(None, 0, 0.0, False, ())


def police_time(selection: Selection, snapshot: Snapshot, rule: DisclosureRule) -> PoliceTime:
    """Responses with police present in a selection, and how long police units stayed on them.

    In the public view nothing is told of the time unless the responses, those that are timed and those that are
    not are each none or enough to be shown. What is told of it then is a whole number of minutes for each timed
    response, so that two selections that differ by a few responses do not give the time of those few.

    Raises SelectionError for a selection that cannot be answered.
    """
    alone = answer(BESIDE, selection, snapshot, None, None, rule).total
    if alone.numerator is None or alone.denominator is None:
        return NO_POLICE_TIME
    police = int(alone.denominator - alone.numerator)
    metric = find_metric(BESIDE)
    scope = resolve_scope(metric, selection, snapshot)
    rows = run_metric_query("police_time", scope, snapshot)
    timed = sum(row["timed_response_count"] for row in rows)
    minutes = sum(row["police_unit_seconds"] for row in rows) / SECONDS_PER_MINUTE
    if rule.applies(metric, scope.closed_selection(), None, whole_quarters=False):
        if rule.is_small(timed) or rule.is_small(police - timed):
            return PoliceTime(police, 0, 0.0, True, ())
        minutes = timed * round(minutes / timed) if timed else 0.0
    return PoliceTime(police, timed, float(minutes), False, _names(rows, scope))


def _names(rows: list[dict[str, Any]], scope: Scope) -> tuple[str, ...]:
    names = dict(zip(scope.program_ids, scope.program_names, strict=True))
    return tuple(names[row["program_id"]] for row in rows if row["timed_response_count"])
