"""begin_page and end_page: what stands around every page."""

from dataclasses import dataclass, field

import streamlit as st

from outcomes.answers.answer import Answer, Source, answer
from outcomes.answers.period_change import CompareWith
from outcomes.presentation.exhibit import CsvFile, Exhibit
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot
from outcomes.store.warehouse import StoreProblem
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import DataKind, View
from pages.shell import cache as fetch
from pages.shell.demo_store import ensure_store
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import ensure_routed, find_page, page_path
from pages.shell.page import AnyPage
from pages.shell.selection_bar import VIEW_WORDS, choose
from pages.shell.styles import draw_style
from pages.shell.take_away import offer_csv
from pages.shell.url_state import complain


@dataclass(kw_only=True)
class Page(AnyPage):
    """One run of one page about logs: what is chosen, and which answers it has shown so far."""

    # the snapshot that this whole run reads
    snapshot: Snapshot
    selection: Selection
    compare_with: CompareWith
    # names of programs by id
    program_names: dict[str, str]
    # answers shown, in order, for "take it away" and the footer
    shown: list[Answer] = field(default_factory=list)
    # where the figures come from, told in the footer; set with the context line
    source: Source | None = None
    # query files of what is shown beside the answers
    queries: list[str] = field(default_factory=list)

    def take(self, exhibit: Exhibit) -> None:
        """Keep its answers and queries for the notes, the files and the footer."""
        super().take(exhibit)
        self.shown += exhibit.answers
        self.queries += exhibit.queries

    def offer(self, csv: CsvFile) -> None:
        """A button for the file, where it stands."""
        offer_csv(csv)


def begin_page(name: str, has_selection: bool = True) -> Page:
    """Draw the frame of a page and return what is chosen; stops the run kindly where nothing can be shown."""
    ensure_routed()
    entry = find_page(name)
    draw_style()
    try:
        ensure_store()
        snapshot = fetch.snapshot()
        programs = snapshot.programs
    except StoreProblem as problem:
        st.error(escape_markdown(str(problem)), icon=":material/error:")
        st.stop()
    chosen = choose(programs, name)
    page = Page(
        entry=entry,
        snapshot=snapshot,
        selection=chosen.selection,
        compare_with=chosen.compare_with,
        query=chosen.query,
        given={
            "snapshot": snapshot,
            "selection": chosen.selection,
            "rule": fetch.settings().rule,
            "baseline": fetch.settings().baseline_points,
        },
        program_names={program.program_id: program.program_name for program in programs},
        is_dark=st.context.theme.type == "dark",
    )
    complain(chosen.complaints)
    if has_selection:
        _context_line(page)
    st.title(entry.question, anchor=False)
    fetch.freeze_gc()
    return page


def _context_line(page: Page) -> None:
    """Program, period, view, data as of, real or made up; stops kindly where the period has no data."""
    try:
        source = fetch.cached(page, answer, "responses").source
    except SelectionError as problem:
        st.title(page.entry.question, anchor=False)
        st.info(escape_markdown(str(problem)), icon=":material/event_busy:")
        st.stop()
    page.source = source
    names = source.programs
    who = names[0] if len(names) == 1 else f"{len(names)} programs"
    first = page.selection.first_month or source.first_day
    last = page.selection.last_month or source.last_day
    period = f"{first:%b %Y} to {last:%b %Y}" if first and last else "no dated records"
    as_of = f"data to {source.last_day:%d %b %Y}" if source.last_day else "no date"
    kind = label(source.data_kind)
    view = label(View(page.selection.view))
    st.caption(f"{who} · {period} · {view} · {as_of} · **{kind}**")
    if source.data_kind is DataKind.MADE_UP:
        st.info(
            "These are made-up logs of made-up cities, to show what the pages do.",
            icon=":material/science:",
        )
        st.page_link(
            page_path("load_a_log"), label="Load a log of your own", icon=":material/upload_file:"
        )
    if page.selection.view is View.PUBLIC:
        st.info(
            "Public view: counts of people from 1 to "
            f"{fetch.settings().smallest_public_count - 1} are hidden{_reportable()}. Two different selections can "
            "still be compared with each other, so check before you publish more than one.",
            icon=":material/visibility_off:",
        )


def _reportable() -> str:
    """What the agency's policy shows however small."""
    if not fetch.settings().rule.safety_events_reportable:
        return ""
    return "; a whole program's safety events over a quarter or longer are shown however few"


def end_page(page: Page) -> None:
    """Draw the footer: where the figures come from."""
    st.divider()
    source = page.source
    if source is None:
        return
    cover = (
        f"{source.first_day:%d %b %Y} to {source.last_day:%d %b %Y}"
        if source.first_day and source.last_day
        else "no dated records"
    )
    owners = ", ".join(source.data_owners)
    of_answers = [answer.source.query for answer in page.shown]
    asked = ", ".join(dict.fromkeys([*of_answers, *page.queries]))
    queries = f" Queries: {asked}." if asked else ""
    st.caption(
        f"Source: logs of {', '.join(source.programs)} ({label(source.data_kind)}; data owner: "
        f"{owners}). Coverage: {cover}. {VIEW_WORDS[View(page.selection.view)]} view. "
        f"Snapshot {source.snapshot}.{queries} Definitions: see Methods."
    )
