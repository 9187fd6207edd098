"""Eligible calls by hour of the week, and what became of them: counted, protected, held against the stated hours."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from outcomes.analyses.demand.service_hours import hours_between
from outcomes.answers.answer import Answer, answer
from outcomes.answers.counts import run_metric_query
from outcomes.answers.coverage import month_coverage
from outcomes.answers.scope import Scope, chosen_programs, resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import hidden_together
from outcomes.metrics.registry import find_metric
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection, add_months
from outcomes.store.programs import ServiceHours
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Coverage, NotReachedReason, Status, View

METRIC = "not_reached_share"
REACHED, UNKNOWN = "reached", "reach_not_recorded"
HOURS_IN_BLOCK = 6
DAYS, HOURS = range(1, 8), range(24)
# A place of the week: weekday (1 is Monday) and the hour at which it begins.
Place = tuple[int, int]


@dataclass(frozen=True)
class Calls:
    """Eligible calls of one place of the week."""

    reached: int = 0
    # calls of which the log does not say whether the team arrived
    unknown: int = 0
    missed: int = 0
    # missed calls by reason; empty in the public view
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def eligible(self) -> int:
        """All of them."""
        return self.reached + self.unknown + self.missed

    @property
    def parts(self) -> tuple[int, int, int]:
        """What the eligible calls are the sum of."""
        return (self.reached, self.unknown, self.missed)

    def of(self, what: str) -> int:
        """The count that a switch asks for: eligible, reached, not_reached or one reason."""
        known = {"eligible": self.eligible, REACHED: self.reached, "not_reached": self.missed}
        return known[what] if what in known else dict(self.reasons).get(what, 0)


@dataclass(frozen=True)
class Demand:
    """The week of a selection. Nothing in it holds a number that suppression hid."""

    # share of eligible calls not reached, as a whole
    answer: Answer
    # by hour in the program view, by six hours in the public one; None where hidden; empty where it cannot be told
    places: dict[Place, Calls | None]
    # hours that one place lasts
    hours_each: int
    # by blocks of six hours
    blocks: dict[Place, Calls | None]
    # whether call types are chosen, which the hours cannot tell apart
    has_call_types: bool
    # whether any chosen log records why a call was not reached
    has_reasons: bool
    # names of the chosen programs that can answer
    programs: tuple[str, ...]
    # months without any record
    gaps: tuple[date, ...]
    # hours that hold at the end of the selection, and all that hold in it; empty unless one program is chosen
    hours_now: tuple[ServiceHours, ...] = ()
    hours_all: tuple[ServiceHours, ...] = ()
    # which chosen logs do not tell the time of day, and are not in the week; empty where all do
    coarse: str = ""
    # calls without a usable time; None where hidden
    timeless: Calls | None = None
    # calls recorded as outside hours that came within the stated hours, and the other way round; program view alone
    outside_in_hours: int = 0
    other_out_of_hours: int = 0

    @property
    def is_recorded(self) -> bool:
        """Whether a log holds eligible calls at all."""
        return self.answer.total.status is not Status.NOT_RECORDED

    @property
    def is_public(self) -> bool:
        """Whether small counts are hidden."""
        return self.answer.selection.view is View.PUBLIC


def demand(selection: Selection, snapshot: Snapshot, rule: DisclosureRule | None = None) -> Demand:
    """The week of a selection: every place of it, with zeros; no place where the logs or the choice do not allow it.

    In the public view the week is told by six hours, and a block with all of its counts or with none; no reasons.
    """
    rule = rule or DisclosureRule()
    found = answer(METRIC, selection, snapshot, rule=rule)
    scope = resolve_scope(find_metric(METRIC), selection, snapshot)
    chosen = [
        one for one in chosen_programs(selection, snapshot) if one.program_id in scope.program_ids
    ]
    is_public = selection.view is View.PUBLIC
    empty = Demand(
        answer=found,
        places={},
        hours_each=HOURS_IN_BLOCK if is_public else 1,
        blocks={},
        has_call_types=bool(selection.call_types),
        has_reasons=any("not_reached_reason" in one.recorded_fields for one in chosen),
        programs=tuple(one.program_name for one in chosen),
        gaps=tuple(
            one.month for one in month_coverage(scope, snapshot) if one.coverage is Coverage.GAP
        ),
    )
    if found.total.status in (Status.NOT_RECORDED, Status.NO_CASES) or selection.call_types:
        return empty
    empty = _with_hours(empty, scope, snapshot)
    timed = resolve_scope(
        find_metric(METRIC), selection, snapshot, also=(Requirement.RECEIVED_TIME,)
    )
    empty = replace(empty, coarse=timed.coarse)
    if found.total.status is Status.SUPPRESSED or timed.missing:
        return empty
    scope = timed
    by_hour, timeless = _counted(scope, snapshot)
    blocks = {
        (day, first): together(
            [by_hour[(day, hour)] for hour in range(first, first + HOURS_IN_BLOCK)]
        )
        for day, first in product(DAYS, range(0, 24, HOURS_IN_BLOCK))
    }
    if is_public:
        shown = _protected([*blocks.values(), timeless], rule)
        protected = dict(zip(blocks, shown[:-1], strict=True))
        return replace(empty, places=protected, blocks=protected, timeless=shown[-1])
    return _with_mismatches(
        replace(empty, places={**by_hour}, blocks={**blocks}, timeless=timeless), scope, snapshot
    )


def _counted(scope: Scope, snapshot: Snapshot) -> tuple[dict[Place, Calls], Calls]:
    by_place: dict[Place | None, dict[str, int]] = {}
    for row in run_metric_query("eligible_hours", scope, snapshot):
        place = None if row["weekday"] is None else (row["weekday"], row["hour"])
        by_place.setdefault(place, {})[row["outcome"]] = row["call_count"]
    by_hour = {place: _calls(by_place.get(place, {})) for place in product(DAYS, HOURS)}
    return by_hour, _calls(by_place.get(None, {}))


def _calls(outcomes: dict[str, int]) -> Calls:
    reasons = tuple(
        (reason.value, outcomes[reason]) for reason in NotReachedReason if outcomes.get(reason)
    )
    missed = sum(count for _, count in reasons)
    return Calls(outcomes.get(REACHED, 0), outcomes.get(UNKNOWN, 0), missed, reasons)


def together(several: list[Calls]) -> Calls:
    """The calls of several places added up, with their reasons in the order in which they come."""
    reasons: Counter[str] = Counter()
    for calls in several:
        reasons.update(dict(calls.reasons))
    reached, unknown = sum(one.reached for one in several), sum(one.unknown for one in several)
    return Calls(reached, unknown, sum(one.missed for one in several), tuple(reasons.items()))


def _protected(rows: list[Calls], rule: DisclosureRule) -> list[Calls | None]:
    """The rows without reasons; None for those that have to be hidden, all of their counts together."""
    hides = hidden_together([row.parts for row in rows], rule)
    return [
        None if hide else replace(row, reasons=()) for row, hide in zip(rows, hides, strict=True)
    ]


def _with_hours(found: Demand, scope: Scope, snapshot: Snapshot) -> Demand:
    """With the stated hours, where one program is chosen."""
    if len(scope.program_ids) != 1 or scope.first_day is None or scope.last_day is None:
        return found
    closed = scope.closed_selection()
    first, last = closed.first_month or scope.first_day, scope.last_day
    if closed.last_month:
        last = min(last, add_months(closed.last_month, 1) - timedelta(days=1))
    stated = tuple(one for one in snapshot.hours if one.program_id == scope.program_ids[0])
    return replace(
        found,
        hours_now=hours_between(stated, last, last),
        hours_all=hours_between(stated, first, last),
    )


def _with_mismatches(found: Demand, scope: Scope, snapshot: Snapshot) -> Demand:
    rows = run_metric_query("hours_mismatches", scope, snapshot)
    return replace(
        found,
        outside_in_hours=sum(row["outside_in_hours_count"] for row in rows),
        other_out_of_hours=sum(row["other_out_of_hours_count"] for row in rows),
    )
