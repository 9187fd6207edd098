"""What the page on outcomes shows beside the common parts: endings, referral steps, who came back, groups."""

from typing import Any

import pandas
import streamlit as st

from outcomes.analyses.scene_outcomes.analysis import referral_steps, together
from outcomes.analyses.scene_outcomes.figure import (
    disposition_figure,
    group_figure,
    referral_figure,
    repeat_figure,
)
from outcomes.analyses.scene_outcomes.tables import (
    endings_finding,
    endings_table,
    group_table,
    missing_by_group,
    repeat_table,
    step_table,
)
from outcomes.answers.answer import Answer
from outcomes.metrics.requirements import GROUP_NEEDS
from outcomes.presentation.charts.rows import has_bars
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.sentences import finding
from outcomes.vocabulary.log import GROUPS, Breakdown, Status
from pages.shell.cache import fetch_answer, fetch_groups, settings
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

REFERRALS = ("referral_offered_share", "referral_accepted_share", "service_connected_share")
REPEATS = ("repeat_contact_7_share", "repeat_contact_30_share", "repeat_contact_90_share")
HIDDEN = "Hidden to protect people: side by side, these counts would give a small one away."
SERVED = (
    "Each response has one ending. Served says that the team dealt with someone, whatever came of it; unable to locate, "
    "refused, cancelled and left for safety are never served. Bars show counts with their share of all responses."
)
GROUP_LIMITS = (
    "What this table can show: what happened to the people met, group by group, each column over the "
    "responses whose log records it. What it cannot: how often it happens to "
    "people of a group who live there, for nobody has divided by their number; and it is no test of bias, for groups "
    "differ in the calls that are made about them. Who was not met or not asked is not recorded."
)
GROUP_WORDS = {
    Breakdown.AGE_BAND: "age",
    Breakdown.GENDER: "gender",
    Breakdown.RACE_ETHNICITY: "race and ethnicity",
}


def show_dispositions(page: Page) -> None:
    """How responses ended, served apart from not served, as Chart | Table."""
    answer = _fetch(page, "dispositions", Breakdown.DISPOSITION)
    page.shown.append(answer)
    if not len(answer.table):
        st.info(page.say_once(answer.notes[-1]), icon=":material/info:")
        return
    st.caption(SERVED)
    _say_asides(page, answer)
    _chart_and_table(
        "dispositions",
        disposition_figure(answer, page.is_dark) if has_bars(answer) else None,
        endings_finding(answer),
        endings_table(answer),
    )


def show_referrals(page: Page) -> None:
    """From the offer to the service, step by step, as Chart | Table."""
    answers = [_fetch(page, key) for key in REFERRALS]
    offered = answers[0].total.status
    if offered is Status.NOT_RECORDED:
        st.info(page.say_once(answers[0].notes[-1]), icon=":material/info:")
        return
    steps = referral_steps(answers, settings().rule)
    if not steps:
        st.info("There is no contact." if offered is Status.NO_CASES else HIDDEN)
        return
    page.shown += answers
    st.caption(
        "Counted over the contacts whose log says whether a referral was offered. Each percentage is a share of the step "
        "before; contacts whose log does not say are left out of the step."
    )
    table = step_table(steps)
    words = "Referral steps. " + "; ".join(
        f"{step.words} {'not recorded' if step.count is None else f'{step.count:,}'}"
        for step in steps
    )
    words += "."
    _chart_and_table("referrals", referral_figure(steps, page.is_dark), words, table)


def show_repeats(page: Page) -> None:
    """Who was met again within each window, with how many contacts could be followed, as Chart | Table."""
    answers = [_fetch(page, key) for key in REPEATS]
    middle = answers[1]
    if middle.source.first_day is None:
        st.info(page.say_once(middle.notes[-1]), icon=":material/info:")
        return
    if not together(answers, settings().rule):
        # The sentence above tells this one anyway.
        answers = [middle]
        st.caption(f"{HIDDEN} One window stands alone.")
    page.shown += answers
    # The window in the middle speaks for all of them.
    _say_asides(page, middle)
    table = repeat_table(answers)
    has_value = any(found.total.value is not None for found in answers)
    _chart_and_table(
        "repeats",
        repeat_figure(answers, page.is_dark) if has_value else None,
        " ".join(finding(found) for found in answers),
        table,
    )


def show_groups(page: Page) -> None:
    """What happened by age, by gender, and by race and ethnicity, each where the log records it."""
    st.caption(GROUP_LIMITS)
    for breakdown in GROUPS:
        st.subheader(f"By {GROUP_WORDS[breakdown]}", anchor=False)
        _show_group(page, breakdown)


def _show_group(page: Page, breakdown: Breakdown) -> None:
    contacts, *recorded = fetch_groups(page.snapshot, page.selection, breakdown)
    if not len(contacts.table):
        st.info(page.say_once(contacts.notes[-1]), icon=":material/info:")
        return
    need = GROUP_NEEDS[breakdown].words
    # What the caption says of the whole table is not said again of each column.
    page.said |= {note for found in (contacts, *recorded) for note in found.notes if need in note}
    page.shown += [contacts, *recorded]
    excluded = [note for note in contacts.notes if need in note]
    missing = missing_by_group(recorded)
    if missing:
        excluded.append(f"Not recorded by this group: {missing}.")
    if excluded:
        st.caption(escape_markdown(" ".join(excluded)))
    _chart_and_table(
        f"groups-{breakdown.value}",
        group_figure(contacts, page.is_dark) if has_bars(contacts) else None,
        finding(contacts),
        group_table(contacts, recorded),
    )


def _chart_and_table(
    key: str,
    figure: Any,
    words: str,
    table: pandas.DataFrame,
) -> None:
    """A chart beside its table; the table alone where nothing can be drawn."""
    if figure is None:
        st.table(table.map(escape_markdown), hide_index=True)
        return
    chart, rows = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(figure, config=CONFIG, theme=None, key=f"outcome-{key}", alt=words)
    with rows:
        st.table(table.map(escape_markdown), hide_index=True)


def _say_asides(page: Page, answer: Answer) -> None:
    """Where the figures come from and what could not be followed, said here and not again among the notes."""
    tails = [sentence.split("{count:,}")[1] for _, sentence in answer.metric.asides]
    told = [note for note in answer.notes if any(note.endswith(tail) for tail in tails)]
    page.said |= set(told)
    if told:
        st.caption(escape_markdown(" ".join(told)))


def _fetch(page: Page, metric_key: str, breakdown: Breakdown | None = None) -> Answer:
    return fetch_answer(page.snapshot, metric_key, page.selection, breakdown)
