"""The first step of bringing a log in: choose its files and its profile, and look at them."""

import json
from pathlib import Path

import streamlit as st

from outcomes.ingest.draft.draft import agency_id_of
from outcomes.ingest.errors import LoadProblem
from outcomes.presentation.format import decimal_text
from outcomes.upload.session import UploadSession, waiting_files
from outcomes.upload.text import in_words
from pages.panels.upload.state import (
    LoadWork,
    begin_work,
    columns_from,
    current_work,
    end_work,
    run_look,
    uploads_so_far,
)
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown

NEW = "Draft a new profile"


def choose_files_step() -> None:
    """Choose the export's files, and a known profile or a new one; then look at the export."""
    if not settings().load_page:
        st.info(
            "Bringing logs in on this page is turned off on this server (OUTCOMES_LOAD_PAGE). "
            "Load with the command: `python -m outcomes load YOUR_EXPORT --agency YOUR_AGENCY`",
            icon=":material/lock:",
        )
        return
    work = current_work()
    st.header("1. Bring the export", anchor=False)
    if work is not None:
        _at_work(work)
        return
    st.markdown(
        "Bring the file as your dispatch system or your own records give it: CSV, Excel, Parquet or JSON "
        "lines, also in gzip. Names, addresses, phone numbers, birth dates and free text are never "
        "stored, whatever is chosen below."
    )
    uploads = st.file_uploader(
        "The export: one or several files of one log",
        accept_multiple_files=True,
        key=f"uploads-{uploads_so_far()}",
    )
    waiting = {path.name: path for path in waiting_files(settings().inbox)}
    chosen = (
        st.multiselect("Or files that wait in the server's folder", list(waiting), key="inbox")
        if waiting
        else []
    )
    known = sorted(path.parent.name for path in settings().agencies.glob("*/profile.toml"))
    profile = st.selectbox(
        "How to read it",
        [NEW, *known],
        key="profile-choice",
        help="A profile says how to read one agency's export. The first time, a draft is made from the file.",
    )
    first = uploads[0].name if uploads else chosen[0] if chosen else ""
    agency_id = profile
    if profile == NEW:
        agency_id = st.text_input(
            "A short id for the program: lower-case letters, digits, hyphens",
            value=agency_id_of(first) if first else "",
            key=f"id-{first}",
            help="It names the profile's folder and stands in links. It cannot be changed later.",
        )
    if st.button("Look at it", type="primary", disabled=not first, icon=":material/search:"):
        place = UploadSession()
        try:
            for upload in uploads or ():
                place.add_file(upload.name, upload.getvalue())
            place.files += [waiting[name] for name in chosen]
            begin_work(_looked_at(place, agency_id.strip(), profile != NEW))
        except LoadProblem as problem:
            place.close()
            st.error(escape_markdown(str(problem)), icon=":material/error:")
            return
        st.rerun()


def _at_work(work: LoadWork) -> None:
    size = sum(path.stat().st_size for path in work.place.files if path.exists())
    names = ", ".join(path.name for path in work.place.files)
    st.markdown(
        f"**{escape_markdown(names)}** ({decimal_text(size / 1e6, 1)} MB), program id **{escape_markdown(work.agency_id)}**."
    )
    for one in work.summary:
        st.markdown(f"- {escape_markdown(in_words(one))}")
    if st.button("Start over with another export", icon=":material/restart_alt:"):
        end_work()
        st.rerun()


def _looked_at(place: UploadSession, agency_id: str, is_known: bool) -> LoadWork:
    """The log with its profile: the known one, or a draft made from the first file."""
    log: Path = place.files[0]
    base, types = place.take_agency(settings().agencies, agency_id) if is_known else ("", None)
    words = ["profile", "draft", str(log), "--agency", agency_id, "--format", "json"]
    try:
        drafted = json.loads(run_look(words, "Looking at the export."))
    except LoadProblem as problem:
        if not is_known:
            raise
        # A known profile can read what a draft cannot look at, such as several files in a zip.
        drafted = {"columns": [], "summary": [f"The columns cannot be listed here: {problem}"]}
    if not is_known:
        base, types = drafted["profile"], drafted["call_types"]
    return LoadWork(
        place=place,
        agency_id=agency_id,
        base=base,
        text=base,
        base_types=types,
        types=types,
        columns=columns_from(drafted["columns"]),
        summary=tuple(drafted["summary"]),
        is_known=is_known,
    )
