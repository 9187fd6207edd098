"""Officer hours that strict diverted calls freed, worked out only from counts that the view may show."""

from dataclasses import dataclass, replace

from outcomes.answers import Answer, answer
from outcomes.asked import resolve
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.officer_assumptions import Assumptions, Key, Subject
from outcomes.selection import Selection
from outcomes.statistics.officer_hours import (
    MINUTES_PER_HOUR,
    Assumed,
    DivertedCalls,
    officer_hours,
    posts_of_hours,
)
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Breakdown, Coverage, Status

PER_CENT = 100.0
MOVED = (Subject.CHANCE, Subject.OFFICERS, Subject.MINUTES, Subject.SPENT)


@dataclass(frozen=True)
class Range:
    """A number under the assumptions that give least, under the usual ones, and under those that give most."""

    low: float
    base: float
    high: float


@dataclass(frozen=True)
class OfficerTime:
    """Officer hours of a selection; without hours where nothing can be worked out."""

    # the counts that the hours come from, by call type, as the view may show them
    strict: Answer
    # hours freed less hours spent; None where not recorded, hidden, or without calls
    hours: Range | None
    # strict diverted calls behind the hours
    count: int
    # call types whose count the public view hides, which are not in the hours
    hidden_types: int
    # hours by call type before police time is taken off, most first
    by_type: tuple[tuple[str, int, Range], ...]
    # responses with police present; None where hidden
    police_responses: int | None
    # police hours still spent on them, low to high; already taken off
    spent: Range
    # months that the logs cover
    months: int
    # full-time posts that the hours amount to
    posts: Range | None
    # hours for each diverted call
    per_call: Range | None
    # what one assumption's low and high do to the base, the others as usual; widest first
    moved_by: tuple[tuple[Subject, Range], ...]
    assumptions: Assumptions

    @property
    def sworn_posts(self) -> float | None:
        """Sworn posts of the department, where the reader has set them."""
        found = self.assumptions.get((Subject.POSTS, ""))
        return found.assumed.base if found else None

    @property
    def vacant_share(self) -> float:
        """Share of posts that are vacant."""
        return self.assumptions[(Subject.VACANCY, "")].assumed.base / PER_CENT

    @property
    def used(self) -> list[Key]:
        """Assumptions that the figures come from, in the order of the file."""
        kinds = {kind for kind, _, _ in self.by_type}
        return [key for key in self.assumptions if not key[1] or key[1] in kinds]


def officer_time(
    selection: Selection, snapshot: Snapshot, assumptions: Assumptions, rule: DisclosureRule
) -> OfficerTime:
    """Officer hours freed by a selection's strict diverted calls, under these assumptions.

    Counts are hidden by the disclosure rule before anything is worked out, so that no choice of
    assumptions brings a hidden one back: a call type that is hidden is not in the hours. Police time is
    that of responses with police present in the same programs. Logs that do not record strict diverted
    calls give no hours; responses and broad diverted calls never stand in.

    Raises SelectionError for a selection that cannot be answered.

    Source: own; see outcomes/statistics/officer_hours.py.
    """
    strict = answer("diverted_strict", selection, snapshot, Breakdown.CALL_TYPE, None, rule)
    shown = strict.table[strict.table["numerator"].fillna(0) > 0] if len(strict.table) else None
    counts = (
        {str(row["call_type"]): int(row["numerator"]) for row in shown.to_dict("records")}
        if shown is not None
        else {}
    )
    hidden = int((strict.table["status"] == Status.SUPPRESSED).sum()) if len(strict.table) else 0
    if not counts:
        nothing = Range(0, 0, 0)
        return OfficerTime(
            strict, None, 0, hidden, (), None, nothing, 0, None, None, (), assumptions
        )
    # Only programs whose calls are counted: another's police time is not theirs to take off.
    programs = resolve(find_metric("diverted_strict"), selection, snapshot).program_ids
    same = replace(selection, program_ids=programs, states=())
    alone = answer("without_police_share", same, snapshot, None, None, rule).total
    police = (
        int(alone.denominator - alone.numerator)
        if alone.denominator is not None and alone.numerator is not None
        else None
    )
    months = answer("diverted_strict", same, snapshot, Breakdown.MONTH, None, rule).table
    covered = int((months["coverage"].notna() & (months["coverage"] != Coverage.GAP.value)).sum())
    hours = _hours(counts, police or 0, assumptions)
    minutes = assumptions[(Subject.SPENT, "")].assumed
    post_hours = assumptions[(Subject.POST_HOURS, "")].assumed.base
    count = sum(counts.values())
    by_type = [
        (kind, number, _hours({kind: number}, 0, assumptions)) for kind, number in counts.items()
    ]
    return OfficerTime(
        strict=strict,
        hours=hours,
        count=count,
        hidden_types=hidden,
        by_type=tuple(sorted(by_type, key=lambda each: (-each[2].base, each[0]))),
        police_responses=police,
        spent=_each(
            Range(minutes.low, minutes.base, minutes.high), (police or 0) / MINUTES_PER_HOUR
        ),
        months=covered,
        posts=_each(hours, posts_of_hours(1.0, covered, post_hours)) if covered else None,
        per_call=_each(hours, 1 / count),
        moved_by=_moved_by(counts, police or 0, assumptions),
        assumptions=assumptions,
    )


def _each(numbers: Range, factor: float) -> Range:
    return Range(numbers.low * factor, numbers.base * factor, numbers.high * factor)


def _hours(counts: dict[str, int], police: int, assumptions: Assumptions) -> Range:
    """The low takes every assumption at the end that gives fewest hours: police time at its highest."""
    calls = [
        DivertedCalls(
            count=count,
            officers=assumptions[(Subject.OFFICERS, kind)].assumed,
            minutes=assumptions[(Subject.MINUTES, kind)].assumed,
            chance=assumptions[(Subject.CHANCE, kind)].assumed,
        )
        for kind, count in counts.items()
    ]
    spent = assumptions[(Subject.SPENT, "")].assumed
    return Range(
        officer_hours(calls, police * spent.high).low,
        officer_hours(calls, police * spent.base).base,
        officer_hours(calls, police * spent.low).high,
    )


def _moved_by(
    counts: dict[str, int], police: int, assumptions: Assumptions
) -> tuple[tuple[Subject, Range], ...]:
    found = []
    for subject in MOVED:
        fixed = {
            key: each
            if key[0] is subject
            else replace(each, assumed=Assumed(*[each.assumed.base] * 3))
            for key, each in assumptions.items()
        }
        found.append((subject, _hours(counts, police, fixed)))
    return tuple(sorted(found, key=lambda each: each[1].low - each[1].high))
