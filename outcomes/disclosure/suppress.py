"""Hide small counts, before any rate or interval is computed from them."""

from collections.abc import Callable
from dataclasses import replace

from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Counts, CountTable
from outcomes.vocabulary.log import (
    NOT_SERVED,
    NOT_TOLD,
    SAFETY_REASONS,
    SERIOUS_INJURIES,
    Breakdown,
)

HIDDEN = Counts(None, is_hidden=True)


def suppress_table(metric: Metric, table: CountTable, rule: DisclosureRule) -> CountTable:
    """The table with small counts hidden, in the way in which the metric's counts are shown elsewhere."""
    cells, total = list(table.rows), table.total
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        cells, total = [rounded(cell, rule) for cell in cells], rounded(total, rule)
    if metric.parts:
        cells, total = suppress_together(cells, total, rule)
    elif table.keys in PARTS:
        parts = PARTS[table.keys]([grain[0] for grain in table.grains])
        cells, total = suppress_in_parts(cells, total, parts, rule)
    else:
        cells, total = suppress(cells, total, rule)
    return replace(table, rows=tuple(cells), total=total)


def _parts_of_dispositions(words: list[object]) -> list[list[int]]:
    """Places of the endings with someone served and of those without: their sums are a share of their own."""
    not_served = [place for place, word in enumerate(words) if word in NOT_SERVED]
    not_told = [place for place, word in enumerate(words) if word in NOT_TOLD]
    served = [place for place in range(len(words)) if place not in (*not_served, *not_told)]
    return [served, not_served, not_told]


def _parts_of_reasons(words: list[object]) -> list[list[int]]:
    """Places of the reasons that are safety and of the others: how often safety was the reason is a rate of its own."""
    return _in_two(words, SAFETY_REASONS)


def _parts_of_severities(words: list[object]) -> list[list[int]]:
    """Places of the serious and fatal injuries and of the others: the serious together are a rate of their own."""
    return _in_two(words, SERIOUS_INJURIES)


def _in_two(words: list[object], chosen: tuple[object, ...]) -> list[list[int]]:
    inside = [place for place, word in enumerate(words) if word in chosen]
    return [inside, [place for place in range(len(words)) if place not in inside]] if inside else []


# Breakdowns whose rows are added up elsewhere, with the places of the rows of each sum.
PARTS: dict[tuple[str, ...], Callable[[list[object]], list[list[int]]]] = {
    (Breakdown.DISPOSITION,): _parts_of_dispositions,
    (Breakdown.REASON,): _parts_of_reasons,
    (Breakdown.SEVERITY,): _parts_of_severities,
}


def suppress(
    cells: list[Counts], total: Counts, rule: DisclosureRule
) -> tuple[list[Counts], Counts]:
    """The cells and their total with small counts hidden, in the same order.

    A cell is hidden where its count, its denominator or the rest between them is small. Where hidden
    cells could be worked out from the total and the shown ones, the smallest shown cell goes too.
    Where that is not enough, because there is none or the total itself is small (and may be shown
    elsewhere, as a whole program's), every cell goes, zeros too: which cells are zero tells as much.
    """
    hides = [_is_small(cell, rule) for cell in cells]
    total_hidden = _is_small(total, rule)
    if any(hides) and (total_hidden or not _protect(cells, hides, rule)):
        total_hidden = True
        hides = [cell.numerator is not None for cell in cells]
    shown = [HIDDEN if hide else cell for cell, hide in zip(cells, hides, strict=True)]
    return shown, HIDDEN if total_hidden else total


def suppress_in_parts(
    cells: list[Counts], total: Counts, parts: list[list[int]], rule: DisclosureRule
) -> tuple[list[Counts], Counts]:
    """As suppress, where sums over parts of the cells, by their places, are shown elsewhere.

    In a part with one hidden cell the smallest shown one goes too. A part that has no such cell is left: its sum is
    small itself, and is not shown where it stands.
    """
    shown, shown_total = suppress(cells, total, rule)
    hides = [cell.is_hidden for cell in shown]
    for places in parts:
        inside = [hides[place] for place in places]
        hidden_sum = sum(cells[place].numerator or 0 for place in places if hides[place])
        if any(inside) and (sum(inside) == 1 or hidden_sum < rule.smallest_shown):
            _protect([cells[place] for place in places], inside, rule)
            for place, hide in zip(places, inside, strict=True):
                hides[place] = hide
    return [HIDDEN if hide else cell for cell, hide in zip(cells, hides, strict=True)], shown_total


def suppress_together(
    cells: list[Counts], total: Counts, rule: DisclosureRule
) -> tuple[list[Counts], Counts]:
    """The cells and their total with whole rows hidden: a row is shown with all its parts or with none.

    For rows of which several parts are shown, here or elsewhere, together with the total of each part.
    """
    # A month without records has no parts, and nothing to hide.
    nothing = (0.0,) * len(total.parts)
    hides = hidden_together([cell.parts or nothing for cell in cells], rule)
    total_hidden = any(rule.is_small(part) for part in (*total.parts, sum(total.parts)))
    if total_hidden and any(hides):
        hides = [True] * len(cells)
    shown = [
        HIDDEN if hide and cell.numerator is not None else cell
        for cell, hide in zip(cells, hides, strict=True)
    ]
    return shown, HIDDEN if total_hidden else total


def hidden_together(rows: list[tuple[float, ...]], rule: DisclosureRule) -> list[bool]:
    """Which rows to hide so that no part of a hidden one follows from the shown rows and the totals of the parts.

    A row with a small part, or a small sum, is hidden. Then further rows go, those of the fewest cases first, until
    at least two are hidden and the hidden rows together have, of every part, none or enough. All that follows of a
    hidden row's part is then that it lies between 0 and that sum. Every row goes where that cannot be had.
    """
    wholes = [float(sum(row)) for row in rows]
    hides = [
        any(rule.is_small(part) for part in (*row, whole))
        for row, whole in zip(rows, wholes, strict=True)
    ]
    if not any(hides):
        return hides
    open_places = sorted(
        (place for place, hide in enumerate(hides) if not hide and wholes[place]),
        key=lambda place: wholes[place],
    )

    def is_safe() -> bool:
        inside = [row for row, hide in zip(rows, hides, strict=True) if hide]
        sums = [float(sum(parts)) for parts in zip(*inside, strict=True)]
        return len(inside) > 1 and not any(rule.is_small(number) for number in sums)

    for place in open_places:
        if is_safe():
            return hides
        hides[place] = True
    return hides if is_safe() else [True] * len(rows)


def without_telling_bounds(
    metric: Metric, table: CountTable, shown: CountTable, rule: DisclosureRule
) -> CountTable:
    """The shown table with the bounds of the missing taken away where they would give a small count away.

    Bounds give away how many are missing. `table` has the true counts. The rows tell theirs together or not at all, for
    the whole less the others is the one that does not: none do where a part of what is missing is small in any row.
    """
    # Of a closed list the missing are a row of their own, which has no bounds: they are told where that row is.
    missing = [
        place
        for place, (grain, cell) in enumerate(zip(table.grains, table.rows, strict=True))
        if grain == ("not_recorded",) and not cell.tells_bounds
    ]
    if missing:
        rows_tell = not any(shown.rows[place].is_hidden for place in missing)
    else:
        rows_tell = not any(_tells_small(cell, rule) for cell in table.rows)
    total_tells = not _tells_small(table.total, rule) and not any(
        rule.is_small(abs(table.total.could_be - table.asides.get(column, 0)))
        for column in metric.asides
        if table.total.could_be
    )
    return replace(
        shown,
        rows=tuple(
            cell if rows_tell or not cell.tells_bounds else replace(cell, tells_bounds=False)
            for cell in shown.rows
        ),
        total=replace(shown.total, tells_bounds=shown.total.tells_bounds and total_tells),
    )


def _tells_small(cell: Counts, rule: DisclosureRule) -> bool:
    """Whether the bounds of a cell would tell a small count: of what is missing, a part of it, or the rest."""
    if cell.numerator is None or cell.denominator is None:
        return False
    left_out = cell.base - cell.denominator
    rest = cell.denominator - cell.numerator - cell.could_be
    told = (cell.could_be, left_out, cell.could_be + left_out, rest, cell.could_join)
    return any(rule.is_small(number) for number in told)


def rounded(cell: Counts, rule: DisclosureRule) -> Counts:
    """An estimate rounded so coarsely that no count of its parts can be worked out from it.

    The assumptions behind an estimate are public, so exact sums over them could be solved for a part.
    """
    step = 2 * (rule.smallest_shown - 1)
    if cell.numerator is None or step <= 0:
        return cell
    low, high = cell.assumed or (cell.numerator, cell.numerator)
    base, low, high = (round(number / step) * step for number in (cell.numerator, low, high))
    return replace(cell, numerator=base, assumed=(low, high))


def _is_small(cell: Counts, rule: DisclosureRule) -> bool:
    if cell.numerator is None:
        return False
    counts = [cell.numerator, cell.denominator]
    if cell.denominator is not None and cell.denominator >= cell.numerator:
        counts.append(cell.denominator - cell.numerator)
    return any(rule.is_small(count) for count in counts)


def _protect(cells: list[Counts], hides: list[bool], rule: DisclosureRule) -> bool:
    """Hide the smallest further cell, so that no hidden one is the total less the rest.

    Such a cell may be any size, so the sum of the hidden ones bounds none of them more tightly than
    the rule itself does. False where there is no such cell: then the total has to go instead.
    """
    further = [
        place
        for place, hide in enumerate(hides)
        if not hide and (cells[place].numerator or 0) >= rule.smallest_shown
    ]
    if not further:
        return False
    hides[min(further, key=lambda place: cells[place].numerator or 0)] = True
    return True
