"""Where numbers come from, in words: what stands over and under a page, and the sentence to be quoted with its source."""

from outcomes.answers.answer import Answer, Source
from outcomes.disclosure.rule import DisclosureRule
from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, DataKind, Status, View


def citation(answer: Answer, link: str = "") -> str:
    """The answer as a sentence that can be quoted, with everything that a reader needs to check it.

    Says as much where the figure is hidden or not recorded: that, too, can be quoted.
    """
    source = answer.source
    sentence = answer_sentence(answer).replace("**", "")
    made_up = (
        "Made-up demonstration data, no real calls. "
        if source.data_kind is DataKind.MADE_UP
        else ""
    )
    definition = "" if answer.total.status is Status.NOT_RECORDED else answer.metric.definition
    as_of = f"data to {source.last_day:%d %b %Y}" if source.last_day else "no dated records"
    parts = [
        f"{made_up}{sentence}",
        f"Definition: {definition}" if definition else "",
        f"Period: {_period(answer.selection, source)}.",
        _chosen(answer),
        f"Source: log of {', '.join(source.programs)} (data owner: {', '.join(source.data_owners)}), "
        f"{label(source.data_kind)}, {as_of}, snapshot {source.snapshot}, query {source.query}.",
        link,
    ]
    return " ".join(part for part in parts if part)


def context_line(selection: Selection, source: Source) -> str:
    """Programs, period, view, data as of, real or made up. The last in bold."""
    names = source.programs
    who = names[0] if len(names) == 1 else f"{len(names)} programs"
    as_of = f"data to {source.last_day:%d %b %Y}" if source.last_day else "no date"
    period, view = _period(selection, source), label(View(selection.view))
    return f"{who} · {period} · {view} · {as_of} · **{label(source.data_kind)}**"


def public_notice(rule: DisclosureRule) -> str:
    """What the public view hides, what the agency's policy shows however small, and what a reader must check."""
    shown = (
        "; a whole program's safety events over a quarter or longer are shown however few"
        if rule.safety_events_reportable
        else ""
    )
    return (
        f"Public view: counts of people from 1 to {rule.smallest_shown - 1} are hidden{shown}. Two different selections "
        "can still be compared with each other, so check before you publish more than one."
    )


def source_line(selection: Selection, source: Source, queries: list[str]) -> str:
    """Whose logs, what they cover, the view, the snapshot and the queries."""
    cover = (
        f"{source.first_day:%d %b %Y} to {source.last_day:%d %b %Y}"
        if source.first_day and source.last_day
        else "no dated records"
    )
    asked = f" Queries: {', '.join(dict.fromkeys(queries))}." if queries else ""
    return (
        f"Source: logs of {', '.join(source.programs)} ({label(source.data_kind)}; data owner: "
        f"{', '.join(source.data_owners)}). Coverage: {cover}. {label(View(selection.view)).capitalize()}. "
        f"Snapshot {source.snapshot}.{asked} Definitions: see Methods."
    )


def _period(selection: Selection, source: Source) -> str:
    first = selection.first_month or source.first_day
    last = selection.last_month or source.last_day
    return f"{first:%b %Y} to {last:%b %Y}" if first and last else "no dated records"


def _chosen(answer: Answer) -> str:
    """What else was chosen, where it was not everything."""
    selection = answer.selection
    said = []
    if selection.call_types:
        said.append(
            f"call types {', '.join(label(CallType(kind)) for kind in selection.call_types)}"
        )
    if selection.states:
        said.append(f"states {', '.join(selection.states)}")
    if selection.view is View.PUBLIC:
        said.append("public view")
    return f"Only: {'; '.join(said)}." if said else ""
