"""Programs against each other: only where they record the same thing, around one target, never in a ranking."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from outcomes.analyses.program_comparison.comparability import CRITERIA, Criterion, criterion_values
from outcomes.answers.answer import Answer, answer
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import whole_count
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.statistics.funnel_plot import Funnel, FunnelPosition, FunnelUnit, share_funnel
from outcomes.statistics.pooling import Pooled, pooled_share
from outcomes.statistics.standardisation import Standardised, standardised_ratios
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, DataKind, Status, View

# Shares that programs are compared on, in the order in which a reader may choose them.
COMPARED = (
    "safety_escalation_rate",
    "emergency_backup_rate",
    "police_request_rate",
    "police_already_there_share",
    "without_police_share",
    "eligible_reached_share",
    "arrest_rate",
    "involuntary_hold_rate",
    "force_rate",
    "emergency_department_share",
    "transport_share",
)


# Kinds of call that are shown must hold this much of a program's cases, or they do not speak for its mix.
LEAST_SHOWN = 0.8


class Apart(StrEnum):
    """How a program is told apart from all of them together; the values are the words for the page."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_APART = "cannot be told apart"
    # of a median: beyond the interval of one program or several, and not of all
    FROM_SOME = "told apart from some, not from all"


@dataclass(frozen=True)
class ComparedProgram:
    """One program of the comparison. Numbers are None where the public view hides them."""

    program_id: str
    name: str
    # its city, where its name begins with it
    short_name: str
    # first and last day of its log within the selection; None where it covers none of it
    first_day: date | None
    last_day: date | None
    # the share as it is: count, of how many, limits, and status
    count: int | None
    cases: int | None
    share: float | None
    low: float | None
    high: float | None
    status: Status
    # where it lies in the funnel; None where it is hidden or there is no funnel
    unit: FunnelUnit | None
    # observed over expected at its own mix of calls; None where that cannot be said
    standardised: Standardised | None


@dataclass(frozen=True)
class NotCompared:
    """A program that is not compared with the others, with the clause that differs."""

    name: str
    criterion: Criterion
    # what the clause says of this program, and of those that are compared
    here: str
    there: str


@dataclass(frozen=True)
class ProgramComparison:
    """Programs that record a metric alike, by name."""

    metric: Metric
    # by name; fewer than two where the comparison is refused
    programs: tuple[ComparedProgram, ...]
    refused: tuple[NotCompared, ...]
    # names of programs whose logs do not record the metric, with what they lack
    not_recorded: tuple[tuple[str, str], ...]
    # around the share of all compared programs together; None where there is no event, or nothing to compare
    funnel: Funnel | None
    pooled: Pooled | None
    # whether the mix of calls is told by acuity beside the call type
    by_acuity: bool
    # kinds of call that a hidden count keeps out of observed and expected
    hidden_kinds: int
    # the answer by program, for files and the footer; None where no log records the metric
    by_program: Answer | None

    @property
    def is_refused(self) -> bool:
        """Whether there are no two programs that may be held against each other."""
        return len(self.programs) < 2


def apart_of(position: FunnelPosition) -> Apart:
    """How a place in the funnel is told apart; a program without cases cannot be."""
    if position in (FunnelPosition.ABOVE, FunnelPosition.FAR_ABOVE):
        return Apart.HIGHER
    if position in (FunnelPosition.BELOW, FunnelPosition.FAR_BELOW):
        return Apart.LOWER
    return Apart.NOT_APART


def apart_at_mix(found: Standardised) -> Apart:
    """Whether a program had more or fewer than its mix of calls leads one to expect, by more than its limits allow."""
    if found.interval is None or found.interval.low <= 1 <= found.interval.high:
        return Apart.NOT_APART
    return Apart.HIGHER if found.interval.low > 1 else Apart.LOWER


def program_comparison(
    metric_key: str, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> ProgramComparison:
    """The programs of a selection that record a metric alike, held against all of them together.

    Programs are alike where every clause of outcomes/analyses/program_comparison/comparability.py is: the largest such group is compared, the
    one with the first name where two are as large, and every other program is refused with the first clause
    that differs. A single chosen program is held against all others of its kind. What the public view hides
    goes into no target, no funnel, no pooled share and no expected number.

    Raises UnknownMetricError for a key that no metric has, ValueError for one that is not compared, and
    SelectionError for a selection that cannot be answered.
    """
    metric = find_metric(metric_key)
    if metric_key not in COMPARED:
        raise ValueError(
            f"Expected a share that programs are compared on, found [{metric_key}]; choose from "
            f"{', '.join(COMPARED)}."
        )
    able, not_recorded = able_programs(metric, selection, snapshot)
    group, refused = alike_programs(metric, able, selection, snapshot, rule)
    if not group:
        return ProgramComparison(metric, (), (), not_recorded, None, None, False, 0, None)
    same = replace(selection, program_ids=tuple(one.program_id for one in group), states=())
    by_program = answer(metric_key, same, snapshot, Breakdown.PROGRAM, None, rule)
    rows = {row["program_id"]: row for row in by_program.rows}
    shown = [
        one.program_id
        for one in group
        if whole_count(rows.get(one.program_id, {}).get("denominator")) is not None
    ]
    counts = [whole_count(rows[one]["numerator"]) or 0 for one in shown]
    cases = [whole_count(rows[one]["denominator"]) or 0 for one in shown]
    has_funnel = len(shown) > 1 and 0 < sum(counts) < sum(cases)
    funnel = share_funnel(counts, cases) if has_funnel else None
    units = dict(zip(shown, funnel.units, strict=True)) if funnel else {}
    by_acuity = selection.view is View.PROGRAM and all(
        "acuity" in one.recorded_fields for one in group
    )
    told = [one for one in group if one.program_id in shown]
    ratios, hidden_kinds = _at_equal_mix(metric, told, same, snapshot, rule, by_acuity)
    return ProgramComparison(
        metric=metric,
        programs=tuple(
            _compared(one, rows.get(one.program_id), units, ratios, selection) for one in group
        ),
        refused=refused,
        not_recorded=not_recorded,
        funnel=funnel,
        pooled=pooled_share(counts, cases) if len(shown) > 1 else None,
        by_acuity=by_acuity,
        hidden_kinds=hidden_kinds,
        by_program=by_program,
    )


def able_programs(
    metric: Metric, selection: Selection, snapshot: Snapshot
) -> tuple[list[Program], tuple[tuple[str, str], ...]]:
    """Programs that record the metric, by name, and those that do not with what they lack."""
    kinds = {one.program_id: one.data_kind for one in snapshot.programs}
    if len(selection.program_ids) == 1:
        # One program alone is held against every other of its kind; made-up and real never meet.
        kind = kinds.get(selection.program_ids[0], DataKind.REAL)
        same_kind = tuple(one for one, each in kinds.items() if each is kind)
        selection = replace(selection, program_ids=same_kind, states=())
    # Every program is asked for itself, so that a log of people is refused by its clause and not left out before.
    chosen = resolve_scope(metric, selection, snapshot).chosen_ids
    asked_for = selection.program_ids or tuple(
        one.program_id
        for one in snapshot.programs
        if one.data_kind is kinds[chosen[0]] and one.state in (selection.states or (one.state,))
    )
    able, lacking = [], []
    for program in sorted(snapshot.programs, key=lambda one: one.program_name):
        if program.program_id not in asked_for or program.data_kind is not kinds[chosen[0]]:
            continue
        alone = replace(selection, program_ids=(program.program_id,), states=())
        missing = resolve_scope(metric, alone, snapshot).missing
        if missing:
            lacking.append((program.program_name, "; ".join(need.words for need in missing)))
        else:
            able.append(program)
    return able, tuple(lacking)


def alike_programs(
    metric: Metric,
    able: list[Program],
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule,
) -> tuple[list[Program], tuple[NotCompared, ...]]:
    """The largest group of programs that record the metric alike, and why each other one is not in it."""
    values = {
        one.program_id: criterion_values(metric, one, selection, snapshot, rule) for one in able
    }
    groups: dict[tuple[str, ...], list[Program]] = {}
    for program in able:
        groups.setdefault(values[program.program_id], []).append(program)
    if not groups:
        return [], ()
    said, group = max(groups.items(), key=lambda one: len(one[1]))
    refused = []
    for program in able:
        clauses = zip(CRITERIA, values[program.program_id], said, strict=True)
        differing = [(clause, here, there) for clause, here, there in clauses if here != there]
        refused += [NotCompared(program.program_name, *clause) for clause in differing[:1]]
    return group, tuple(refused)


def _at_equal_mix(
    metric: Metric,
    group: list[Program],
    same: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule,
    by_acuity: bool,
) -> tuple[dict[str, Standardised], int]:
    """Observed over expected of each program, from the kinds of call that are shown in every program.

    A program that is hidden beside the others is not in it: its share alone may be shown, and a number that rests on
    it would give away the one whose place it hides.
    """
    by = Breakdown.CALL_TYPE_AND_ACUITY if by_acuity else Breakdown.CALL_TYPE
    keys = ["call_type", "acuity"] if by_acuity else ["call_type"]
    strata: dict[str, dict[object, tuple[int, int]]] = {}
    hidden: set[object] = set()
    for program in group:
        alone = replace(same, program_ids=(program.program_id,))
        found = answer(metric.key, alone, snapshot, by, None, rule)
        of_program: dict[object, tuple[int, int]] = {}
        for row in found.rows:
            kind = tuple(row[key] for key in keys)
            if row["status"] == Status.SUPPRESSED:
                hidden.add(kind)
            elif (cases := whole_count(row["denominator"])) is not None:
                of_program[kind] = (whole_count(row["numerator"]) or 0, cases)
        strata[program.program_id] = of_program
    kept = {
        program_id: {kind: pair for kind, pair in each.items() if kind not in hidden}
        for program_id, each in strata.items()
    }
    return standardised_ratios(kept), len(hidden)


def _compared(
    program: Program,
    row: dict[str, Any] | None,
    units: dict[str, FunnelUnit],
    ratios: dict[str, Standardised],
    selection: Selection,
) -> ComparedProgram:
    row = row or {}
    ratio = ratios.get(program.program_id)
    cases = whole_count(row.get("denominator"))
    compared = ratio.compared_denominator if ratio else 0
    is_most = cases is not None and compared >= LEAST_SHOWN * cases
    after = selection.month_after()
    first = max((day for day in (program.first_day, selection.first_month) if day), default=None)
    last = program.last_day
    if last and after and last >= after:
        last = after - timedelta(days=1)
    if first and last and first > last:
        first = last = None
    return ComparedProgram(
        program_id=program.program_id,
        name=program.program_name,
        short_name=program.short_name,
        first_day=first,
        last_day=last,
        count=whole_count(row.get("numerator")),
        cases=cases,
        share=row.get("value"),
        low=row.get("low"),
        high=row.get("high"),
        status=Status(row.get("status", Status.NO_CASES.value)),
        unit=units.get(program.program_id),
        standardised=ratio if ratio and ratio.ratio is not None and is_most else None,
    )
