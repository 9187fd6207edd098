"""Answers as tables for people: every cell a text, so that what is not a number says why."""

import re
from collections.abc import Iterable
from typing import Any

import pandas

from outcomes.answers.answer import Answer
from outcomes.answers.counts import PARTS_OF_A_WHOLE
from outcomes.presentation.format import (
    HIDDEN,
    STATUS_WORDS,
    bounds_range,
    count_text,
    number_range,
    percent_range,
    value_text,
)
from outcomes.presentation.sentences import grain_label
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import Breakdown, Coverage, InjuredRole, InjurySeverity, Status

# A cell that begins with a number and says at most a unit, a range or a share of it.
MOST_OF_A_NUMBER = 30
NUMBER = re.compile(r"[-+±\u2212]?\d[\d,.]*(%|\s|$)")
KEY_WORDS = {
    "program_id": "Program",
    "area_id": "Area",
    "call_type": "Call type",
    "acuity": "Acuity or priority",
    "disposition": "How it ended",
    "age_band": "Age",
    "race_ethnicity": "Race and ethnicity",
    "priority_code": "Priority",
}
# Over the lowest and highest that the missing could make of a figure.
BOUNDS = "If the missing are no, or yes"
# Periods are read from the latest back; what has no date comes after them.
NEWEST_FIRST = (Breakdown.MONTH, Breakdown.QUARTER, Breakdown.YEAR)
NO_DATE = "No date"
# Names the row, and the column, of everything.
ALL = "All"
COVERAGE_WORDS = {Coverage.WHOLE: "", Coverage.PARTIAL: "in part", Coverage.GAP: "no records"}


def answer_table(answer: Answer, names: dict[str, str]) -> pandas.DataFrame:
    """The answer's rows and its total as texts: what, count, of, value, 95% interval, note."""
    metric = answer.metric
    rows = []
    for row in answer.rows:
        said: dict[str, str] = {}
        for key in answer.keys:
            if key == "coverage":
                continue
            words = KEY_WORDS.get(key, key.capitalize())
            said[words] = grain_label(key, row[key], metric, names)
        rows.append({**said, **_figure_texts(answer, row)})
    what = {next(iter(rows[0])): ALL} if rows else {}
    if answer.breakdown in NEWEST_FIRST:
        # What has no date stands before the total.
        dated = [row for row in rows if next(iter(row.values())) != NO_DATE]
        rows = [*reversed(dated), *(row for row in rows if row not in dated)]
    whole = _figure_texts(answer, vars(answer.total))
    if answer.breakdown in PARTS_OF_A_WHOLE:
        # All of them together are everything, which no chance surrounds.
        whole |= {"Range": "", BOUNDS: ""}
    rows.append({**what, **whole})
    return without_empty_columns(pandas.DataFrame(rows).fillna(""))


def sum_text(parts: Iterable[float | None]) -> str:
    """The sum of counts that add up, as the last cell of their row or column; 'hidden' where one of them is."""
    counts = list(parts)
    known = [count for count in counts if count is not None]
    return count_text(sum(known)) if len(known) == len(counts) else HIDDEN


def number_columns(table: pandas.DataFrame) -> list[int]:
    """Places of the columns whose cells are numbers, or the words for none; to be set to the right."""
    return [
        place
        for place in range(table.shape[1])
        if _are_numbers([str(cell) for cell in table.iloc[:, place]])
    ]


def _are_numbers(cells: list[str]) -> bool:
    said = [cell for cell in cells if cell and cell.lower() not in (HIDDEN, "not recorded")]
    return bool(said) and all(NUMBER.match(cell) and len(cell) <= MOST_OF_A_NUMBER for cell in said)


def without_empty_columns(table: pandas.DataFrame) -> pandas.DataFrame:
    """The table of texts without the columns in which nothing is said."""
    return table.loc[:, (table != "").any()]


def _figure_texts(answer: Answer, row: dict[str, Any]) -> dict[str, str]:
    metric = answer.metric
    status = Status(row["status"])
    coverage = row.get("coverage") or Coverage.WHOLE.value
    note = STATUS_WORDS.get(status, "")
    if coverage != Coverage.WHOLE:
        note = ", ".join(part for part in (note, COVERAGE_WORDS[Coverage(coverage)]) if part)
    value, low, high = row["value"], row["low"], row["high"]
    interval = ""
    if low is not None and high is not None:
        interval = (
            percent_range(low, high, max(metric.decimals, 1), sign_at_both=True)
            if metric.unit == "share"
            else number_range(low, high, metric.decimals)
        )
    return {
        "Count": count_text(row["numerator"]),
        "Of": count_text(row["denominator"]),
        "Value": "" if metric.unit == "count" or value is None else value_text(metric, value),
        "Range": interval,
        BOUNDS: ""
        if row["lowest"] is None
        else bounds_range(metric, row["lowest"], row["highest"]),
        "Note": note,
    }


def matrix_table(answer: Answer) -> pandas.DataFrame:
    """People by role (rows) and severity (columns) with their sums, as texts; what is hidden or not recorded says so.

    A sum is of what is recorded: nothing is known of people whom the log has no word for.
    """
    silent = {Status.SUPPRESSED: HIDDEN, Status.NOT_RECORDED: "not recorded"}
    cells = {
        (row["role"], row["severity"]): silent.get(
            Status(row["status"]), count_text(row["numerator"])
        )
        for row in answer.rows
    }
    severities = list(dict.fromkeys(severity for _, severity in cells))
    roles = list(dict.fromkeys(role for role, _ in cells))
    counts = {
        (row["role"], row["severity"]): row["numerator"]
        for row in answer.rows
        if Status(row["status"]) is not Status.NOT_RECORDED
    }

    def total(rows: list[str], columns: list[str]) -> str:
        recorded = [
            place
            for role in rows
            for place in [(role, each) for each in columns]
            if place in counts
        ]
        return sum_text(counts[place] for place in recorded) if recorded else "not recorded"

    columns = {
        label_of(InjurySeverity, severity): [
            *(cells[(role, severity)] for role in roles),
            total(roles, [severity]),
        ]
        for severity in severities
    }
    columns[ALL] = [*(total([role], severities) for role in roles), total(roles, severities)]
    return pandas.DataFrame(columns, index=[*(label_of(InjuredRole, role) for role in roles), ALL])
