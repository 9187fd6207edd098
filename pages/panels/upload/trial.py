"""The steps of trying a mapped log: its first rows, a dry run, the load, and the profile to keep."""

import json
from typing import Any

import pandas
import streamlit as st

from outcomes.ingest.agency import agency_folder, read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.upload.answerable import answers_of
from outcomes.upload.session import profile_archive, save_profile
from outcomes.upload.text import reading_sentence, row_cells
from pages.panels.upload.state import (
    LoadWork,
    current_work,
    preview_from,
    run_look,
    save_working_copy,
    show_error,
    start_load,
    wait_for,
)
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import page_path

COUNTS = ("rows_read", "loaded", "filtered", "rejected", "unchanged")


def try_the_first_rows() -> None:
    """What is understood of the first hundred rows and what is not."""
    work = current_work()
    if work is None:
        return
    st.header("6. The first hundred rows", anchor=False)
    if st.button("Read them", disabled=bool(work.complaint), icon=":material/table_rows:"):
        try:
            words = ["profile", "preview", str(work.place.files[0]), *save_working_copy(work)]
            printed = run_look([*words, "--format", "json"], "Reading the first rows.")
            work.keep("preview", preview_from(printed))
        except LoadProblem as problem:
            show_error(work, problem)
            return
    preview = work.found_of("preview")
    if preview is None:
        st.caption("Nothing is stored by this.")
        return
    st.markdown("\n".join(f"- {reading_sentence(reading)}" for reading in preview.fields))
    fields = [reading.field for reading in preview.fields]
    rows = pandas.DataFrame([row_cells(row, fields) for row in preview.rows])
    st.dataframe(rows, hide_index=True, height=320)


def try_all_rows() -> None:
    """A dry run: what would become of every row, and which figures the log will answer."""
    work = current_work()
    if work is None:
        return
    st.header("7. A dry run over all rows", anchor=False)
    if st.button("Count them", disabled=bool(work.complaint), icon=":material/calculate:"):
        try:
            words = ["load", *map(str, work.place.files), *save_working_copy(work), *_limits()]
            printed = run_look([*words, "--dry-run"], "Reading every row.")
            profile = read_profile(agency_folder(work.place.agencies, work.agency_id))
            work.keep("dry run", (json.loads(printed), answers_of(profile)))
        except LoadProblem as problem:
            show_error(work, problem)
            return
    found = work.found_of("dry run")
    if found is None:
        st.caption("Nothing is stored by this either.")
        return
    report, answers = found
    _show_report(report, "would be loaded")
    st.markdown(
        f"**{len(answers.recorded)} of {len(answers.recorded) + len(answers.not_recorded)} figures** "
        "will have an answer from this log; the others say “not recorded”."
    )
    with st.expander("Which figures, and what the others would need"):
        st.markdown("\n".join(f"- {name}" for name in answers.recorded) or "- none")
        st.markdown("Not recorded:")
        st.markdown("\n".join(f"- {name}: {words}" for name, words in answers.not_recorded.items()))


def load_step() -> None:
    """Load the log, showing how far it is; then the ways to the pages."""
    work = current_work()
    if work is None:
        return
    st.header("8. Load it", anchor=False)
    is_tried = work.found_of("dry run") is not None
    if st.button("Load", type="primary", disabled=not is_tried or work.step is not None,
                 icon=":material/database:"):  # fmt: skip
        words = ["load", *map(str, work.place.files), *save_working_copy(work), *_limits()]
        start_load(work, words)
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


def _limits() -> list[str]:
    rows = ["--most-rows", str(settings().most_uploaded_rows)]
    return [*rows, "--store", str(settings().store), "--format", "json"]


def _show_report(report: dict[str, Any], words: str) -> None:
    counts = {name: report[name] for name in COUNTS}
    new = counts["loaded"] + counts["unchanged"]
    st.markdown(
        f"**{counts['rows_read']:,}** rows read: **{counts['loaded']:,}** {words}, "
        f"{counts['unchanged']:,} are there already, {counts['filtered']:,} are left out for a reason, "
        f"{counts['rejected']:,} break a rule and are kept aside."
        + ("" if new else " Nothing of this log is kept.")
    )
    lines = [f"- {reason}: {rows:,}" for reason, rows in report["reasons"].items()]
    lines += [f"- {note}" for note in report["notes"]]
    if lines:
        st.markdown(escape_markdown("\n".join(lines)).replace("\n\\- ", "\n- ").removeprefix("\\"))


def save_profile_step() -> None:
    """Save the profile beside the others, or take it away."""
    work = current_work()
    if work is None:
        return
    st.header("Keep the profile", anchor=False)
    st.caption("The next export of this log is then read the same way, here or with the command.")
    is_there = (settings().agencies / work.agency_id / "profile.toml").exists()
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
        save_working_copy(work)
        read_profile(agency_folder(work.place.agencies, work.agency_id))
        folder = save_profile(settings().agencies, work.agency_id, work.text, work.types, replaces)
    except LoadProblem as problem:
        show_error(work, problem)
        return
    st.success(f"Saved as {escape_markdown(folder.name)}.", icon=":material/check:")
