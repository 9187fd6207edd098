"""What the public may see of a log's quality: no small count, nothing that gives one away, no value of the log."""

from math import floor
from typing import TypeVar

from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import suppress
from outcomes.metrics.figure import Counts
from outcomes.statistics.word_change import WordChange

Key = TypeVar("Key")


def public_rows(rows: dict[str, int | None], rule: DisclosureRule) -> dict[str, int | None]:
    """The counts of a load's rows, their total first; small ones hidden, and what would give them away."""
    total, *parts = rows
    cells, whole = suppress([Counts(rows[name]) for name in parts], Counts(rows[total]), rule)
    shown = zip(rows, (whole, *cells), strict=True)
    return {name: None if cell.is_hidden else int(cell.numerator or 0) for name, cell in shown}


def all_or_none(counts: dict[Key, int | None], rule: DisclosureRule) -> dict[Key, int | None]:
    """Counts that add up to something published: where one is small, all are hidden."""
    if any(rule.is_small(count) for count in counts.values()):
        return dict.fromkeys(counts)
    return dict(counts)


def public_count(count: int | None, rule: DisclosureRule) -> int | None:
    """The count, hidden where it is small."""
    return None if rule.is_small(count) else count


def public_shares(
    filled: list[tuple[int, int]], rule: DisclosureRule
) -> tuple[list[float | None], float | None]:
    """Shares of the months and of all, from pairs of filled and all; in whole per cent, small ones hidden.

    The months are hidden as cells of any other answer are. A share that is neither none nor all is
    never shown as one of the two.
    """
    cells = [Counts(count, of) for count, of in filled]
    total = Counts(sum(count for count, _ in filled), sum(of for _, of in filled))
    shown, whole = suppress(cells, total, rule)
    return [_whole_per_cent(cell) for cell in shown], _whole_per_cent(whole)


def _whole_per_cent(cell: Counts) -> float | None:
    if cell.is_hidden or cell.numerator is None or not cell.denominator:
        return None
    share = cell.numerator / cell.denominator
    return max(floor(share * 100) / 100, 0.01) if share else 0.0


def public_changes(changes: tuple[WordChange, ...], rule: DisclosureRule) -> tuple[WordChange, ...]:
    """The changes whose counts may both be shown; the others are left out, for their words tell too."""
    return tuple(
        one
        for one in changes
        if not rule.is_small(one.before_count) and not rule.is_small(one.after_count)
    )
