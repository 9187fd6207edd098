"""The tables of the page on outcomes, every cell a text: referral steps, who was met again, and what by group."""

from typing import Any

import pandas

from outcomes.analyses.scene_outcomes.analysis import BY_GROUP, Step
from outcomes.answers.answer import Answer
from outcomes.metrics.definition import Metric
from outcomes.metrics.figure import Figure
from outcomes.metrics.registry import METRICS
from outcomes.presentation.format import (
    HIDDEN,
    STATUS_WORDS,
    count_text,
    part_of,
    percent,
    percent_range,
)
from outcomes.presentation.sentences import grain_label
from outcomes.presentation.tables import ALL, KEY_WORDS, answer_table
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import NOT_TOLD, Disposition, Status

COMMONEST = 3


def endings_finding(answer: Answer) -> str:
    """What a chart of endings shows, in one sentence: the commonest of them with their shares."""
    rows = answer.table[answer.table["value"].fillna(0) > 0].sort_values("value", ascending=False)
    named = [
        f"{label_of(Disposition, row['disposition'])} {percent(row['value'])}"
        for row in rows.head(COMMONEST).to_dict("records")
    ]
    total = f"{count_text(answer.total.denominator)} ".lstrip()
    return f"How {total}responses ended. Commonest: {'; '.join(named) or HIDDEN}."


def endings_told(answer: Answer) -> float | None:
    """Responses whose ending tells whether someone was served; None where that is all of them, or hidden."""
    # A word that the log does not have was said of none.
    rows = {
        row["disposition"]: 0 if row["status"] == Status.NOT_RECORDED else row["numerator"]
        for row in answer.rows
    }
    counts = [rows.get(word.value) for word in NOT_TOLD]
    silent = sum(count or 0 for count in counts)
    if None in counts or not silent or answer.total.denominator is None:
        return None
    return float(answer.total.denominator - silent)


def endings_table(answer: Answer) -> pandas.DataFrame:
    """The endings that occur, and all that are hidden, as texts; one row for everything where there is no case.

    A closed list has many words that a log never uses; these have no row here, and one in the file.
    """
    table = answer_table(answer, {})
    return table[table["Count"] != "0"] if "Count" in table else table.tail(1)


def step_table(steps: tuple[Step, ...]) -> pandas.DataFrame:
    """Referral steps as texts: step, contacts, share of the step before, 95% interval."""
    return pandas.DataFrame(
        {
            "Step": [step.words for step in steps],
            "Contacts": [
                count_text(step.count, STATUS_WORDS[Status.NOT_RECORDED]) for step in steps
            ],
            "Of the step before": [_share(step.figure) for step in steps],
            "Range": [_range(step.figure) for step in steps],
        }
    )


def steps_finding(steps: tuple[Step, ...]) -> str:
    """What the figure of referral steps shows, in one text without markup: its alternative text."""
    counts = (f"{step.words} {count_text(step.count, 'not recorded')}" for step in steps)
    return f"Referral steps. {'; '.join(counts)}."


def repeat_table(answers: list[Answer]) -> pandas.DataFrame:
    """Who was met again, as texts: within, met again, contacts followed, share, 95% interval, note."""
    totals = [found.total for found in answers]
    return pandas.DataFrame(
        {
            "Within": [window(found) for found in answers],
            "Met again": [count_text(total.numerator) for total in totals],
            "Contacts with full follow-up": [count_text(total.denominator) for total in totals],
            "Share": [_share(total) for total in totals],
            "Range": [_range(total) for total in totals],
            "Note": [STATUS_WORDS.get(total.status, "") for total in totals],
        }
    )


def window(found: Answer) -> str:
    """The window of a metric of repeat contacts: '30 days'."""
    return f"{found.metric.key.split('_')[2]} days"


def group_table(contacts: Answer, others: list[Answer]) -> pandas.DataFrame:
    """What happened by group, as texts: a row for each and one for all; contacts first, then metrics with counts and interval."""
    key = contacts.keys[-1]
    rows = []
    for row in [*contacts.rows, {**vars(contacts.total), key: ALL}]:
        name = ALL if row[key] == ALL else grain_label(key, row[key], contacts.metric, {})
        said = {
            KEY_WORDS.get(key, key.capitalize()): name,
            contacts.metric.label: _cell(row, contacts.metric),
        }
        for found in others:
            whole = {**vars(found.total), key: ALL}
            cell = next((cell for cell in [*found.rows, whole] if cell[key] == row[key]), None)
            said[found.metric.short_label] = _cell(cell, found.metric) if cell else ""
        rows.append(said)
    return pandas.DataFrame(rows).fillna("")


def missing_by_group(others: list[Answer]) -> str:
    """Names of the metrics that no log records by this group; empty where all are recorded."""
    named = {found.metric.key for found in others}
    return ", ".join(METRICS[key].label for key in BY_GROUP if key not in named)


def _cell(row: dict[str, Any], metric: Metric) -> str:
    """One cell: '12 of 340 (3.5%; 2.0 to 6.1%)', a plain count, or why there is no number."""
    status = Status(row["status"])
    if status in (Status.SUPPRESSED, Status.NOT_RECORDED, Status.NO_CASES):
        return STATUS_WORDS[status]
    if row["denominator"] is None:
        return count_text(row["numerator"])
    counts = part_of(row["numerator"], row["denominator"])
    if status is Status.UNSTABLE:
        return f"{counts} ({STATUS_WORDS[status].lower()})"
    decimals = max(metric.decimals, 1)
    if row["high"] is None:
        return f"{counts} ({percent(row['value'], decimals)})"
    if not row["numerator"]:
        return f"{counts} (could still be up to {percent(row['high'], decimals)})"
    limits = percent_range(row["low"], row["high"], decimals)
    return f"{counts} ({percent(row['value'], decimals)}; {limits})"


def _share(figure: Figure | None) -> str:
    return "" if figure is None or figure.value is None else percent(figure.value)


def _range(figure: Figure | None) -> str:
    if figure is None or figure.low is None or figure.high is None:
        return ""
    return percent_range(figure.low, figure.high, sign_at_both=True)
