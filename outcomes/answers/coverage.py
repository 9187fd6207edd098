"""Coverage: which months and periods the logs cover, and which programs record what."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from outcomes.answers.scope import Scope, chosen_programs, resolve_scope
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Counts
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.store.programs import CoveredMonth
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, DatePrecision

MONTHS_IN_PERIOD = {Breakdown.MONTH: 1, Breakdown.QUARTER: 3, Breakdown.YEAR: 12}
PERIODS = tuple(MONTHS_IN_PERIOD)


def month_coverage(scope: Scope, snapshot: Snapshot) -> list[CoveredMonth]:
    """Every month within the selection that a chosen log covers, in order, with how much of it.

    A month is a gap where no chosen log has a record in it, partial where one of them lacks some of
    it; its covered days are summed over the logs.
    """
    first, last = scope.selection.first_month, scope.selection.last_month
    by_month: dict[date, list[CoveredMonth]] = {}
    for program_id in scope.program_ids:
        for covered in snapshot.coverage.get(program_id, ()):
            if (program_id, covered.month) in scope.silent_months:
                continue
            if (first is None or covered.month >= first) and (
                last is None or covered.month <= last
            ):
                by_month.setdefault(covered.month, []).append(covered)
    return [
        by_month[month][0]
        if len(by_month[month]) == 1
        else CoveredMonth(
            month,
            common_coverage({covered.coverage for covered in by_month[month]}),
            sum(covered.covered_days for covered in by_month[month]),
        )
        for month in sorted(by_month)
    ]


def are_whole_quarters(scope: Scope, snapshot: Snapshot, by: Breakdown | None) -> bool:
    """Whether every row of an answer is a covered quarter or longer, for each log in it.

    A selection that cuts a quarter which a log has is none, nor is a row that lacks a quarter covered whole: what
    is left of one with gaps, or at a log's own end, could be a month.
    """
    first, last = scope.selection.first_month, scope.selection.last_month
    for program_id in scope.program_ids:
        covered = snapshot.coverage.get(program_id, ())
        if not covered:
            return False
        begins, ends = covered[0].month, covered[-1].month
        if first and first > begins and first != _quarter(first):
            return False
        if last and last < ends and last.month % MONTHS_IN_PERIOD[Breakdown.QUARTER]:
            return False
        rows: dict[object, set[date]] = {}
        months: dict[date, int] = {}
        for one in covered:
            if (
                one.coverage is Coverage.GAP
                or (first and one.month < first)
                or (last and one.month > last)
            ):
                continue
            quarter = _quarter(one.month)
            months[quarter] = months.get(quarter, 0) + (one.coverage is Coverage.WHOLE)
            row = {Breakdown.QUARTER: quarter, Breakdown.YEAR: quarter.year}.get(by) if by else None
            rows.setdefault(row, set()).add(quarter)
        needed = MONTHS_IN_PERIOD[Breakdown.QUARTER]
        if not all(any(months[each] == needed for each in row) for row in rows.values()):
            return False
    return True


@cache
def _quarter(month: date) -> date:
    """First month of the quarter that a month is in."""
    return month.replace(
        month=month.month - (month.month - 1) % MONTHS_IN_PERIOD[Breakdown.QUARTER]
    )


def common_coverage(kinds: set[Coverage]) -> Coverage:
    """Coverage of several logs or months together: the one that all have, else partial."""
    return next(iter(kinds)) if len(kinds) == 1 else Coverage.PARTIAL


def complete_periods(
    breakdown: Breakdown,
    scope: Scope,
    snapshot: Snapshot,
    grains: list[tuple[object, ...]],
    rows: list[Counts],
    empty: Counts,
) -> tuple[tuple[str, ...], list[tuple[object, ...]], list[Counts]]:
    """Every period from the first covered to the last, with its coverage; a gap is missing, never zero.

    A covered period without a row has the empty counts. Incidents whose log gives no date come last,
    under no period.
    """
    counted = {grain[0]: row for grain, row in zip(grains, rows, strict=True)}
    coverage = period_coverage(breakdown, scope, snapshot)
    # Months that no profile of then could tell of stand there as not recorded.
    every = coverage
    if scope.silent_months:
        every = period_coverage(breakdown, replace(scope, silent_months=frozenset()), snapshot)
    silent = {start for start in every if start not in coverage}
    coverage = {start: coverage.get(start, kind) for start, kind in every.items()}
    complete_grains: list[tuple[object, ...]] = []
    complete_rows: list[Counts] = []
    for start, kind in coverage.items():
        complete_grains.append((period_name(breakdown, start), kind.value))
        if kind is Coverage.GAP or start in silent:
            complete_rows.append(Counts(None, is_missing=True))
        else:
            complete_rows.append(counted.get(start, empty))
    if None in counted:
        complete_grains.append((None, None))
        complete_rows.append(counted[None])
    return (breakdown.value, "coverage"), complete_grains, complete_rows


def period_coverage(breakdown: Breakdown, scope: Scope, snapshot: Snapshot) -> dict[date, Coverage]:
    """Coverage of every period by its first day: gap where every month is one, whole where all are whole."""
    months_in_period = MONTHS_IN_PERIOD[breakdown]
    kinds: dict[date, list[Coverage]] = {}
    for covered in month_coverage(scope, snapshot):
        month = covered.month.month
        start = covered.month.replace(month=month - (month - 1) % months_in_period)
        kinds.setdefault(start, []).append(covered.coverage)
    return {
        start: common_coverage(set(kind))
        # A period that the log begins or ends in is not whole, even if its own months are.
        if len(kind) == months_in_period or set(kind) == {Coverage.GAP}
        else Coverage.PARTIAL
        for start, kind in kinds.items()
    }


def finest_period(selection: Selection, snapshot: Snapshot) -> Breakdown:
    """The shortest period that the chosen logs can be told by: the year where all give years alone, else the month."""
    chosen = chosen_programs(selection, snapshot)
    is_yearly = all(program.date_precision is DatePrecision.YEAR for program in chosen)
    return Breakdown.YEAR if is_yearly else Breakdown.MONTH


@cache
def period_name(breakdown: Breakdown, start: date) -> str:
    """A period as written in tables and files: 2024-08, 2024-Q3 or 2024."""
    if breakdown is Breakdown.YEAR:
        return f"{start:%Y}"
    if breakdown is Breakdown.QUARTER:
        return f"{start.year}-Q{(start.month - 1) // 3 + 1}"
    return f"{start:%Y-%m}"


def period_start(name: str) -> date:
    """First day of a period as tables and files write it: 2024-08, 2024-Q3 or 2024."""
    year, _, part = name.partition("-")
    if part.startswith("Q"):
        return date(int(year), 3 * int(part[1:]) - 2, 1)
    return date(int(year), int(part or 1), 1)


@dataclass(frozen=True)
class Recording:
    """Who of the programs asked about records one metric."""

    metric: Metric
    # names of those whose logs record it, with their states, by state
    recorded_by: tuple[str, ...]
    # names of those whose logs do not
    not_recorded_by: tuple[str, ...]


def recordings(metric_keys: list[str], selection: Selection, snapshot: Snapshot) -> list[Recording]:
    """For each metric, in order, the programs that record it and those that do not.

    Programs that are never added to the others (made-up beside real, people beside calls) are in neither.
    Raises SelectionError for a selection that cannot be answered.
    """
    found = []
    for key in metric_keys:
        scope = resolve_scope(find_metric(key), selection, snapshot)
        recording = set() if scope.missing else set(scope.program_ids)
        programs = sorted(
            (program for program in snapshot.programs if program.program_id in scope.chosen_ids),
            key=lambda program: (program.state, program.program_name),
        )
        names = {each.program_id: f"{each.program_name} ({each.state})" for each in programs}
        found.append(
            Recording(
                find_metric(key),
                tuple(name for each, name in names.items() if each in recording),
                tuple(name for each, name in names.items() if each not in recording),
            )
        )
    return found
