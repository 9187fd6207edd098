"""What happened on scene: the steps of a referral, who was met again, and the answers by a group of people."""

from dataclasses import dataclass, replace

import pandas

from outcomes.answers.answer import Answer, answer
from outcomes.disclosure.linked_tables import (
    may_stand_in_steps,
    may_stand_together,
    suppress_alike,
)
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.figure import Figure
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
    if _is_public(answers) and not may_stand_in_steps([each.total for each in answers], rule):
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


def may_show_side_by_side(answers: list[Answer], rule: DisclosureRule) -> bool:
    """Whether the totals of answers that hold one another, such as 7 in 30 in 90 days, may all be shown."""
    return not _is_public(answers) or may_stand_together([each.total for each in answers], rule)


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
    if not few:
        return recorded
    tables = suppress_alike([each.table for each in recorded], [each.total for each in recorded])
    return [replace(each, table=table) for each, table in zip(recorded, tables, strict=True)]


def _people(opened: Answer) -> list[float | None]:
    """How many each row is about: what it counts over, or what it counts."""
    name = "denominator" if opened.metric.denominator else "numerator"
    return [None if pandas.isna(number) else number for number in opened.table[name]]


def _is_public(answers: list[Answer]) -> bool:
    return any(found.selection.view is View.PUBLIC for found in answers)
