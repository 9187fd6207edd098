"""Like for like: which programs are in both of two periods, which are left out and why, and what each counted."""

from dataclasses import dataclass, replace

from outcomes.answers.figures import shown_counts
from outcomes.answers.scope import PRECISION_WORDS, Scope, cuts_a_year
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Counts, figure
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection, month_count, months_between
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import Breakdown, Coverage, Status, View


@dataclass(frozen=True)
class LeftOut:
    """A program that is in neither period."""

    program_name: str
    # why, as a clause
    reason: str


@dataclass(frozen=True)
class Alike:
    """The programs that are in both periods, and those that are in neither."""

    # the two periods, with the same programs
    now: Scope
    earlier: Scope
    # counts of each of these programs, now and earlier; hidden ones hold no number
    counts: tuple[tuple[Counts, Counts], ...]
    # counts of all these programs together, now and earlier, as they may be shown; None where there are none
    totals: tuple[Counts, Counts] | None
    left_out: tuple[LeftOut, ...]
    # whether leaving programs out would give away what the public view hides of them
    is_hidden: bool


def alike_programs(
    metric: Metric,
    scope: Scope,
    now: Selection,
    earlier: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule,
) -> Alike:
    """The programs that cover whole months of both periods under one target, and record the metric in both.

    Each is judged by its own log. None may be left. In the public view nothing may be left out where a
    program's figure is hidden, because it would follow from the totals with and without.
    """
    scopes = replace(scope, selection=now), replace(scope, selection=earlier)
    reasons = {
        program_id: _why_not_covered(metric, program_id, scope, (now, earlier), snapshot)
        for program_id in scope.program_ids
    }
    # outside of all logs nothing can be counted
    is_asked = not all(reasons.values())
    tables = [_by_program(metric, each, snapshot, rule) for each in scopes] if is_asked else []
    rows = [table[0] for table in tables]
    has_hidden = any(counts.is_hidden for found in rows for counts in found.values())
    for program_id in scope.program_ids:
        for selection, found in zip((earlier, now), reversed(rows), strict=False):
            if not reasons[program_id]:
                reasons[program_id] = _why_no_figure(metric, found[program_id], selection)
    names = dict(zip(scope.program_ids, scope.program_names, strict=False))
    kept = tuple(program_id for program_id, reason in reasons.items() if not reason)
    kept_names = tuple(names[program_id] for program_id in kept)
    scope_now, scope_earlier = (
        replace(each, program_ids=kept, program_names=kept_names) for each in scopes
    )
    # What is hidden by program need not be hidden of all together.
    is_same = len(scope.program_ids) == 1 or (
        len(kept) == len(scope.program_ids) and scope.selection.view is not View.PUBLIC
    )
    totals = None
    if kept:
        now_total, earlier_total = (
            table[1] if is_same else shown_counts(metric, each, snapshot, None, rule).total
            for table, each in zip(tables, (scope_now, scope_earlier), strict=True)
        )
        totals = now_total, earlier_total
    left_out = tuple(LeftOut(names[each], reason) for each, reason in reasons.items() if reason)
    return Alike(
        now=scope_now,
        earlier=scope_earlier,
        counts=tuple((rows[0][each], rows[1][each]) for each in kept),
        totals=totals,
        left_out=left_out,
        is_hidden=scope.selection.view is View.PUBLIC and bool(left_out) and has_hidden,
    )


def _by_program(
    metric: Metric, scope: Scope, snapshot: Snapshot, rule: DisclosureRule
) -> tuple[dict[str, Counts], Counts]:
    """What each program counted, as it may be shown, and all; nothing counted where the log has no row."""
    by = Breakdown.PROGRAM if len(scope.program_ids) > 1 else None
    counts = shown_counts(metric, scope, snapshot, by, rule)
    if by is None:
        return dict.fromkeys(scope.program_ids, counts.total), counts.total
    found = {str(grain[0]): row for grain, row in zip(counts.grains, counts.rows, strict=True)}
    has_cases = metric.denominator is not None or metric.interval is not None
    nothing = Counts(0.0, 0.0 if has_cases and not scope.without_denominator else None)
    by_id = {program_id: found.get(program_id, nothing) for program_id in scope.program_ids}
    return by_id, counts.total


def _why_not_covered(
    metric: Metric,
    program_id: str,
    scope: Scope,
    periods: tuple[Selection, Selection],
    snapshot: Snapshot,
) -> str:
    """Why a program's log does not cover both periods under one target; empty where it does."""
    now, earlier = periods
    covered = {month.month: month for month in snapshot.coverage.get(program_id, ())}
    program = next(each for each in snapshot.programs if each.program_id == program_id)
    for selection in (earlier, now):
        if selection.first_month is None or selection.last_month is None:
            return "the period has no beginning or no end"
        span = span_words(selection)
        if cuts_a_year(selection, program):
            return f"the log gives {PRECISION_WORDS[program.date_precision]}, and {span} is not made of whole years"
        months = [
            covered[month]
            for month in months_between(selection.first_month, selection.last_month)
            if month in covered
        ]
        if len(months) < month_count(selection.first_month, selection.last_month):
            return f"the log does not cover all of {span}"
        if any(month.coverage is Coverage.GAP for month in months):
            return f"the log has a gap in {span}"
        silent = [
            month.month for month in months if (program_id, month.month) in scope.silent_months
        ]
        if silent:
            return f"the log does not record it in {silent[0]:%b %Y}"
        partial = [month.month for month in months if month.coverage is Coverage.PARTIAL]
        if partial:
            return f"the log covers {partial[0]:%b %Y} only in part"
    first, after = earlier.first_month, now.month_after()
    if Requirement.RESPONSE_TARGET in metric.requires and first and after:
        for target in snapshot.targets:
            since = target.since_date
            if target.program_id == program_id and since and first < since < after:
                return f"another target counts since {day_label(since)}"
    return ""


def _why_no_figure(metric: Metric, counts: Counts, selection: Selection) -> str:
    """Why what a program counted in one of the periods makes no figure; empty where it does, or is hidden."""
    if metric.statistic is Statistic.COUNT or counts.is_hidden:
        return ""
    status = figure(metric, counts).status
    span = span_words(selection)
    return {
        Status.NOT_RECORDED: f"the log does not record it in {span}",
        Status.NO_CASES: f"the log has no cases in {span}",
    }.get(status, "")


def span_words(selection: Selection) -> str:
    """The months of a closed selection: 'Jan 2024 to Mar 2024', or the one month."""
    first, last = selection.first_month, selection.last_month
    if first is None or last is None:
        return "an open period"
    return f"{first:%b %Y}" if first == last else f"{first:%b %Y} to {last:%b %Y}"
