"""Answers as tables for people: every cell a text, so that what is not a number says why."""

from typing import Any

import pandas

from outcomes.answers.answer import Answer
from outcomes.presentation.sentences import STATUS_WORDS, grain_label, percent, value_text
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import Coverage, InjuredRole, InjurySeverity, Status

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
COVERAGE_WORDS = {Coverage.WHOLE: "", Coverage.PARTIAL: "in part", Coverage.GAP: "no records"}


def answer_table(answer: Answer, names: dict[str, str]) -> pandas.DataFrame:
    """The answer's rows and its total as texts: what, count, of, value, 95 % interval, note."""
    metric = answer.metric
    rows = []
    for row in answer.table.to_dict("records"):
        said: dict[str, str] = {}
        for key in answer.keys:
            if key == "coverage":
                continue
            words = KEY_WORDS.get(key, key.capitalize())
            said[words] = grain_label(key, row[key], metric, names)
        rows.append({**said, **_figure_texts(answer, row)})
    total = {name: getattr(answer.total, name) for name in ("numerator", "denominator", "value")}
    total |= {"low": answer.total.low, "high": answer.total.high, "status": answer.total.status}
    first = next((name for name in rows[0]), "") if rows else ""
    rows.append({first: "All", **_figure_texts(answer, total)})
    table = pandas.DataFrame(rows).fillna("")
    return table.loc[:, [bool(name) and _has_text(table[name]) for name in table.columns]]


def _has_text(column: pandas.Series) -> bool:
    return bool((column != "").any())


def _figure_texts(answer: Answer, row: dict[str, Any]) -> dict[str, str]:
    metric = answer.metric
    status = Status(row["status"])
    coverage = row.get("coverage") or Coverage.WHOLE.value
    note = STATUS_WORDS.get(status, "")
    if coverage != Coverage.WHOLE:
        note = ", ".join(part for part in (note, COVERAGE_WORDS[Coverage(coverage)]) if part)
    interval = ""
    if _known(row["low"]) and _known(row["high"]):
        low, high = (_plain_value(answer, row[end]) for end in ("low", "high"))
        interval = f"{low} to {high}"
    value = value_text(metric, row["value"]) if _known(row["value"]) else ""
    return {
        "Count": f"{row['numerator']:,.0f}" if _known(row["numerator"]) else "",
        "Of": f"{row['denominator']:,.0f}" if _known(row["denominator"]) else "",
        "Value": "" if metric.unit == "count" else value,
        "Range": interval,
        "Note": note,
    }


def _plain_value(answer: Answer, value: float) -> str:
    if answer.metric.unit == "share":
        return percent(value, max(answer.metric.decimals, 1))
    return f"{value:,.{answer.metric.decimals}f}"


def _known(value: object) -> bool:
    return value is not None and not pandas.isna(value)


def matrix_table(answer: Answer) -> pandas.DataFrame:
    """People by role (rows) and severity (columns), as texts; hidden cells say so."""
    cells = {
        (row["role"], row["severity"]): "hidden"
        if row["status"] == Status.SUPPRESSED
        else f"{row['numerator']:,.0f}"
        for row in answer.table.to_dict("records")
    }
    severities = list(dict.fromkeys(severity for _, severity in cells))
    roles = list(dict.fromkeys(role for role, _ in cells))
    return pandas.DataFrame(
        {
            label_of(InjurySeverity, severity): [cells[(role, severity)] for role in roles]
            for severity in severities
        },
        index=[label_of(InjuredRole, role) for role in roles],
    )
