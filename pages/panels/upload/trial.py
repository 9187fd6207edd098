"""The steps of trying a mapped log: its first rows, a dry run, the load, and the profile to keep."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from outcomes.ingest.agency import PROFILE
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.preview import Preview
from outcomes.upload.answerable import ProfileAnswers, answers_of
from outcomes.upload.session import profile_archive, save_profile
from outcomes.upload.tables import preview_cells, preview_table
from outcomes.upload.text import (
    answered_sentence,
    doubtful_sentence,
    reading_sentence,
    report_lines,
    report_sentence,
)
from outcomes.upload.work import LoadWork, preview_from
from pages.panels.upload.state import run_look, show_error, start_load, wait_for
from pages.shell.cache import settings
from pages.shell.markdown import bullets, escape_but_bold, escape_markdown
from pages.shell.navigation import page_path

READ, COUNT = "Read them", "Count them"


def try_the_first_rows(work: LoadWork) -> None:
    """What is understood of the first hundred rows and what is not."""
    st.header("6. The first hundred rows", anchor=False)

    def look() -> Preview:
        return preview_from(run_look(work.preview_command(), "Reading the first rows."))

    found = _try(work, READ, ":material/table_rows:", look, "Nothing is stored by this.")
    if found is not None:
        st.markdown(bullets(map(reading_sentence, found.fields)))
        cells = preview_cells(found)
        st.markdown(escape_markdown(doubtful_sentence(cells)))
        st.dataframe(preview_table(cells), hide_index=True, height=320)


def try_all_rows(work: LoadWork) -> None:
    """A dry run: what would become of every row, and which figures the log will answer."""
    st.header("7. A dry run over all rows", anchor=False)

    def count() -> tuple[dict[str, Any], ProfileAnswers]:
        printed = run_look([*work.load_command(settings()), "--dry-run"], "Reading every row.")
        return json.loads(printed), answers_of(work.profile())

    quiet = "Nothing is stored by this either."
    found = _try(work, COUNT, ":material/calculate:", count, quiet)
    if found is None:
        return
    report, answers = found
    _show_report(report, "would be loaded")
    st.markdown(escape_but_bold(answered_sentence(answers)))
    with st.expander("Which figures, and what the others would need"):
        st.markdown(bullets(answers.recorded) or "- none")
        st.markdown("Not recorded:")
        st.markdown(bullets(f"{name}: {words}" for name, words in answers.not_recorded.items()))


def _try(
    work: LoadWork, button: str, icon: str, find: Callable[[], object], quiet: str
) -> Any | None:
    """What the button found through the profile as it is now; None, after a quiet word, where it has not."""
    if st.button(button, disabled=bool(work.complaint), icon=icon):
        try:
            work.keep(button, find())
        except LoadProblem as problem:
            show_error(work, problem)
            return None
    found = work.found_of(button)
    if found is None:
        st.caption(quiet)
    return found


def load_step(work: LoadWork) -> None:
    """Load the log, showing how far it is; then the ways to the pages."""
    st.header("8. Load it", anchor=False)
    is_tried = work.found_of(COUNT) is not None
    is_ready = is_tried and work.step is None
    if st.button("Load", type="primary", disabled=not is_ready, icon=":material/database:"):
        start_load(work)
    if not is_tried and work.step is None:
        st.caption("First count the rows: a load stores what the dry run showed.")
    if work.step is not None:
        st.caption("It goes on when you leave this page. Others can read the pages meanwhile.")
        try:
            work.loaded = json.loads(wait_for(work.step, "Loading."))
        except LoadProblem as problem:
            show_error(work, problem)
        # A reader who goes elsewhere leaves the step running, and finds it again here.
        if work.step.is_done:
            work.step = None
    if work.loaded is not None:
        _show_report(work.loaded, "are loaded")
        query = {"program": work.agency_id}
        st.page_link(page_path("overview"), label="To its overview", query_params=query)
        st.page_link(page_path("data_quality"), label="To what its log lacked", query_params=query)


def _show_report(report: Mapping[str, Any], words: str) -> None:
    st.markdown(escape_but_bold(report_sentence(report, words)))
    lines = bullets(report_lines(report))
    if lines:
        st.markdown(lines)


def save_profile_step(work: LoadWork) -> None:
    """Save the profile beside the others, or take it away."""
    st.header("Keep the profile", anchor=False)
    st.caption("The next export of this log is then read the same way, here or with the command.")
    is_there = (settings().agencies / work.agency_id / PROFILE).exists()
    replaces = is_there and st.checkbox("Replace the saved profile of this id", key="replaces")
    with st.container(horizontal=True):
        if st.button("Save it", icon=":material/save:", disabled=bool(work.complaint)):
            _save(work, replaces)
        st.download_button(
            "Download it",
            lambda: profile_archive(work.agency_id, work.text, work.types),
            file_name=f"{work.agency_id}-profile.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )


def _save(work: LoadWork, replaces: bool) -> None:
    try:
        work.write()
        work.profile()
        folder = save_profile(settings().agencies, work.agency_id, work.text, work.types, replaces)
    except LoadProblem as problem:
        show_error(work, problem)
        return
    st.success(f"Saved as {escape_markdown(folder.name)}.", icon=":material/check:")
