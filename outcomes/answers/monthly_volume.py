"""How much a count changed, from its whole months: those of two periods, and others where these are short."""

from dataclasses import replace
from datetime import date

from outcomes.answers.coverage import MONTHS_IN_PERIOD
from outcomes.answers.figures import shown_counts
from outcomes.answers.scope import Scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric
from outcomes.selection import add_months
from outcomes.statistics.comparison import Difference
from outcomes.statistics.volume_change import MonthCount, difference_of_volumes
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, DatePrecision

# Mean length of a month in days, by which a change a day is told as one a month.
DAYS_OF_MONTH = 365.25 / 12
# Periods of together fewer months than this ask others how much months vary.
SHORT = 12
# How far back these lie.
MONTHS_ASKED = 36
# The same where a log gives years alone: ten of them.
YEARS_ASKED = 120


def difference_of_counts(
    metric: Metric, now: Scope, earlier: Scope, snapshot: Snapshot, rule: DisclosureRule
) -> Difference:
    """The change of a count between two scopes of the same programs, in events a month, or a year where a log gives years.

    No limits where a month is hidden: what is shown must not depend on it.
    """
    days = DAYS_OF_MONTH * months_of_unit(now, snapshot)
    months, months_earlier = (_months(metric, each, snapshot, rule) for each in (now, earlier))
    if months is None or months_earlier is None:
        totals = [shown_counts(metric, each, snapshot, None, rule).total for each in (now, earlier)]
        a_month = [
            (total.numerator or 0.0) / _days(scope) * days
            for total, scope in zip(totals, (now, earlier), strict=True)
        ]
        return Difference(a_month[0] - a_month[1], None, None, 1.0)
    others: dict[date, MonthCount] = {}
    if len(months) + len(months_earlier) < SHORT:
        asked = _other_months(now, YEARS_ASKED if gives_years(now, snapshot) else MONTHS_ASKED)
        others = _months(metric, asked, snapshot, rule) or {}
    found = difference_of_volumes(
        list(months.values()),
        list(months_earlier.values()),
        [
            count
            for month, count in others.items()
            if month not in (*months, *months_earlier) and _is_whole(month, now, snapshot)
        ],
        is_same_season=[month.month for month in months]
        == [month.month for month in months_earlier],
    )
    return Difference(
        found.size * days,
        None if found.low is None else found.low * days,
        None if found.high is None else found.high * days,
        found.p_value,
    )


def months_of_unit(scope: Scope, snapshot: Snapshot) -> int:
    """How many months a volume is told for: a year's where a log gives years alone, else one."""
    by = Breakdown.YEAR if gives_years(scope, snapshot) else Breakdown.MONTH
    return MONTHS_IN_PERIOD[by]


def _months(
    metric: Metric, scope: Scope, snapshot: Snapshot, rule: DisclosureRule
) -> dict[date, MonthCount] | None:
    """The count of each covered month as it may be shown, or of each year where a log gives years; None where one is hidden."""
    by = Breakdown.YEAR if gives_years(scope, snapshot) else Breakdown.MONTH
    counts = shown_counts(metric, scope, snapshot, by, rule)
    found = {}
    for grain, row in zip(counts.grains, counts.rows, strict=True):
        if row.is_hidden:
            return None
        if grain[0] is None or row.numerator is None:
            continue
        first = date.fromisoformat(
            f"{grain[0]}-01" if by is Breakdown.MONTH else f"{grain[0]}-01-01"
        )
        after = add_months(first, MONTHS_IN_PERIOD[by])
        found[first] = MonthCount(row.numerator, (after - first).days)
    return found


def gives_years(scope: Scope, snapshot: Snapshot) -> bool:
    """Whether the log of any of these programs gives years alone, so that nothing is known of months."""
    return any(
        program.date_precision is DatePrecision.YEAR
        for program in snapshot.programs
        if program.program_id in scope.program_ids
    )


def _days(scope: Scope) -> int:
    first, after = scope.selection.first_month, scope.selection.month_after()
    return (after - first).days if first and after else 1


def _other_months(now: Scope, months: int) -> Scope:
    """The same programs over so many months up to the last one compared."""
    last = now.selection.last_month
    first = add_months(last, 1 - months) if last else None
    return replace(now, selection=replace(now.selection, first_month=first))


def _is_whole(first: date, scope: Scope, snapshot: Snapshot) -> bool:
    """Whether every program's log covers the whole month, or year, that begins on a day."""
    by = Breakdown.YEAR if gives_years(scope, snapshot) else Breakdown.MONTH
    months = {add_months(first, number) for number in range(MONTHS_IN_PERIOD[by])}
    return all(
        months
        <= {
            covered.month
            for covered in snapshot.coverage.get(program_id, ())
            if covered.coverage is Coverage.WHOLE
            and (program_id, covered.month) not in scope.silent_months
        }
        for program_id in scope.program_ids
    )
