"""The mix of calls in words and tables: whether the team got the easy calls, and what each kind is like."""

import pandas

from outcomes.analyses.call_mix.analysis import CallMix, Part
from outcomes.metrics.requirements import Requirement
from outcomes.presentation.format import (
    NO_BREAK,
    STATUS_WORDS,
    count_text,
    one_in,
    part_of,
    percent,
)
from outcomes.presentation.sentences import kinds_are
from outcomes.presentation.tables import ALL
from outcomes.statistics.call_mix import OtherMix
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import CallType, Status

HIDDEN = STATUS_WORDS[Status.SUPPRESSED]
NOT_RECORDED = STATUS_WORDS[Status.NOT_RECORDED]
SORT_WORDS = {
    "taken": "calls taken",
    "eligible": "all eligible calls",
    "public": "all calls from the public",
}
# Kinds that the chart has room for.
MOST_DRAWN = 12
# A change of the share by less than this part of it is slight, however certain it is.
SLIGHT = 0.1
# Limits of the change within this part of the share tell that there is hardly any.
TOLD_WITHIN = 0.25
# From this share of the other mix on, the rest is not worth a word.
NEARLY_ALL = 0.995


def mix_sentence(mix: CallMix) -> str:
    """What the mix says to "you pick the easy calls", in a sentence or two; or why nothing can be said."""
    if not mix.parts:
        return mix.notes[-1] if mix.notes else "There is no call in this selection."
    if not mix.has_eligible:
        return (
            "Whether these were the easy calls cannot be said: not recorded is "
            f"{Requirement.ELIGIBLE_CALLS.words}. The table shows the calls that were taken."
        )
    other = mix.at_eligible_mix
    if other is None:
        why = "too few counts may be shown" if mix.hidden_count else "there is no such response"
        return f"Whether these were the easy calls cannot be said: {why}."
    said = _easier_or_harder(other)
    if other.covered_share < NEARLY_ALL:
        lacking = "the team has no response that records it"
        if mix.hidden_count:
            lacking += ", or counts are hidden"
        said += f" This speaks for {percent(other.covered_share)} of the eligible calls; on the other kinds {lacking}."
    if mix.hidden_count:
        said += f" {kinds_are(mix.hidden_count)} hidden to protect people and not in it."
    return said


def _easier_or_harder(other: OtherMix) -> str:
    own, at_other = percent(other.own_share, 2), percent(other.other_share, 2)
    instead = f"the same {own}" if own == at_other else f"{at_other} instead of {own}"
    said = f"At the mix of all eligible calls the same rates by kind of call would give {instead}"
    much = "slightly " if abs(other.difference) < SLIGHT * other.own_share else ""
    little = ", which makes hardly any difference to the rate" if much else ""
    low, high = other.difference_interval.low, other.difference_interval.high
    if low > 0 or high < 0:
        side = "easier" if low > 0 else "harder"
        return f"{said}: the calls taken were {BOLD}{much}{side}{BOLD} than those that came in, by more than chance would explain{little}."
    if max(-low, high) <= TOLD_WITHIN * other.own_share:
        return f"{said}: about the same: {BOLD}the choice of calls makes little difference{BOLD} to the rate."
    return (
        f"{said}, which is within what chance explains: the requests are {BOLD}too few to tell{BOLD} whether the calls taken were "
        "easier or harder than those that came in."
    )


def mix_finding(mix: CallMix) -> str:
    """What the chart of the mix shows, in a sentence without markup: its alternative text."""
    drawn = drawn_kinds(mix)
    said = [
        f"{name}: " + ", ".join(f"{percent(share)} of {what}" for what, share in shares.items())
        for name, shares in drawn[:3]
    ]
    return f"{without_bold(mix_sentence(mix))} {'. '.join(said)}."


def drawn_kinds(mix: CallMix) -> list[tuple[str, dict[str, float]]]:
    """The call types that most calls belong to, each with its share of every sort of calls that is recorded.

    A call type of which a count is hidden is not drawn, and shares are of the calls that are shown.
    """
    sorts = {SORT_WORDS[field]: field for field in mix.sorts}
    shown = [part for part in mix.parts if None not in [getattr(part, sort) for sort in mix.sorts]]
    wholes = {field: sum(getattr(part, field) for part in shown) for field in mix.sorts}
    shares: dict[str, dict[str, float]] = {}
    for part in shown:
        name = label_of(CallType, part.call_type)
        of_type = shares.setdefault(name, dict.fromkeys(sorts, 0.0))
        for what, field in sorts.items():
            if wholes[field]:
                of_type[what] += getattr(part, field) / wholes[field]
    # Calls that are neither taken nor eligible are for others: they are in the table.
    for_team = [
        (name, each)
        for name, each in shares.items()
        if each["calls taken"] or each.get("all eligible calls")
    ]

    def of_the_team(one: tuple[str, dict[str, float]]) -> float:
        return -max(one[1]["calls taken"], one[1].get("all eligible calls", 0.0))

    return sorted(for_team, key=of_the_team)[:MOST_DRAWN]


def mix_table(mix: CallMix) -> pandas.DataFrame:
    """Every kind of call as texts: its part of the calls taken, eligible and public, and how often police were asked."""
    wholes = {field: sum(getattr(part, field) or 0 for part in mix.parts) for field in mix.sorts}
    has_hidden = mix.hidden_count > 0
    rows = []
    for part in mix.parts:
        row = {"Kind of call": _kind_words(part)}
        for field, whole in wholes.items():
            count = getattr(part, field)
            # A share of a whole that is not shown would give the whole away.
            share = "" if has_hidden or not whole else f" ({percent((count or 0) / whole)})"
            row[field.capitalize()] = HIDDEN if count is None else f"{count_text(count)}{share}"
        row["Asked for safety"] = _asked(
            part, "none recorded" if mix.only_recorded else "none taken"
        )
        rows.append(row)
    is_whole = not has_hidden and all(part.status is not Status.SUPPRESSED for part in mix.parts)
    if rows and is_whole:
        sums = {field.capitalize(): count_text(whole) for field, whole in wholes.items()}
        known = [part for part in mix.parts if part.recorded and part.requests is not None]
        asked = [
            sum(part.requests or 0 for part in known),
            sum(part.recorded or 0 for part in known),
        ]
        rows.append(
            {"Kind of call": ALL, **sums, "Asked for safety": part_of(*asked) if known else ""}
        )
    return pandas.DataFrame(rows)


def _kind_words(part: Part) -> str:
    """A kind of call: 'Welfare check', or 'Welfare check, 2' with its acuity or priority."""
    name = label_of(CallType, part.call_type)
    if part.acuity is None:
        return name
    return f"{name}, {part.acuity.replace('_', ' ')}"


def _asked(part: Part, none: str) -> str:
    if part.status in (Status.SUPPRESSED, Status.NOT_RECORDED):
        return STATUS_WORDS[part.status]
    if not part.recorded or part.requests is None or part.share is None:
        return none if part.taken == 0 else NOT_RECORDED
    of = part_of(part.requests, part.recorded)
    if part.requests == 0:
        return f"{of} (up to {one_in(part.high, NO_BREAK)})" if part.high else of
    few = ", few cases" if part.status is Status.UNSTABLE else ""
    return f"{of} ({percent(part.share)}{few})"
