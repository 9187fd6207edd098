"""What pages show of times: their parts, targets, priorities and areas, the hours of the week, what was left out."""

import streamlit as st

from outcomes.analyses.response_times import exhibits
from outcomes.analyses.response_times.exclusions import (
    exclusions,
    pooled_sentences,
    target_sentences,
)
from outcomes.analyses.response_times.target import reader_target, reader_target_sentence
from outcomes.answers.answer import answer
from outcomes.metrics.response_times import P90_OF
from outcomes.vocabulary.log import Breakdown, View
from pages.panels.page_filters import TARGET
from pages.shell.cache import cached
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

WAIT = "response_min"


def show_pooled(page: Page) -> None:
    """What is together in these times although it need not be alike."""
    sentences = pooled_sentences(page.selection, page.snapshot)
    if sentences:
        st.caption(escape_markdown(" ".join(sentences)))


def show_targets(page: Page) -> None:
    """The targets that the chosen programs have set, each with what it is for."""
    sentences = target_sentences(page.selection, page.snapshot)
    if sentences:
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in sentences))


def show_reader_target(page: Page) -> None:
    """How the waits stand to the target that the reader has set, where one is."""
    target = page.query.get(TARGET)
    if page.selection.view is View.PUBLIC:
        st.caption("The public view compares the waits with no target of a reader's own.")
        return
    if target is None:
        st.caption(
            "To compare the waits with a target of your own, set one in the bar over the page."
        )
        return
    found = reader_target(float(target), page.selection, page.snapshot)
    say_large(reader_target_sentence(found), "reader-target")


def show_parts(page: Page, title: str) -> None:
    """Every interval with its median and 90th percentile."""
    pairs = [(cached(page, answer, key), cached(page, answer, P90_OF[key])) for key in P90_OF]
    show_exhibit(page, exhibits.parts_exhibit(pairs, title))


def show_waits_by(page: Page, by: Breakdown, title: str) -> None:
    """The median wait by priority or area."""
    found = cached(page, answer, WAIT, by)
    show_exhibit(page, exhibits.waits_exhibit(found, title, page.program_names))


def show_hours_of_week(page: Page, title: str) -> None:
    """The median wait by weekday and hour of the call; the public view has none, for an hour of the week is few people."""
    if page.selection.view is View.PUBLIC:
        show_exhibit(page, exhibits.no_hours_exhibit(title))
        return
    show_exhibit(
        page, exhibits.hours_exhibit(cached(page, answer, WAIT, Breakdown.HOUR_OF_WEEK), title)
    )


def show_exclusions(page: Page, title: str) -> None:
    """How many responses each interval uses, and why it does not use the others."""
    show_exhibit(page, exhibits.exclusions_exhibit(cached(page, exclusions), title, page.source))
