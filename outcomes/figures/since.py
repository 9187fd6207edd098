"""What has changed since a figure was cited: the same question asked of the data that is live now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from outcomes.answers.answer import Answer, answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.figures.record import FigureRecord
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import FIGURE_COLUMNS, Figure
from outcomes.presentation.format import (
    HIDDEN,
    STATUS_WORDS,
    count_text,
    interval_text,
    part_of,
    value_text,
)
from outcomes.presentation.sentences import grain_label, worded
from outcomes.selection import Selection, parse_month
from outcomes.store.problem import StoreProblem
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status, View
from outcomes.vocabulary.problem import Problem

# Numbers that differ by less are the same: they were written with all their digits.
TOLERANCE = 1e-9
# So many rows are told one by one; the others are counted.
MOST_ROWS = 5


class State(StrEnum):
    """What became of a figure."""

    SAME = "same"
    CHANGED = "changed"
    CANNOT = "cannot be answered any more"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Since:
    """What has changed since a figure was cited."""

    state: State
    # in sentences, the most important one first
    sentences: tuple[str, ...]


def since(record: FigureRecord, snapshot: Snapshot, rule: DisclosureRule) -> Since:
    """What has changed, by asking for each of the figure's answers again, in the view that it was cited in.

    An answer that its page had changed, as by hiding more of it beside others, is not asked again: that could tell
    what was hidden.
    """
    if not any(record.compared):
        return not_compared(record, snapshot.name)
    states: list[State] = []
    sentences: list[str] = []
    for told, is_compared in zip(record.answers, record.compared, strict=True):
        if not is_compared:
            sentences.append(f"{told['label']}: not compared number by number.")
            continue
        try:
            state, said = _since_one(record, told, snapshot, rule)
        except StoreProblem:
            return cannot()
        except Problem as problem:
            state, said = State.CANNOT, [f"{told['label']}: cannot be answered any more. {problem}"]
        states.append(state)
        sentences += said
    worst = next(state for state in (State.CANNOT, State.CHANGED, State.SAME) if state in states)
    return Since(worst, tuple(dict.fromkeys(sentences)))


def compared_on(record: FigureRecord, snapshot: Snapshot, rule: DisclosureRule) -> FigureRecord:
    """The record with a mark at each answer that the snapshot it was cited on gives again, cell by cell."""
    alone = [
        since(replace(record, answers=[told], compared=[True]), snapshot, rule).state
        for told in record.answers
    ]
    return replace(record, compared=[state is State.SAME for state in alone])


def not_compared(record: FigureRecord, name: str) -> Since:
    """What can be said of a figure whose answers cannot be asked again: whether its data was published anew; names are of then and now."""
    if record.snapshot == name:
        return Since(State.SAME, (f"Nothing was published since: the data is still {name}.",))
    return Since(
        State.NOT_COMPARED,
        (
            f"The data was published again since ({record.snapshot} then, {name} now). A figure of this kind is not "
            "compared number by number: the page shows it as it is now.",
        ),
    )


def cannot() -> Since:
    """What can be said where the live data cannot be read; why is for those who run the server."""
    return Since(
        State.CANNOT, ("What has changed since cannot be told now: the live data cannot be read.",)
    )


def _since_one(
    record: FigureRecord, told: dict[str, Any], snapshot: Snapshot, rule: DisclosureRule
) -> tuple[State, list[str]]:
    asked = told["selection"]
    breakdown = Breakdown(asked["by"]) if asked["by"] else None
    then = _selection(asked, View(record.view))
    now = answer(told["metric"], then, snapshot, breakdown, rule=rule)
    more = []
    if then.first_month is None or then.last_month is None:
        closed = _closed(told, then)
        if closed and _days(now) != told["source"]["coverage"]:
            # The whole log has more months now: the months that it had then are compared.
            now = answer(told["metric"], closed, snapshot, breakdown, rule=rule)
            first, last = now.selection.first_month, now.selection.last_month
            more.append(
                f"The log covers other days now; {first:%b %Y} to {last:%b %Y} is compared, as then."
            )
    label = worded(now.metric.label, now.source.record_grain)
    more += _programs(told, now)
    if told["definition"] != now.metric.definition:
        more.append(f"{label}: the definition changed since; it is now: {now.metric.definition}")
    state, sentence = _total(label, now, _figure(told["total"]))
    names = {each.program_id: each.program_name for each in snapshot.programs}
    rows = list(_rows(told, now, names))
    changed = [said for said in rows if said]
    if changed:
        state = State.CHANGED
        more.append(_of_rows(label, changed, len(rows)))
    return state, [sentence, *more]


def _selection(asked: dict[str, Any], view: View) -> Selection:
    return Selection(
        program_ids=tuple(asked["program"] or ()),
        states=tuple(asked["state"] or ()),
        first_month=parse_month(asked["from"]) if asked["from"] else None,
        last_month=parse_month(asked["to"]) if asked["to"] else None,
        call_types=tuple(asked["call_type"] or ()),
        view=view,
    )


def _closed(told: dict[str, Any], then: Selection) -> Selection | None:
    """The selection with the first and last month that the log had then; None where it had no dates."""
    days = told["source"]["coverage"]
    if not all(days):
        return None
    first, last = (date.fromisoformat(day).replace(day=1) for day in days)
    return Selection(
        then.program_ids,
        then.states,
        then.first_month or first,
        then.last_month or last,
        then.call_types,
        then.view,
    )


def _days(now: Answer) -> list[str | None]:
    days = (now.source.first_day, now.source.last_day)
    return [day.isoformat() if day else None for day in days]


def _programs(told: dict[str, Any], now: Answer) -> list[str]:
    """A sentence where the same selection holds other programs than then."""
    then, today = told["source"]["programs"], now.source.programs
    added = [name for name in today if name not in then]
    gone = [name for name in then if name not in today]
    said = [
        f"{what}: {', '.join(names)}"
        for what, names in (("came in", added), ("is no longer in it", gone))
        if names
    ]
    return [f"The selection holds other programs now; {'; '.join(said)}."] if said else []


def _figure(told: dict[str, Any]) -> Figure:
    return Figure(**{**told, "status": Status(told["status"])})


def _total(label: str, now: Answer, then: Figure) -> tuple[State, str]:
    before, today = (_words(now.metric, figure) for figure in (then, now.total))
    if not _is_same(then, now.total):
        if before == today:
            return State.CHANGED, f"{label}: {before} as before, though not to the last digit."
        return State.CHANGED, f"{label}: {before} is now {today}."
    was, is_now = (interval_text(now.metric, figure) for figure in (then, now.total))
    if was != is_now and then.status in (Status.SHOWN, Status.UNSTABLE):
        return (
            State.CHANGED,
            f"{label}: {before}, as before; {was or 'no interval'} is now {is_now or 'none'}.",
        )
    return State.SAME, f"{label}: {before}, as before."


def _words(metric: Metric, figure: Figure) -> str:
    """A figure in few words: '1.1% (34 of 3,012)', '34', 'hidden'."""
    if figure.status is Status.SUPPRESSED:
        return HIDDEN
    if figure.status not in (Status.SHOWN, Status.UNSTABLE):
        return STATUS_WORDS[figure.status].lower()
    counts = ""
    if figure.numerator is not None and figure.denominator is not None:
        counts = part_of(figure.numerator, figure.denominator)
    elif figure.numerator is not None or figure.denominator is not None:
        of = figure.denominator if figure.numerator is None else figure.numerator
        counts = count_text(of) if figure.numerator is not None else f"{count_text(of)} cases"
    if figure.value is None or metric.unit == "count":
        return counts or STATUS_WORDS[Status.NOT_RECORDED].lower()
    value = value_text(metric, figure.value)
    return f"{value} ({counts})" if counts else value


def _is_same(then: Figure, now: Figure) -> bool:
    numbers = zip(
        (then.numerator, then.denominator, then.value),
        (now.numerator, now.denominator, now.value),
        strict=True,
    )
    return then.status == now.status and all(_is_near(*each) for each in numbers)


def _is_near(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    return abs(then - now) <= TOLERANCE * max(1.0, abs(then))


def _rows(told: dict[str, Any], now: Answer, programs: dict[str, str]) -> Iterator[str]:
    """Each row of then or of now: 'Aug 2024: 3 is now 4'; empty where it is as before."""
    # How much of a month is covered is no part of which month it is.
    keys = [name for name in now.keys if name != "coverage"]
    before = {tuple(row.get(key) for key in keys): row for row in told["rows"]}
    today = {tuple(row[key] for key in keys): row for row in now.rows}
    for key in dict.fromkeys([*before, *today]):
        names = ", ".join(
            grain_label(name, value, now.metric, programs)
            for name, value in zip(keys, key, strict=True)
        )
        if key not in today:
            yield f"{names}: {_words(now.metric, _row(before[key]))} is no longer there"
        elif key not in before:
            yield f"{names}: new, {_words(now.metric, _row(today[key]))}"
        elif not _is_same(_row(before[key]), _row(today[key])):
            was, is_now = (_words(now.metric, _row(rows[key])) for rows in (before, today))
            yield f"{names}: {was} is now {is_now}"
        else:
            yield ""


def _row(row: dict[str, Any]) -> Figure:
    return _figure({name: row[name] for name in FIGURE_COLUMNS})


def _of_rows(label: str, rows: list[str], count: int) -> str:
    more = f"; {len(rows) - MOST_ROWS:,} more" if len(rows) > MOST_ROWS else ""
    return (
        f"{label}, rows: {len(rows):,} of {count:,} changed. {'; '.join(rows[:MOST_ROWS])}{more}."
    )
