"""Answers that stand side by side on one page: what may be shown of each once the others are shown too.

Each answer is protected by itself. Beside each other, the difference of two shown counts is a third one: these
functions hide what it would give away.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import pandas

from outcomes.answers.answer import FIGURE_COLUMNS, Answer, answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import suppress
from outcomes.metrics.figure import Counts, Figure
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

# What the table by group shows beside the contacts, in order.
BY_GROUP = (
    "transport_share",
    "involuntary_hold_rate",
    "arrest_rate",
    "force_rate",
    "referral_accepted_share",
)


@dataclass(frozen=True)
class Step:
    """One step of the way from an offer to a service."""

    # what is counted, as the chart names it
    words: str
    # contacts at this step; None where the log does not record it
    count: int | None
    # the same over the step before, with its interval; None for the first step
    figure: Figure | None


def referral_steps(answers: list[Answer], rule: DisclosureRule) -> tuple[Step, ...]:
    """The steps from contacts over offers and acceptances to connections; none where they are hidden.

    Takes the answers to the three shares, in order. A step that no log records has no count, and none after it.
    """
    if _public(answers) and not _is_safe(_chain(answers), rule):
        return ()
    offered = answers[0].total
    if offered.denominator is None:
        return ()
    steps = [Step("Contacts", round(offered.denominator), None)]
    for found, words in zip(answers, ("Offered", "Accepted", "Connected"), strict=True):
        if steps[-1].count is None:
            break
        figure = found.total
        # Where the step before is empty there is nothing to accept, and that is zero and not unknown.
        is_empty = figure.status is Status.NO_CASES
        count = 0 if is_empty else None if figure.numerator is None else round(figure.numerator)
        steps.append(Step(words, count, figure))
    return tuple(steps)


def together(answers: list[Answer], rule: DisclosureRule) -> bool:
    """Whether the totals of answers that hold one another, such as 7 in 30 in 90 days, may all be shown."""
    if not _public(answers):
        return True
    if any(found.total.status is Status.SUPPRESSED for found in answers):
        return False
    counted = [found.total for found in answers if found.total.numerator is not None]
    for name in ("numerator", "denominator"):
        numbers = [getattr(total, name) for total in counted]
        if not _is_safe(numbers, rule):
            return False
    return True


def group_answers(
    selection: Selection, snapshot: Snapshot, breakdown: Breakdown, rule: DisclosureRule
) -> list[Answer]:
    """The answers by a group that stand in one table: contacts first, then each of BY_GROUP that is recorded.

    In public each hides its own small cells and a second one. Which one that is differs by metric, and the sums of
    one metric would give away how few people a small group has: where there is such a group, all hide the same ones.
    """
    keys = ("contacts", *BY_GROUP)
    found = [answer(key, selection, snapshot, breakdown, rule=rule) for key in keys]
    recorded = [found[0], *(each for each in found[1:] if len(each.table))]
    if selection.view is not View.PUBLIC or not len(found[0].table):
        return recorded
    opened = replace(selection, view=View.PROGRAM)
    few = any(
        rule.is_small(people)
        for each in recorded
        for people in _people(answer(each.metric.key, opened, snapshot, breakdown))
    )
    return suppress_alike(recorded) if few else recorded


def _people(opened: Answer) -> list[float | None]:
    """How many each row is about: what it counts over, or what it counts."""
    name = "denominator" if opened.metric.denominator else "numerator"
    return [None if pandas.isna(number) else number for number in opened.table[name]]


def suppress_alike(answers: list[Answer], also: Collection[object] = ()) -> list[Answer]:
    """The answers, each without the groups that any of them hides, and without those named in also.

    An answer that hides everything tells nothing, and takes nothing with it.
    """
    hidden: set[object] = set(also)
    for found in answers:
        if found.total.status is not Status.SUPPRESSED:
            rows = found.table[found.table["status"] == Status.SUPPRESSED]
            hidden |= set(rows[found.keys[-1]]) if len(rows) else set()
    return [_without(found, hidden) for found in answers]


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


def _without(found: Answer, hidden: set[object]) -> Answer:
    table = found.table.copy()
    rows = table[found.keys[-1]].isin(list(hidden))
    table.loc[rows, list(FIGURE_COLUMNS[:-1])] = float("nan")
    table.loc[rows, "status"] = Status.SUPPRESSED.value
    return replace(found, table=table)


def _public(answers: list[Answer]) -> bool:
    return any(found.selection.view is View.PUBLIC for found in answers)


def _chain(answers: list[Answer]) -> list[float | None]:
    """Counts that each hold the next one; None where one is hidden."""
    chain: list[float | None] = []
    for found in answers:
        if found.total.status in (Status.NOT_RECORDED, Status.NO_CASES):
            break
        chain += [found.total.denominator, found.total.numerator]
    return chain


def _is_safe(chain: list[float | None], rule: DisclosureRule) -> bool:
    """Whether no count of the chain, and no difference of two of them, is small."""
    if None in chain:
        return False
    numbers = [number for number in chain if number is not None]
    differences = [
        abs(first - second)
        for place, first in enumerate(numbers)
        for second in numbers[place + 1 :]
    ]
    return not any(rule.is_small(number) for number in (*numbers, *differences))
