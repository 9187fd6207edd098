"""What the page of demand and coverage shows: the block with most missed calls, the week, areas, the file."""

import streamlit as st

from outcomes.analyses.demand.analysis import METRIC, Demand, demand
from outcomes.analyses.demand.figure import week_figure
from outcomes.analyses.demand.text import (
    PUBLIC_WHAT,
    area_table,
    mismatch_sentences,
    most_missed_sentence,
    staffed_sentence,
    week_csv,
    week_finding,
    week_notes,
    week_table,
    what_words,
    within_service_sentence,
)
from outcomes.answers.answer import answer
from outcomes.presentation.charts.rows import has_points, interval_figure
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.citation import citation
from outcomes.presentation.sentences import finding
from outcomes.vocabulary.log import Breakdown
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown
from pages.shell.page_filters import SHOW

QUERIES = ("eligible_hours", "hours_mismatches")
NO_CALL_TYPES = (
    "The hours of the week are kept for all call types together, so that they cannot be told for the chosen ones. "
    "Take the call types out of the selection to see the week. Reasons and areas below are for the chosen call types."
)
NO_WEEK = "The week is hidden: the counts are so small that they could point to people."


def begin_demand(page: Page) -> Demand:
    """The week of the selection, as this view may see it."""
    page.queries += QUERIES
    return cached(page, demand)


def show_most_missed(found: Demand) -> None:
    """The weekday and hours with most missed calls, and the same within the team's hours and area."""
    sentences = [most_missed_sentence(found), within_service_sentence(found)]
    said = " ".join(sentence for sentence in sentences if sentence)
    if said:
        with st.container(key="ro-sentence-most-missed"):
            st.markdown(said)


def show_week(page: Page, of: Demand, title: str) -> None:
    """The map of the week with the staffed hours outlined, as Chart | Table; or why there is none."""
    st.header(title, anchor=False)
    if not of.is_recorded:
        st.info(page.say_once(of.answer.notes[-1]), icon=":material/info:")
        return
    if of.has_call_types:
        st.info(NO_CALL_TYPES, icon=":material/info:")
        return
    if not of.places:
        st.info(NO_WEEK if of.is_public else "There are no eligible calls in this selection.",
                icon=":material/info:")  # fmt: skip
        return
    what = page.query.get(SHOW, PUBLIC_WHAT[0])
    if of.is_public and what not in PUBLIC_WHAT:
        st.caption(
            "In the public view the week is not told by reason; all reasons are together here."
        )
        what = PUBLIC_WHAT[0]
    each = (
        "by six hours, so that no small count stands in a square. A dash is hidden to protect people."
        if of.is_public
        else "by the hour in which the call came."
    )
    st.caption(
        f"**{what_words(what)}**, local time, {each} “Show in the week” in the sidebar changes what is shown."
    )
    st.markdown(escape_markdown(staffed_sentence(of)))
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            week_figure(of, what, page.is_dark),
            config=CONFIG,
            theme=None,
            key="week",
            alt=week_finding(of, what),
        )
    with table:
        st.table(week_table(of, what), hide_index=True)
    said = [*week_notes(of), *mismatch_sentences(of)]
    if said:
        st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in said))


def show_areas(page: Page, title: str) -> None:
    """Eligible calls, missed calls and the share reached by area, as Chart | Table."""
    st.header(title, anchor=False)
    areas = cached(page, answer, METRIC, Breakdown.AREA)
    page.shown.append(areas)
    if not len(areas.table):
        st.info(page.say_once(areas.notes[-1] if areas.notes else "There is nothing to show."),
                icon=":material/info:")  # fmt: skip
        return
    has_unknown = any("does not say whether the team arrived" in note for note in areas.notes)
    rows = area_table(areas, has_unknown or areas.total.value is None, page.program_names)
    if set(areas.table["area_id"]) == {"not_recorded"}:
        st.caption("No area is recorded in this selection: every call is in one row.")
    if areas.table["program_id"].nunique() > 1:
        # Two cities can have an area of the same name.
        st.caption("Choose one program to see its areas drawn.")
    if areas.table["program_id"].nunique() > 1 or not has_points(areas):
        st.table(rows.map(escape_markdown), hide_index=True)
        return
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.caption(
            "Share not reached; the line is the 95 % interval, the dotted line everything together."
        )
        figure = interval_figure(areas, page.program_names, page.is_dark)
        st.plotly_chart(figure, config=CONFIG, theme=None, key="missed-areas", alt=finding(areas))
    with table:
        st.table(rows.map(escape_markdown), hide_index=True)


def offer_week_file(page: Page, found: Demand) -> None:
    """The week as CSV, with every count that this view may see."""
    if not found.places:
        return
    st.download_button(
        "Hours of the week as CSV",
        week_csv(found, citation(found.answer, page.link)),
        file_name="hours-of-the-week.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="csv-week",
    )
