"""Exhibits of times: the parts of a response, the wait by priority, area and hour of the week, what was left out."""

from functools import partial

from outcomes.analyses.response_times.exclusions import Exclusions
from outcomes.analyses.response_times.figure import has_hours, hours_figure, parts_figure
from outcomes.analyses.response_times.tables import (
    exclusion_table,
    hour_texts,
    hours_table,
    parts_finding,
    parts_table,
)
from outcomes.answers.answer import Answer, Source
from outcomes.presentation.charts.rows import has_points, interval_figure
from outcomes.presentation.charts.series import row_series
from outcomes.presentation.exhibit import INTERVALS, Chart, Exhibit, Table, same_rows, why_empty
from outcomes.presentation.format import HIDDEN
from outcomes.presentation.sentences import chart_finding, finding, same_sentence
from outcomes.presentation.tables import answer_table
from outcomes.vocabulary.log import Breakdown, Status

NOT_SAID = {
    Breakdown.PRIORITY: "No priority is recorded in this selection: calls of every priority are in one row.",
    Breakdown.AREA: "No area is recorded in this selection: every call is in one row.",
}
PARTS = (
    "Each stretch by itself, over the responses that have both of its times. Medians of the parts do not add "
    "up to the median of the whole, and 90th percentiles even less. The line through a point is its 95% interval."
)
HOURS = (
    "Median minutes from call to arrival by the hour in which the call came, local time, to the whole minute. "
    "In brackets: fewer than 30 cases, so that chance moves it much. A dash is hidden to protect people; an "
    "empty square had no response."
)
EXCLUSIONS = (
    "Used and left out add up to the responses of all logs that record an interval's times. A time that cannot be right is "
    "left out of that interval alone; nothing is guessed or mended."
)


def parts_exhibit(pairs: list[tuple[Answer, Answer]], title: str) -> Exhibit:
    """Every interval with its median and 90th percentile."""
    answers = tuple(answer for pair in pairs for answer in pair)
    if all(median.total.value is None for median, _ in pairs):
        return Exhibit("time-parts", title, empty=why_empty(pairs[0][0]), answers=answers)
    lacking = [
        median.metric.label.rpartition(", ")[0]
        for median, _ in pairs
        if median.total.status is Status.NOT_RECORDED
    ]
    chart = Chart(
        partial(parts_figure, pairs),
        parts_finding(pairs),
        remarks=(f"Not recorded: {'; '.join(lacking)}.",) if lacking else (),
    )
    tables = (Table(parts_table(pairs)),)
    return Exhibit(
        "time-parts", title, caption=(PARTS,), charts=(chart,), tables=tables, answers=answers
    )


def waits_exhibit(answer: Answer, title: str, names: dict[str, str]) -> Exhibit:
    """The median wait by priority or area; the table alone where the rows do not differ."""
    assert answer.breakdown is not None
    key = f"waits-{answer.breakdown.value}"
    if not len(answer.table):
        return Exhibit(key, title, empty=why_empty(answer), answers=(answer,))
    is_one_row = set(answer.table[answer.keys[-1]]) == {"not_recorded"}
    same = "" if is_one_row else same_rows(answer, names)
    chart = Chart(
        partial(interval_figure, answer, names),
        finding(answer),
        finding=chart_finding(answer, names=names),
        series=row_series(answer, names),
    )
    return Exhibit(
        key,
        title,
        answer=same,
        caption=(
            NOT_SAID[answer.breakdown]
            if is_one_row
            else f"{answer.metric.definition} {'' if same else INTERVALS}".rstrip(),
        ),
        charts=(chart,) if has_points(answer) and not is_one_row and not same else (),
        tables=(Table(answer_table(answer, names)),),
        answers=(answer,),
    )


def hours_exhibit(answer: Answer, title: str) -> Exhibit:
    """The median wait by weekday and hour of the call, as a map of the week."""
    if not len(answer.table):
        return Exhibit("hours-of-week", title, empty=why_empty(answer), answers=(answer,))
    texts = [text for text in hour_texts(answer).values() if text != HIDDEN]
    same = same_sentence([("", text) for text in texts], len(texts), "hour") if texts[1:] else ""
    is_drawn = has_hours(answer) and not same
    chart = Chart(partial(hours_figure, answer), finding(answer), finding=chart_finding(answer))
    return Exhibit(
        "hours-of-week",
        title,
        answer=same,
        caption=(HOURS,)
        if is_drawn or same
        else (HOURS, "No hour of the week has enough cases to draw."),
        charts=(chart,) if is_drawn else (),
        tables=(Table(hours_table(answer)),),
        answers=(answer,),
    )


def no_hours_exhibit(title: str) -> Exhibit:
    """Why the public view does not tell the hours of the week."""
    return Exhibit(
        "hours-of-week",
        title,
        empty="The public view does not tell the hours of the week: one of them is few people.",
    )


def exclusions_exhibit(rows: tuple[Exclusions, ...], title: str, source: Source | None) -> Exhibit:
    """How many responses each interval uses, and why it does not use the others; source is of their log."""
    is_recorded = any(row.is_recorded for row in rows)
    return Exhibit(
        "exclusions",
        title,
        caption=(EXCLUSIONS,),
        tables=(Table(exclusion_table(rows)),),
        empty="" if is_recorded else "No interval is recorded in this selection.",
        source=source,
    )
