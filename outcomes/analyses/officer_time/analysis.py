"""Officer hours that strict diverted calls freed, worked out only from counts that the view may show."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy

from outcomes.analyses.officer_time.assumptions import (
    SINGLE,
    Assumptions,
    Key,
    Subject,
    changes_of,
    published_assumptions,
    with_changes,
)
from outcomes.analyses.officer_time.measured_time import NO_POLICE_TIME, PoliceTime, police_time
from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import month_coverage
from outcomes.answers.scope import Scope, resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.statistics.officer_hours import (
    MINUTES_PER_HOUR,
    Assumed,
    DivertedCalls,
    Draws,
    all_draws,
    drawn_hours,
    drawn_police_minutes,
    officer_hours,
    police_minutes,
    posts_of_hours,
)
from outcomes.statistics.triangular import MIDDLE, NINETIETH, TENTH, Floats, drawn_range
from outcomes.store.programs import CoveredMonth
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, Status

PER_CENT = 100.0
MONTHS_IN_YEAR = 12
# Parameters that are drawn, in the order of Draws.
DRAWN_SUBJECTS = (
    Subject.CHANCE,
    Subject.OFFICERS,
    Subject.MINUTES,
    Subject.SPENT,
    Subject.UNIT_OFFICERS,
)


class Range(NamedTuple):
    """A number that is assumed: two ends and what lies between them."""

    # under which one draw in ten lies; or, of the extremes, with every assumption at the end that gives least
    low: float
    # under which half of the draws lie; or, of the extremes, with every assumption as usual
    middle: float
    # over which one draw in ten lies; or, of the extremes, with every assumption at the end that gives most
    high: float


NOTHING = Range(0, 0, 0)


@dataclass(frozen=True)
class OfficerTime:
    """Officer hours of a selection; without hours where nothing can be worked out."""

    # the counts that the hours come from, by call type, as the view may show them
    strict: Answer
    # call types whose count the public view hides, which are not in the hours
    hidden_types: int
    assumptions: Assumptions
    # hours freed less hours spent, 80% range of the draws; None where not recorded, hidden, or without calls
    hours: Range | None = None
    # the same with every assumption at one end: all-low to all-high
    extremes: Range | None = None
    # strict diverted calls behind the hours
    count: int = 0
    # hours by call type before police time is taken off, most first
    by_type: tuple[tuple[str, int, Range], ...] = ()
    # responses with police present, and how far the log times the police on them
    police: PoliceTime = NO_POLICE_TIME
    # police hours still spent on them, 80% range; already taken off
    spent: Range = NOTHING
    # months that any of the logs covers
    months: int = 0
    # months that each log covers, by the program's name
    months_of: dict[str, int] = field(default_factory=dict)
    # months of which some log covers a part alone
    partial_months: int = 0
    # hours a year: over the months that any of the logs covers
    per_year: Range | None = None
    # full-time posts that the hours amount to
    posts: Range | None = None
    # hours for each diverted call
    per_call: Range | None = None
    # what one assumption's own 80% range does to the hours, the others at their middle; widest first
    sensitivity: tuple[tuple[Subject, Range], ...] = ()

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
        unused = set()
        if not self.police.untimed:
            unused.add(Subject.SPENT)
        if not self.police.timed:
            unused.add(Subject.UNIT_OFFICERS)
        return [
            key
            for key in self.assumptions
            if (not key[1] or key[1] in kinds) and key[0] not in unused
        ]

    @property
    def behind_hours(self) -> list[Key]:
        """Assumptions that the hours themselves come from, without those about posts."""
        return [key for key in self.used if key[0] not in SINGLE]


def officer_time(
    selection: Selection, snapshot: Snapshot, assumptions: Assumptions, rule: DisclosureRule
) -> OfficerTime:
    """Officer hours freed by a selection's strict diverted calls, under these assumptions.

    Counts are hidden by the disclosure rule before anything is worked out, so that no choice of
    assumptions brings a hidden one back: a call type that is hidden is not in the hours. Police time is
    that of responses with police present in the same programs: measured where the log times every police
    unit on a response, assumed elsewhere. Logs that do not record strict diverted
    calls give no hours; responses and broad diverted calls never stand in.

    Raises SelectionError for a selection that cannot be answered.

    Hours are the 80% range of ten thousand draws: each assumption from a triangular distribution, one draw of a parameter
    for all call types, parameters independent.

    Source: own; see outcomes/statistics/officer_hours.py.
    """
    strict = answer("diverted_strict", selection, snapshot, Breakdown.CALL_TYPE, None, rule)
    counts = {row["call_type"]: int(row["numerator"]) for row in strict.rows if row["numerator"]}
    hidden = sum(row["status"] == Status.SUPPRESSED for row in strict.rows)
    if not counts:
        return OfficerTime(strict, hidden, assumptions)
    # Only programs whose calls are counted: another's police time is not theirs to take off.
    scope = resolve_scope(find_metric("diverted_strict"), selection, snapshot)
    same = replace(selection, program_ids=scope.program_ids, states=())
    police = police_time(same, snapshot, rule)
    logs = _covered_months(scope, snapshot)
    every = [each for months in logs.values() for each in months]
    covered = len({each.month for each in every})
    of_post = assumptions[(Subject.POST_HOURS, "")].assumed.base
    draws = all_draws()
    # Each call type's hours are drawn once, and the whole is their sum in the same draws.
    by_type_drawn = {
        kind: drawn_hours(_calls(kind, number, assumptions), draws)
        for kind, number in counts.items()
    }
    spent = _drawn_spent(police, assumptions, draws)
    hours = _range(numpy.sum(list(by_type_drawn.values()), axis=0) - spent)
    count = sum(counts.values())
    by_type = [(kind, counts[kind], _range(drawn)) for kind, drawn in by_type_drawn.items()]
    time = OfficerTime(
        strict=strict,
        hidden_types=hidden,
        assumptions=assumptions,
        hours=hours,
        extremes=_extremes(counts, police, assumptions),
        count=count,
        by_type=tuple(sorted(by_type, key=lambda each: (-each[2].middle, each[0]))),
        police=police,
        spent=_range(spent),
        months=covered,
        months_of={name: len(months) for name, months in logs.items()},
        partial_months=len({each.month for each in every if each.coverage is Coverage.PARTIAL}),
        per_year=_each(hours, MONTHS_IN_YEAR / covered) if covered else None,
        posts=_each(hours, posts_of_hours(1.0, covered, of_post)) if covered else None,
        per_call=_each(hours, 1 / count),
    )
    return replace(time, sensitivity=_sensitivity(counts, time))


def officer_time_as_written(
    written: str, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> OfficerTime:
    """Officer hours under the published assumptions and the reader's own, as a link writes them."""
    published = published_assumptions(snapshot.police_sent_assumptions)
    assumptions = with_changes(published, changes_of(written)[0])
    return officer_time(selection, snapshot, assumptions, rule)


def _covered_months(scope: Scope, snapshot: Snapshot) -> dict[str, list[CoveredMonth]]:
    """By each program's name, the months of the selection in which its own log has a record."""
    return {
        name: [
            month
            for month in month_coverage(replace(scope, program_ids=(program_id,)), snapshot)
            if month.coverage is not Coverage.GAP
        ]
        for program_id, name in zip(scope.program_ids, scope.program_names, strict=True)
    }


def _drawn_spent(police: PoliceTime, assumptions: Assumptions, draws: Draws) -> Floats:
    """Police hours still spent, in each draw."""
    return (
        drawn_police_minutes(
            police.unit_minutes,
            assumptions[(Subject.UNIT_OFFICERS, "")].assumed,
            police.untimed,
            assumptions[(Subject.SPENT, "")].assumed,
            draws,
        )
        / MINUTES_PER_HOUR
    )


def _spent_minutes(police: PoliceTime, assumptions: Assumptions) -> Assumed:
    return police_minutes(
        police.unit_minutes,
        assumptions[(Subject.UNIT_OFFICERS, "")].assumed,
        police.untimed,
        assumptions[(Subject.SPENT, "")].assumed,
    )


def _range(drawn: Floats) -> Range:
    return Range(*drawn_range(drawn))


def _each(numbers: Range, factor: float) -> Range:
    return Range(numbers.low * factor, numbers.middle * factor, numbers.high * factor)


def _calls(kind: str, count: int, assumptions: Assumptions) -> DivertedCalls:
    return DivertedCalls(
        count=count,
        officers=assumptions[(Subject.OFFICERS, kind)].assumed,
        minutes=assumptions[(Subject.MINUTES, kind)].assumed,
        chance=assumptions[(Subject.CHANCE, kind)].assumed,
    )


def _extremes(counts: dict[str, int], police: PoliceTime, assumptions: Assumptions) -> Range:
    """The low takes every assumption at the end that gives fewest hours: police time at its highest."""
    calls = [_calls(kind, count, assumptions) for kind, count in counts.items()]
    spent = _spent_minutes(police, assumptions)
    return Range(
        officer_hours(calls, spent.high).low,
        officer_hours(calls, spent.base).base,
        officer_hours(calls, spent.low).high,
    )


def _sensitivity(counts: dict[str, int], time: OfficerTime) -> tuple[tuple[Subject, Range], ...]:
    """Hours with one parameter at its tenth, middle and ninetieth and the others at their middle."""
    used = {key[0] for key in time.used}
    still, moved = numpy.full(3, MIDDLE), numpy.array([TENTH, MIDDLE, NINETIETH])
    found = []
    for subject in (each for each in DRAWN_SUBJECTS if each in used):
        draws = Draws(*(moved if each is subject else still for each in DRAWN_SUBJECTS))
        hours = sum(
            drawn_hours(_calls(kind, count, time.assumptions), draws)
            for kind, count in counts.items()
        ) - _drawn_spent(time.police, time.assumptions, draws)
        # More police time gives fewer hours, so its ends are the other way round.
        low, middle, high = sorted(map(float, hours))
        found.append((subject, Range(low, middle, high)))
    return tuple(sorted(found, key=lambda each: each[1].low - each[1].high))
