"""Tables of times for people: the intervals of a response, what was left out of them, the hours of the week."""

import pandas

from outcomes.analyses.response_times.exclusions import Exclusions
from outcomes.answers.answer import Answer
from outcomes.presentation.format import (
    HIDDEN,
    STATUS_WORDS,
    count_text,
    decimal_text,
    number_range,
)
from outcomes.presentation.tables import ALL, sum_text
from outcomes.vocabulary.labels import WEEKDAYS, hour_label, label
from outcomes.vocabulary.log import IntervalName, Status

FROM_TO = {
    IntervalName.CALL_PROCESSING: "call to dispatch",
    IntervalName.TURNOUT: "dispatch to setting out",
    IntervalName.TRAVEL: "setting out to arrival",
    IntervalName.RESPONSE: "call to arrival",
    IntervalName.ON_SCENE: "arrival to clearing",
    IntervalName.COMMITTED: "dispatch to clearing",
}
REASON_WORDS = {
    "missing": "Left out: a time is missing",
    "negative": "Left out: ends before it begins",
    "zero": "Left out: exactly zero",
    "over_range": "Left out: longer than believable",
    "not_a_call": "Left out: not begun by a call",
}


def interval_label(interval: IntervalName | None) -> str:
    """An interval's name with its ends, such as 'Turnout: dispatch to setting out'; empty for none."""
    if interval is None:
        return ""
    if interval is IntervalName.RESPONSE:
        return "The whole wait: call to arrival"
    return f"{label(interval)}: {FROM_TO[interval]}"


def parts_table(pairs: list[tuple[Answer, Answer]]) -> pandas.DataFrame:
    """One row per interval: median and 90th percentile in minutes, each with its limits, and the responses."""
    rows = []
    for median, p90 in pairs:
        rows.append(
            {
                "Interval": interval_label(median.metric.interval),
                "Median": _minutes(median),
                "Median, range": _range(median),
                "90th percentile": _minutes(p90),
                "90th percentile, range": _range(p90),
                "Responses": count_text(median.total.denominator or None),
            }
        )
    return pandas.DataFrame(rows)


def parts_finding(pairs: list[tuple[Answer, Answer]]) -> str:
    """What the figure of the intervals shows, in one text without markup: its alternative text."""
    parts = []
    for median, p90 in pairs:
        if median.total.value is None:
            continue
        nine = (
            f", nine of ten within {decimal_text(p90.total.value, 1)}"
            if p90.total.value is not None
            else ""
        )
        name = interval_label(median.metric.interval)
        parts.append(f"{name}, half within {decimal_text(median.total.value, 1)} minutes{nine}.")
    return " ".join(parts)


def _minutes(answer: Answer) -> str:
    total = answer.total
    if total.value is None:
        return STATUS_WORDS[total.status]
    few = " (few cases)" if total.status is Status.UNSTABLE else ""
    return f"{decimal_text(total.value, 1)}{few}"


def _range(answer: Answer) -> str:
    total = answer.total
    if total.low is None or total.high is None:
        return ""
    return number_range(total.low, total.high, 1)


def exclusion_table(rows: tuple[Exclusions, ...]) -> pandas.DataFrame:
    """By interval: the responses that are used, then those that are not, by reason; a reason that none has
    is not listed. Narrow, so that it fits a phone."""
    said = []
    for row in rows:
        name = interval_label(row.interval)
        for place, (what, count) in enumerate(_lines(row)):
            said.append({"Interval": "" if place else name, "Responses": what, "Number": count})
    return pandas.DataFrame(said)


def _lines(row: Exclusions) -> list[tuple[str, str]]:
    if not row.is_recorded:
        return [(STATUS_WORDS[Status.NOT_RECORDED], "")]
    used = count_text(row.usable_count, HIDDEN)
    known = {name: count for name, count in row.reasons.items() if count is not None}
    if not known:
        return [("Used", used), ("Left out", HIDDEN)]
    left = [(REASON_WORDS[name], count_text(count)) for name, count in known.items() if count]
    whole = (
        []
        if row.usable_count is None or len(known) < len(row.reasons)
        else [(ALL, sum_text([row.usable_count, *known.values()]))]
    )
    return [("Used", used), *(left or [("Left out", "0")]), *whole]


def hour_texts(answer: Answer) -> dict[tuple[int, int], str]:
    """The text of each hour of the week that has one, by weekday (1 to 7) and hour: minutes, in brackets
    where cases are few, or 'hidden'. An hour without a response has none."""
    texts = {}
    for row in answer.rows:
        if row["weekday"] is None:
            continue
        place = (int(row["weekday"]), int(row["hour"]))
        if row["status"] == Status.SUPPRESSED:
            texts[place] = HIDDEN
        elif row["value"] is not None:
            value = count_text(row["value"])
            texts[place] = f"({value})" if row["status"] == Status.UNSTABLE else value
    return texts


def hours_table(answer: Answer) -> pandas.DataFrame:
    """Minutes by hour (rows, midnight first) and weekday (columns, Monday first), as texts."""
    texts = hour_texts(answer)
    return pandas.DataFrame(
        {
            "Hour": hour_label(hour),
            **{
                name[:3]: texts.get((weekday, hour), "")
                for weekday, name in enumerate(WEEKDAYS, start=1)
            },
        }
        for hour in range(24)
    )
