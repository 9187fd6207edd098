"""What a row of an answer is called for people, and what its table or chart finds."""

import pandas

from outcomes.answers import Answer
from outcomes.labels import TIME_LABELS, US_STATES, label_of
from outcomes.metrics.definition import Metric
from outcomes.selection import parse_month
from outcomes.sentences import answer_sentence, value_text
from outcomes.vocabulary import (
    GROUPS,
    Breakdown,
    CallType,
    Coverage,
    Disposition,
    InjuredRole,
    InjurySeverity,
    NotReachedReason,
    PoliceRequestReason,
    Status,
    TransportPlace,
)

_VOCABULARIES = {
    "call_type": CallType,
    "disposition": Disposition,
    "place": TransportPlace,
    "role": InjuredRole,
    "severity": InjurySeverity,
}


def grain_label(breakdown_key: str, value: object, metric: Metric, names: dict[str, str]) -> str:
    """A row's name for people: month as 'Aug 2024', call type, reason or program by its label."""
    if breakdown_key in TIME_LABELS and value is not None:
        return TIME_LABELS[breakdown_key](int(str(value)))
    if value is None:
        return "No time of day" if breakdown_key in TIME_LABELS else "No date"
    text = str(value)
    if breakdown_key == "priority_code" and text != "not_recorded":
        return f"Priority {text}"
    if breakdown_key == Breakdown.MONTH:
        return f"{parse_month(text):%b %Y}"
    if breakdown_key == Breakdown.STATE and text not in US_STATES:
        return f"{text} (not in the United States)"
    if breakdown_key == "program_id":
        return names.get(text, text)
    if breakdown_key == "reason":
        vocabulary = NotReachedReason if metric.query == "exits" else PoliceRequestReason
        return label_of(vocabulary, text)
    if breakdown_key in _VOCABULARIES:
        return label_of(_VOCABULARIES[breakdown_key], text)
    if text == "not_recorded":
        return "Not recorded"
    return text[:1].upper() + text[1:] if breakdown_key in GROUPS else text


def finding(answer: Answer) -> str:
    """What a chart of the answer shows, in one sentence without markup: its alternative text."""
    plain = answer_sentence(answer).replace("**", "")
    if not answer.keys:
        return plain
    # Few cases, incomplete months and records without a date are no extremes to tell of.
    table = answer.table
    shown = table[
        (table.status == Status.SHOWN) & table.value.notna() & table[answer.keys[0]].notna()
    ]
    if "coverage" in answer.keys:
        shown = shown[shown["coverage"] == Coverage.WHOLE]
    if len(shown) < 2:
        return plain
    lowest, highest = shown.loc[shown.value.idxmin()], shown.loc[shown.value.idxmax()]
    low, high = (
        f"{value_text(answer.metric, row.value)} ({_row_name(answer, row)})"
        for row in (lowest, highest)
    )
    return f"{plain} Lowest {low}, highest {high}."


def _row_name(answer: Answer, row: pandas.Series) -> str:
    """What a row is about: its last key, or weekday and hour together."""
    keys = [key for key in answer.keys if key != "coverage"]
    keys = keys if "weekday" in keys else keys[-1:]
    return " ".join(grain_label(key, row[key], answer.metric, {}) for key in keys)
