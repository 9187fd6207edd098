"""A target that a reader sets for one look: how many waits were longer, counted from bins."""

from dataclasses import dataclass

from outcomes.answers.counts import ask_once
from outcomes.answers.percentiles import count_durations
from outcomes.answers.scope import resolve_scope
from outcomes.metrics.figure import Counts, Figure, figure
from outcomes.metrics.registry import find_metric
from outcomes.presentation.format import NO_BREAK, as_given, interval_text, part_of, percent
from outcomes.selection import Selection, SelectionError
from outcomes.statistics.duration import share_at_or_under
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, Status, View

# Longest target that a reader may set, in minutes: a day.
LONGEST_TARGET = 1440.0


@dataclass(frozen=True)
class ReaderTarget:
    """How the waits of a selection stand to a target that the program did not set."""

    # minutes
    target_min: float
    # waits longer than the target, over usable waits, with Wilson's interval
    over: Figure


def reader_target(target_min: float, selection: Selection, snapshot: Snapshot) -> ReaderTarget:
    """The share of usable waits longer than the reader's target; in the program view alone.

    Counted from bins: a wait within half a bin of the target (0.05 minutes up to two hours, then
    1.25%) can fall on either side. Raises ValueError where the target is not above 0 and up to a day, and
    SelectionError in the public view: held against one minute after the other, a wait would give itself away.
    """
    if selection.view is View.PUBLIC:
        raise SelectionError(
            "Expected the program view for a target of a reader's own, found [public]; use the targets that the program set."
        )
    if not 0 < target_min <= LONGEST_TARGET:
        raise ValueError(
            f"Expected a target above 0 and up to {as_given(LONGEST_TARGET)} minutes, found [{target_min}]; "
            "write for example 20."
        )
    wait, share = find_metric("response_min"), find_metric("over_target_share")
    scope = resolve_scope(wait, selection, snapshot)
    if scope.missing:
        return ReaderTarget(target_min, figure(share, Counts(None)))
    counted = count_durations(wait, scope, snapshot, Breakdown.PROGRAM, ask_once(snapshot))
    counts = _over(counted.total, target_min)
    programs = [_over(row, target_min) for row in counted.rows]
    return ReaderTarget(target_min, figure(share, counts, programs))


def _over(row: Counts, target_min: float) -> Counts:
    bins = row.bins or {}
    minutes = sorted(bins)
    in_time, usable = share_at_or_under(minutes, [bins[each] for each in minutes], target_min)
    return Counts(usable - in_time, usable, row.recorded_of)


def reader_target_sentence(found: ReaderTarget) -> str:
    """The share over the reader's target as one sentence that says whose target it is; Markdown."""
    minutes = f"{as_given(found.target_min)}{NO_BREAK}minutes"
    over = found.over
    if over.value is None or over.numerator is None or over.denominator is None:
        return f"How many waited longer than {minutes} cannot be told: no usable time is recorded."
    interval = interval_text(find_metric("over_target_share"), over)
    interval = f"; {interval}" if interval else ""
    few = " Few cases." if over.status is Status.UNSTABLE else ""
    return (
        f"Held against {minutes}, which you set and the program did not: "
        f"{BOLD}{part_of(over.numerator, over.denominator)}{BOLD} responses took longer ({BOLD}{percent(over.value)}{BOLD}{interval}). "
        f"Counted to the nearest tenth of a minute, above two hours to 2.5%.{few}"
    )
