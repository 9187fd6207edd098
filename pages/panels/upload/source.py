"""The first step of bringing a log in: choose its files and its profile, and look at them."""

import streamlit as st

from outcomes.ingest.draft.draft import agency_id_of
from outcomes.ingest.errors import LoadProblem
from outcomes.presentation.format import decimal_text
from outcomes.upload.session import UploadSession, known_agencies, waiting_files
from outcomes.upload.text import in_words
from outcomes.upload.work import LoadWork, look_at
from outcomes.vocabulary.log import View
from pages.panels.upload.state import begin_work, current_work, end_work, run_look, uploads_so_far
from pages.shell.cache import settings
from pages.shell.frame import Page, end_page
from pages.shell.markdown import bullets, escape_markdown

NEW = "Draft a new profile"


def choose_files_step(page: Page) -> LoadWork:
    """The log at work, after its files and its profile were chosen; until then the page ends here."""
    work = current_work()
    if page.selection.view is View.PUBLIC:
        work = None
        st.info("The public view brings no logs in.", icon=":material/lock:")
    elif not settings().load_page:
        st.info(
            "Bringing logs in on this page is turned off on this server (OUTCOMES_LOAD_PAGE). "
            "Load with the command: `python -m outcomes load YOUR_EXPORT --agency YOUR_AGENCY`",
            icon=":material/lock:",
        )
    else:
        st.header("1. Bring the export", anchor=False)
        if work is None:
            _choose_files()
        else:
            _show_chosen(work)
    if work is None:
        end_page(page)
        st.stop()
    return work


def _choose_files() -> None:
    st.markdown(
        "Bring the file as your dispatch system or your own records give it: CSV, Excel, OpenDocument, Parquet or "
        "JSON lines, also in gzip. Names, addresses, phone numbers, birth dates and free text are never "
        "stored, whatever is chosen below."
    )
    uploads = st.file_uploader(
        "The export: one or several files of one log",
        accept_multiple_files=True,
        key=f"uploads-{uploads_so_far()}",
    )
    waiting = {path.name: path for path in waiting_files(settings().inbox)}
    chosen = []
    if waiting:
        chosen = st.multiselect(
            "Or files that wait in the server's folder", list(waiting), key="inbox"
        )
    first = uploads[0].name if uploads else chosen[0] if chosen else ""
    profile = st.selectbox(
        "How to read it",
        [NEW, *known_agencies(settings().agencies)],
        key="profile-choice",
        help="A profile says how to read one agency's export. The first time, a draft is made from the file.",
    )
    agency_id, name = profile, ""
    if profile == NEW:
        name = st.text_input(
            "Name of the program", placeholder="as the pages show it", key=f"name-{first}"
        ).strip()
        agency_id = st.text_input(
            "A short id for the program: lower-case letters, digits, hyphens",
            value=agency_id_of(name or first) if name or first else "",
            key=f"id-{first}-{name}",
            help="It names the profile's folder and stands in links. It cannot be changed later.",
        )
    if not st.button("Look at it", type="primary", disabled=not first, icon=":material/search:"):
        return
    place = UploadSession()
    try:
        for upload in uploads or ():
            place.add_file(upload.name, upload.getvalue())
        place.files += [waiting[name] for name in chosen]
        agencies = None if profile == NEW else settings().agencies
        work = look_at(
            place,
            agency_id.strip(),
            agencies,
            lambda words: run_look(words, "Looking at the export."),
        )
        work.take_name(name)
        begin_work(work)
    except LoadProblem as problem:
        place.close()
        st.error(escape_markdown(str(problem)), icon=":material/error:")
        return
    st.rerun()


def _show_chosen(work: LoadWork) -> None:
    size = sum(path.stat().st_size for path in work.place.files if path.exists())
    names = ", ".join(path.name for path in work.place.files)
    st.markdown(
        f"**{escape_markdown(names)}** ({escape_markdown(decimal_text(size / 1e6, 1))} MB), program id **{escape_markdown(work.agency_id)}**."
    )
    for sentence in work.summary:
        st.markdown(bullets([in_words(sentence)]))
    if st.button("Start over with another export", icon=":material/restart_alt:"):
        end_work()
        st.rerun()
