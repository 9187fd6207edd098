"""What the times of a selection leave out and pool, by interval and reason, hidden where the public may not see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outcomes.answers.counts import ask_once
from outcomes.answers.percentiles import count_durations
from outcomes.answers.scope import chosen_programs, resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.format import as_given
from outcomes.selection import Selection
from outcomes.store.programs import Program, ResponseTarget
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import IntervalName, View

# Why a response has no usable interval, in the order in which it is told.
REASONS = ("missing", "negative", "zero", "over_range", "not_a_call")


@dataclass(frozen=True)
class Exclusions:
    """One interval: how many responses have a usable one, and why the others have none."""

    interval: IntervalName
    # whether the log records both ends of the interval
    is_recorded: bool
    # responses with a usable interval; None where hidden or not recorded
    usable_count: int | None
    # responses left out, by reason; None where hidden or not recorded
    reasons: dict[str, int | None]


def exclusions(
    selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> tuple[Exclusions, ...]:
    """Every interval in order, with its usable responses and the others by reason.

    The public sees no count of an interval of which one is small, for the others could give it away.
    """
    return tuple(_of_interval(key, selection, snapshot, rule) for key in P90_OF)


def _of_interval(
    key: str, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> Exclusions:
    metric = find_metric(key)
    if metric.interval is None:
        raise ValueError(f"Expected a metric of an interval, found [{key}]; choose another.")
    scope = resolve_scope(metric, selection, snapshot)
    if scope.missing:
        return Exclusions(metric.interval, False, None, dict.fromkeys(REASONS))
    counted = count_durations(metric, scope, snapshot, None, ask_once(snapshot))
    usable = int(counted.total.numerator or 0)
    reasons = {reason: counted.asides.get(f"{reason}_count", 0) for reason in REASONS}
    # The sum of what is left out follows from the responses and the usable ones, which stand elsewhere.
    counts = (usable, *reasons.values())
    if selection.view is View.PUBLIC and any(rule.is_small(count) for count in counts):
        usable_shown = None if rule.is_small(usable) else usable
        return Exclusions(metric.interval, True, usable_shown, dict.fromkeys(REASONS))
    return Exclusions(metric.interval, True, usable, {**reasons})


def pooled_sentences(selection: Selection, snapshot: Snapshot) -> tuple[str, ...]:
    """What is together in the times although it need not be alike: priorities, origins and targets of calls."""
    scope = resolve_scope(find_metric("response_min"), selection, snapshot)
    if scope.missing:
        return ()
    programs = [
        program
        for program in chosen_programs(selection, snapshot)
        if program.program_id in scope.program_ids
    ]
    no_priority = _silent(programs, "priority_code")
    no_origin = _silent(programs, "call_origin")
    sentences = [
        "Calls of every priority are together in every figure here but the one by priority."
        if len(no_priority) < len(programs)
        else "No priority is recorded, so urgent calls and calls that can wait are together in every figure here."
    ]
    if no_priority and len(no_priority) < len(programs):
        sentences.append(f"Priorities are not recorded by: {', '.join(no_priority)}.")
    if len(no_origin) < len(programs):
        sentences.append(
            "Calls to 911, to other lines and from officers are together. Work that the team began itself, and "
            "follow-ups, have no time from call to arrival and are left out of it."
        )
    if no_origin:
        sentences.append(
            f"Where calls came from is not recorded by: {', '.join(no_origin)}. Work that the team began itself "
            "cannot be told apart there; it is among the calls and makes waits look shorter."
        )
    if len(programs) > 1:
        sentences.append(f"{len(programs)} programs are together; a larger one weighs more.")
    return tuple(sentences)


def target_sentences(selection: Selection, snapshot: Snapshot) -> tuple[str, ...]:
    """The targets of the chosen programs that count in the months chosen, from when to when, one sentence each."""
    programs = {
        program.program_id: program.program_name for program in chosen_programs(selection, snapshot)
    }
    answering = resolve_scope(find_metric("over_target_share"), selection, snapshot).program_ids
    said = []
    for target in snapshot.targets:
        until = _until(target, snapshot.targets)
        first = selection.first_month
        if target.program_id not in answering or (first and until and until < first):
            continue
        calls = (
            f"for priority {', '.join(target.priority_codes)}"
            if target.priority_codes
            else "for every call"
        )
        since = f", since {day_label(target.since_date)}" if target.since_date else ""
        ended = f", until {day_label(until)}" if until else ""
        said.append(
            f"{programs[target.program_id]}: {as_given(target.target_min)} minutes from call to arrival, "
            f"{calls}{since}{ended}."
        )
    return tuple(said)


def _until(target: ResponseTarget, targets: Sequence[ResponseTarget]) -> date | None:
    """The day before the next target for the same calls of the same program; None where it still counts."""
    later = [
        one.since_date
        for one in targets
        if (one.program_id, one.priority_codes) == (target.program_id, target.priority_codes)
        and one.since_date
        and one.since_date > (target.since_date or date.min)
    ]
    return min(later) - timedelta(days=1) if later else None


def _silent(programs: list[Program], field: str) -> list[str]:
    return [program.program_name for program in programs if field not in program.recorded_fields]
