"""What pages show of times: their parts, targets, priorities and areas, the hours of the week, what was left out."""

import streamlit as st

from outcomes.analyses.response_times.exclusions import pooled_sentences
from outcomes.analyses.response_times.figure import has_hours, hours_figure, parts_figure
from outcomes.analyses.response_times.tables import (
    exclusion_table,
    hours_table,
    parts_finding,
    parts_table,
)
from outcomes.analyses.response_times.target import reader_target_sentence
from outcomes.answers.answer import Answer
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.charts.rows import has_points, interval_figure
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.sentences import finding
from outcomes.presentation.tables import answer_table
from outcomes.vocabulary.log import Breakdown, Status
from pages.shell.cache import fetch_answer, fetch_exclusions, fetch_reader_target, fetch_targets
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

WAIT = "response_min"
NOT_SAID = {
    Breakdown.PRIORITY: "No priority is recorded in this selection: calls of every priority are in one row.",
    Breakdown.AREA: "No area is recorded in this selection: every call is in one row.",
}


def _answer(page: Page, key: str, breakdown: Breakdown | None = None) -> Answer:
    answer = fetch_answer(page.snapshot, key, page.selection, breakdown)
    page.shown.append(answer)
    return answer


def _silent(page: Page, answer: Answer) -> None:
    words = answer.notes[-1] if answer.notes else "There is nothing to show in this selection."
    st.info(page.say_once(words), icon=":material/info:")


def show_pooled(page: Page) -> None:
    """What is together in these times although it need not be alike."""
    sentences = pooled_sentences(page.selection, page.snapshot)
    if sentences:
        st.caption(escape_markdown(" ".join(sentences)))


def show_targets(page: Page) -> None:
    """The targets that the chosen programs have set, each with what it is for."""
    sentences = fetch_targets(page.snapshot, page.selection)
    if sentences:
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))


def show_reader_target(page: Page) -> None:
    """How the waits stand to the target that the reader has set, where one is."""
    if page.target_min is None:
        st.caption("To hold the waits against a target of your own, set one in the sidebar.")
        return
    found = fetch_reader_target(page.snapshot, page.selection, page.target_min)
    with st.container(key="ro-sentence-reader-target"):
        st.markdown(reader_target_sentence(found))


def show_parts(page: Page, title: str) -> None:
    """Every interval with its median and 90th percentile, as Chart | Table."""
    st.header(title, anchor=False)
    pairs = [(_answer(page, key), _answer(page, P90_OF[key])) for key in P90_OF]
    if all(median.total.value is None for median, _ in pairs):
        _silent(page, pairs[0][0])
        return
    st.caption(
        "Each stretch by itself, over the responses that have both of its times. Medians of the parts do not add "
        "up to the median of the whole, and 90th percentiles even less: the call that waits long for a team is "
        "seldom the one with the long drive. The line through a point is its 95 % interval."
    )
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            parts_figure(pairs, page.is_dark),
            config=CONFIG,
            theme=None,
            key="time-parts",
            alt=parts_finding(pairs),
        )
        lacking = [
            one.metric.label.rpartition(", ")[0]
            for one, _ in pairs
            if one.total.status is Status.NOT_RECORDED
        ]
        if lacking:
            st.caption(escape_markdown(f"Not recorded: {'; '.join(lacking)}."))
    with table:
        st.table(parts_table(pairs), hide_index=True)


def show_waits_by(page: Page, by: Breakdown, title: str) -> None:
    """The median wait by priority or area as Chart | Table; the table alone where the log has but one row."""
    st.header(title, anchor=False)
    answer = _answer(page, WAIT, by)
    if not len(answer.table):
        _silent(page, answer)
        return
    rows = answer_table(answer, page.program_names).map(escape_markdown)
    if set(answer.table[answer.keys[-1]]) == {"not_recorded"}:
        st.caption(NOT_SAID[by])
        st.table(rows, hide_index=True)
        return
    st.caption(
        f"{answer.metric.definition} The line is the 95 % interval; the dotted line is everything together. "
        "Rows with few cases are in the table."
    )
    if not has_points(answer):
        st.table(rows, hide_index=True)
        return
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        figure = interval_figure(answer, page.program_names, page.is_dark)
        key = f"waits-{by.value}"
        st.plotly_chart(figure, config=CONFIG, theme=None, key=key, alt=finding(answer))
    with table:
        st.table(rows, hide_index=True)


def show_hours_of_week(page: Page, title: str) -> None:
    """The median wait by weekday and hour of the call as a map of the week, Chart | Table."""
    st.header(title, anchor=False)
    answer = _answer(page, WAIT, Breakdown.HOUR_OF_WEEK)
    if not len(answer.table):
        _silent(page, answer)
        return
    st.caption(
        "Median minutes from call to arrival by the hour in which the call came, local time, to the whole minute. "
        "In brackets: fewer than 30 cases, so that chance moves it much. A dash is hidden to protect people; an "
        "empty square had no response."
    )
    rows = hours_table(answer)
    if not has_hours(answer):
        st.caption("No hour of the week has enough cases to draw.")
        st.table(rows, hide_index=True)
        return
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            hours_figure(answer, page.is_dark),
            config=CONFIG,
            theme=None,
            key="hours-of-week",
            alt=finding(answer),
        )
    with table:
        st.table(rows, hide_index=True)


def show_exclusions(page: Page, title: str) -> None:
    """How many responses each interval uses, and why it does not use the others."""
    st.header(title, anchor=False)
    rows = fetch_exclusions(page.snapshot, page.selection)
    if not any(row.is_recorded for row in rows):
        st.info("No interval is recorded in this selection.", icon=":material/info:")
        return
    st.caption(
        "Used and left out add up to the responses of all logs that record an interval's times, for each by itself. Nothing is guessed: a time that cannot be right "
        "is not mended, and no response is dropped from any other interval for it."
    )
    st.table(exclusion_table(rows), hide_index=True)
