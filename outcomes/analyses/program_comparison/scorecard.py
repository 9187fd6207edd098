"""The scorecard: the measures that a director compares, each with the programs that record it alike."""

from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from outcomes.analyses.program_comparison.analysis import (
    COMPARED,
    Apart,
    NotCompared,
    able_programs,
    alike_programs,
    apart_at_mix,
    apart_of,
    program_comparison,
)
from outcomes.answers.answer import Source, answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import whole_count
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.statistics.funnel_plot import share_funnel
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status

# What a director compares, in order: those of COMPARED by their funnel, the others by what each of them allows.
SCORED = (
    "without_police_share",
    "eligible_reached_share",
    "police_request_rate",
    "safety_escalation_rate",
    "injury_rate",
    "response_min",
    "arrest_rate",
    "emergency_department_share",
    "transport_share",
)


@dataclass(frozen=True)
class Standing:
    """One program's figure on one measure. Numbers are None where the public view hides them."""

    program_id: str
    name: str
    short_name: str
    count: int | None
    cases: int | None
    value: float | None
    low: float | None
    high: float | None
    status: Status
    # beside all programs together; None where it is hidden, or nothing can be said
    apart: Apart | None
    # the same at an equal mix of calls; None where that is not worked out
    at_mix: Apart | None


@dataclass(frozen=True)
class Score:
    """One measure of the scorecard."""

    metric: Metric
    # the program that the reader chose, also where it is not compared; None where none or several are chosen
    own: Standing | None
    # the programs that are compared, by name, without the chosen one
    others: tuple[Standing, ...]
    # why the chosen program, or any, is not compared, in words that follow "not comparable"; empty where it is
    why_not: str
    # whether another program was asked for the same, whether or not it records it
    has_others: bool
    # where the figures of the programs come from; None where none is compared
    source: Source | None

    @property
    def range_of_others(self) -> tuple[float, float, float] | None:
        """Lowest, median and highest of the others' figures that are shown; None where there is none."""
        values = [one.value for one in self.others if one.value is not None]
        return (min(values), median(values), max(values)) if values else None


def scorecard(selection: Selection, snapshot: Snapshot, rule: DisclosureRule) -> tuple[Score, ...]:
    """Each measure with the chosen program's figure, the others', and whether it can be told apart.

    Shares, and the rare counts of people hurt, are judged by the limits of their funnel, which hold for all programs
    together; so is what is said at an equal mix of calls. A median is told apart only where its interval lies wholly
    beyond that of every other program. Raises SelectionError for a selection that cannot be answered.
    """
    return tuple(_score(key, selection, snapshot, rule) for key in SCORED)


def _score(key: str, selection: Selection, snapshot: Snapshot, rule: DisclosureRule) -> Score:
    metric = find_metric(key)
    make = _by_funnel if key in COMPARED else _by_answer
    group = make(metric, selection, snapshot, rule)
    own_id = selection.program_ids[0] if len(selection.program_ids) == 1 else ""
    own = next((one for one in group.standings if one.program_id == own_id), None)
    why = _why_not(group, own)
    if own_id and own is None:
        name = next(one.program_name for one in snapshot.programs if one.program_id == own_id)
        why = _why_left_out(group, name) or why
        own = _alone(metric, selection, snapshot, rule)
    return Score(
        metric=metric,
        own=own,
        others=() if why else tuple(one for one in group.standings if one.program_id != own_id),
        why_not=why,
        has_others=len(group.standings) + len(group.refused) + len(group.not_recorded) > 1,
        source=group.source,
    )


@dataclass(frozen=True)
class _Group:
    """The programs that record a measure alike, by name, and why the others are not among them."""

    standings: tuple[Standing, ...]
    refused: tuple[NotCompared, ...]
    # names of programs whose logs do not record it, with what they lack
    not_recorded: tuple[tuple[str, str], ...]
    source: Source | None
    # whether there is an event and a case without one, as a funnel needs
    can_tell: bool


def _by_funnel(
    metric: Metric, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> _Group:
    """Programs by a share, judged as the page's charts judge them."""
    found = program_comparison(metric.key, selection, snapshot, rule)
    standings = tuple(
        Standing(
            program_id=one.program_id,
            name=one.name,
            short_name=one.short_name,
            count=one.count,
            cases=one.cases,
            value=one.share,
            low=one.low,
            high=one.high,
            status=one.status,
            apart=apart_of(one.unit.position) if one.unit else None,
            at_mix=apart_at_mix(one.standardised) if one.standardised else None,
        )
        for one in found.programs
    )
    source = found.by_program.source if found.by_program else None
    return _Group(standings, found.refused, found.not_recorded, source, found.funnel is not None)


def _by_answer(
    metric: Metric, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> _Group:
    """Programs by a rate of people hurt, or a median: no share of cases, so nothing is said at an equal mix of calls."""
    able, not_recorded = able_programs(metric, selection, snapshot)
    programs, refused = alike_programs(metric, able, selection, snapshot, rule)
    if not programs:
        return _Group((), refused, not_recorded, None, False)
    same = replace(selection, program_ids=tuple(one.program_id for one in programs), states=())
    found = answer(metric.key, same, snapshot, Breakdown.PROGRAM, None, rule)
    rows = {row["program_id"]: row for row in found.rows}
    standings = [
        _standing(one.program_id, one.program_name, one.short_name, rows.get(one.program_id, {}))
        for one in programs
    ]
    is_median = metric.statistic is Statistic.MEDIAN
    judged = _beyond_all(standings) if is_median else _by_rare_counts(standings)
    told = tuple(replace(one, apart=judged.get(one.program_id)) for one in standings)
    return _Group(told, refused, not_recorded, found.source, bool(judged))


def _standing(program_id: str, name: str, short_name: str, figure: dict[str, Any]) -> Standing:
    return Standing(
        program_id=program_id,
        name=name,
        short_name=short_name,
        count=whole_count(figure.get("numerator")),
        cases=whole_count(figure.get("denominator")),
        value=figure.get("value"),
        low=figure.get("low"),
        high=figure.get("high"),
        status=Status(figure.get("status", Status.NO_CASES.value)),
        apart=None,
        at_mix=None,
    )


def _alone(
    metric: Metric, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> Standing:
    """The chosen program's figure where it is not compared: as every other page says it."""
    program = next(one for one in snapshot.programs if (one.program_id,) == selection.program_ids)
    figure = vars(answer(metric.key, selection, snapshot, None, None, rule).total)
    return _standing(program.program_id, program.program_name, program.short_name, figure)


def _by_rare_counts(standings: list[Standing]) -> dict[str, Apart]:
    """Each program by the limits of a funnel: a count as rare as people hurt has the same limits as a share."""
    shown = [
        (one, one.count, one.cases) for one in standings if one.count is not None and one.cases
    ]
    counts = [count for _, count, _ in shown]
    cases = [of for _, _, of in shown if of is not None]
    if len(shown) < 2 or not 0 < sum(counts) < sum(cases):
        return {}
    if any(count > of for count, of in zip(counts, cases, strict=True)):
        return {}
    units = share_funnel(counts, cases).units
    return {
        one.program_id: apart_of(unit.position)
        for (one, _, _), unit in zip(shown, units, strict=True)
    }


def _beyond_all(standings: list[Standing]) -> dict[str, Apart]:
    """Each program by its interval: higher or lower only where it lies wholly beyond the interval of every other one."""
    shown = [
        (one.program_id, one.low, one.high)
        for one in standings
        if one.low is not None and one.high is not None
    ]
    judged = {}
    for program_id, low, high in shown if len(shown) > 1 else []:
        others = [each for each in shown if each[0] != program_id]
        is_over = all(low > other_high for _, _, other_high in others)
        is_under = all(high < other_low for _, other_low, _ in others)
        is_beyond_some = any(
            low > other_high or high < other_low for _, other_low, other_high in others
        )
        short_of_all = Apart.FROM_SOME if is_beyond_some else Apart.NOT_APART
        judged[program_id] = Apart.HIGHER if is_over else Apart.LOWER if is_under else short_of_all
    return judged


def _why_not(group: _Group, own: Standing | None) -> str:
    """Why no two programs are compared, or the chosen one is not; empty where it is."""
    if len(group.standings) < 2:
        if group.refused:
            return f"the programs differ in {group.refused[0].criterion.words}"
        return "only one log records it" if group.standings else "no log records it"
    if own is not None and own.status is Status.SUPPRESSED:
        return "hidden to protect people"
    if sum(one.value is not None for one in group.standings) < 2:
        return "fewer than two programs have a figure that can be shown"
    if not group.can_tell:
        return "no case, or every case, counts in these programs"
    return "" if own is None or own.apart else "the program has no cases"


def _why_left_out(group: _Group, name: str) -> str:
    """Why the program of that name is not among those compared; empty where it is."""
    differing = next((one for one in group.refused if one.name == name), None)
    if differing:
        return f"it differs in {differing.criterion.words}"
    return "its log does not record it" if name in dict(group.not_recorded) else ""
