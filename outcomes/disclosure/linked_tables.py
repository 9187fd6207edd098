"""Linked tables: what may be shown of each of several tables once the others are shown beside it.

Each is protected by itself. Beside each other, the difference of two shown counts is a third one: these functions
hide what it would give away.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import pandas

from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import HIDDEN, suppress, suppress_table
from outcomes.metrics.definition import LinkedCount, Metric
from outcomes.metrics.figure import FIGURE_COLUMNS, Counts, CountTable, Figure
from outcomes.vocabulary.log import Status


def suppress_linked(
    metric: Metric,
    table: CountTable,
    linked: Mapping[LinkedCount, tuple[Metric, CountTable]],
    rule: DisclosureRule,
) -> CountTable:
    """The counts of a metric with small ones hidden; all of them where a count that follows from them is hidden.

    `linked` has, by each count that the metric is protected with, that count's metric and table.
    """
    for count, (other, of_other) in linked.items():
        if _is_hidden(count, suppress_table(other, of_other, rule)):
            return replace(table, rows=(HIDDEN,) * len(table.rows), total=HIDDEN)
    return suppress_table(metric, table, rule)


def suppress_within(
    table: CountTable, shown: CountTable, wholes: Sequence[CountTable], rule: DisclosureRule
) -> CountTable:
    """The shown table with further counts hidden where a count that holds this one would give the rest between them away.

    `table` has the true counts, and `wholes` those of metrics that count all of it and more, by the same breakdown. The rests
    are hidden as the cells of an answer are, so that none is what is left of a sum either.
    """
    hides, hides_total = [row.is_hidden for row in shown.rows], shown.total.is_hidden
    for whole in wholes:
        of_grain = dict(zip(whole.grains, whole.rows, strict=True))
        rests = [
            _rest(row, of_grain.get(grain))
            for grain, row in zip(table.grains, table.rows, strict=True)
        ]
        cells, total = suppress(rests, _rest(table.total, whole.total), rule)
        hides = [hide or cell.is_hidden for hide, cell in zip(hides, cells, strict=True)]
        hides_total = hides_total or total.is_hidden
    rows = zip(shown.rows, hides, strict=True)
    return replace(
        shown,
        rows=tuple(HIDDEN if hide else row for row, hide in rows),
        total=HIDDEN if hides_total else shown.total,
    )


def _rest(part: Counts, whole: Counts | None) -> Counts:
    """What a count holds beyond a part of it; nothing where one of them is not counted."""
    if whole is None or whole.numerator is None or part.numerator is None:
        return Counts(None)
    return Counts(whole.numerator - part.numerator)


def _is_hidden(count: LinkedCount, table: CountTable) -> bool:
    if count.word is None:
        return table.total.is_hidden
    rows = zip(table.grains, table.rows, strict=True)
    return any(row.is_hidden for grain, row in rows if count.word in grain)


def suppress_alike(
    tables: Sequence[pandas.DataFrame], totals: Sequence[Figure], also: Collection[object] = ()
) -> list[pandas.DataFrame]:
    """The tables of answers, each without the groups that any of them hides, and without those named in also.

    A group is what stands in the last column before the figures. A table whose total is hidden tells nothing, and
    takes nothing with it.
    """
    hidden: set[object] = set(also)
    for table, total in zip(tables, totals, strict=True):
        if total.status is not Status.SUPPRESSED:
            hidden |= set(_groups(table)[table["status"] == Status.SUPPRESSED])
    return [_without(table, hidden) for table in tables]


def differ_by_small_count(
    columns: Collection[Mapping[str, float]], rule: DisclosureRule
) -> set[str]:
    """Groups that may not be shown in columns side by side, for two of their counts differ by a small number.

    `columns` has the true counts of each column by group; a group that one lacks has none there. The differences of
    two columns are hidden as the cells of an answer are, so that none is the rest of a sum either.
    """
    hidden: set[str] = set()
    for first, second in combinations(columns, 2):
        groups = sorted({*first, *second})
        apart = [Counts(abs(first.get(one, 0) - second.get(one, 0))) for one in groups]
        cells, _ = suppress(apart, Counts(sum(cell.numerator or 0 for cell in apart)), rule)
        hidden |= {group for group, cell in zip(groups, cells, strict=True) if cell.is_hidden}
    return hidden


def may_stand_together(totals: Sequence[Figure], rule: DisclosureRule) -> bool:
    """Whether totals that hold one another, such as 7 in 30 in 90 days, may all be shown to the public."""
    if any(total.status is Status.SUPPRESSED for total in totals):
        return False
    counted = [total for total in totals if total.numerator is not None]
    return _is_safe([total.numerator for total in counted], rule) and _is_safe(
        [total.denominator for total in counted], rule
    )


def may_stand_in_steps(totals: Sequence[Figure], rule: DisclosureRule) -> bool:
    """Whether totals each of which is counted over what the one before counts may all be shown to the public.

    What comes after one that is not recorded or has no cases is not shown.
    """
    chain: list[float | None] = []
    for total in totals:
        if total.status in (Status.NOT_RECORDED, Status.NO_CASES):
            break
        chain += [total.denominator, total.numerator]
    return _is_safe(chain, rule)


def _is_safe(chain: list[float | None], rule: DisclosureRule) -> bool:
    """Whether no count of the chain, and no difference of two of them, is small; none may be hidden."""
    numbers = [number for number in chain if number is not None]
    apart = [abs(first - second) for first, second in combinations(numbers, 2)]
    return len(numbers) == len(chain) and not any(map(rule.is_small, (*numbers, *apart)))


def _groups(table: pandas.DataFrame) -> pandas.Series:
    keys = [name for name in table.columns if name not in FIGURE_COLUMNS]
    return table[keys[-1]]


def _without(table: pandas.DataFrame, hidden: set[object]) -> pandas.DataFrame:
    kept = table.copy()
    rows = _groups(kept).isin(list(hidden))
    kept.loc[rows, list(FIGURE_COLUMNS[:-1])] = float("nan")
    kept.loc[rows, "status"] = Status.SUPPRESSED.value
    return kept
