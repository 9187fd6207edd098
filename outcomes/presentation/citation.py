"""The quotable sentence under a headline number: number, denominator, period, definition, source, date, link."""

from outcomes.answers.answer import Answer
from outcomes.presentation.format import NO_BREAK
from outcomes.presentation.sentences import answer_sentence
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, DataKind, Status, View


def citation(answer: Answer, link: str = "") -> str:
    """The answer as a sentence that can be quoted, with everything that a reader needs to check it.

    Says as much where the figure is hidden or not recorded: that, too, can be quoted.
    """
    source = answer.source
    sentence = answer_sentence(answer).replace("**", "").replace(NO_BREAK, " ")
    made_up = "Made-up demonstration data, no real calls. " if _is_made_up(answer) else ""
    definition = "" if answer.total.status is Status.NOT_RECORDED else answer.metric.definition
    parts = [
        f"{made_up}{sentence}",
        f"Definition: {definition}" if definition else "",
        f"Period: {_period(answer)}.",
        _chosen(answer),
        f"Source: log of {', '.join(source.programs)} (data owner: {', '.join(source.data_owners)}), "
        f"{label(source.data_kind)}, {_as_of(answer)}, snapshot {source.snapshot}, query {source.query}.",
        link,
    ]
    return " ".join(part for part in parts if part)


def _is_made_up(answer: Answer) -> bool:
    return answer.source.data_kind is DataKind.MADE_UP


def _period(answer: Answer) -> str:
    selection, source = answer.selection, answer.source
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


def _as_of(answer: Answer) -> str:
    last = answer.source.last_day
    return f"data to {last:%d %b %Y}" if last else "no dated records"
