"""begin_page and end_page: what stands around every page."""

from dataclasses import dataclass, field

import streamlit as st

from outcomes.answers.answer import Answer, Source, answer
from outcomes.answers.period_change import CompareWith
from outcomes.figures.record import FigureRecord, origin_of_logs, record_of
from outcomes.figures.since import compared_on
from outcomes.presentation.citation import (
    About,
    about_logs,
    context_line,
    heading,
    public_notice,
    source_line,
)
from outcomes.presentation.exhibit import Exhibit
from outcomes.selection import Selection, SelectionError
from outcomes.store.problem import StoreProblem
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import DataKind, View
from pages.shell import cache as fetch
from pages.shell.copy_buttons import listen_for_copies
from pages.shell.demo_store import ensure_store
from pages.shell.markdown import escape_but_bold, escape_markdown
from pages.shell.marks import mark_pages
from pages.shell.navigation import ensure_routed, find_page, name_window, page_path
from pages.shell.packet import offer_packet
from pages.shell.page import AnyPage
from pages.shell.selection_bar import choose
from pages.shell.store_problem import show_broken_loading, show_store_problem
from pages.shell.styles import draw_sheets, draw_style


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
    # answers beside an earlier period, judged together; empty until the first is asked for
    judged: dict[str, Answer] = field(default_factory=dict)
    # where the figures come from, told in the footer; set with the context line
    source: Source | None = None
    # whether the page has said what the logs cannot answer
    has_told_unanswered: bool = False
    # query files of what is shown beside the answers
    queries: list[str] = field(default_factory=list)

    def take(self, exhibit: Exhibit) -> None:
        """Keep its answers and queries for the notes, the files and the footer."""
        super().take(exhibit)
        self.shown += exhibit.answers
        self.queries += exhibit.queries

    def about(self, exhibit: Exhibit | None = None) -> About:
        """Of the log that an exhibit's answers or the page itself are from; of all chosen logs where nothing says it."""
        queries = list(self.queries)
        if exhibit is not None:
            queries = [*(answer.source.query for answer in exhibit.answers), *exhibit.queries]
        return about_logs(self.selection, self._source_of(exhibit), queries)

    def record(self, exhibit: Exhibit) -> FigureRecord:
        """Of this page and snapshot, in this selection and view."""
        origin = origin_of_logs(
            self.entry.name,
            self.entry.title,
            self.query,
            self.selection,
            self.snapshot,
            self._source_of(exhibit),
        )
        record = record_of(exhibit, self.about(exhibit), origin)
        return compared_on(record, self.snapshot, fetch.settings().rule)

    @property
    def data_name(self) -> str:
        """The snapshot."""
        return self.snapshot.name

    def _source_of(self, exhibit: Exhibit | None) -> Source:
        """Of an exhibit's answers, else what it says itself, else the page's."""
        if exhibit is not None and exhibit.answers:
            return exhibit.answers[0].source
        source = (exhibit and exhibit.source) or self.source
        return source or fetch.cached(self, answer, "responses").source


def begin_page(name: str, has_selection: bool = True) -> Page:
    """Draw the frame of a page and return what is chosen; stops the run kindly where nothing can be shown."""
    ensure_routed()
    entry = find_page(name)
    draw_style()
    name_window(entry.title)
    try:
        ensure_store()
        snapshot, fault = fetch.snapshot()
        programs = snapshot.programs
    except StoreProblem as problem:
        show_store_problem(problem)
        st.stop()
    if fault:
        show_broken_loading(snapshot.name, fault)
    chosen = choose(programs, snapshot.coverage, entry, has_selection)
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
    if has_selection:
        name_window(f"{entry.title} · {chosen.who}")
        for complaint in chosen.complaints:
            st.warning(escape_markdown(complaint), icon=":material/event_busy:")
        _heading(page)
    else:
        st.title(escape_markdown(entry.question), anchor=False)
    mark_pages(page)
    fetch.freeze_gc()
    return page


def _heading(page: Page) -> None:
    """Program and period, the question, and in one line what these figures are; stops kindly where the period has no data."""
    try:
        source = fetch.cached(page, answer, "responses").source
    except SelectionError as problem:
        st.title(escape_markdown(page.entry.question), anchor=False)
        st.info(escape_markdown(str(problem)), icon=":material/event_busy:")
        st.stop()
    page.source = source
    is_public = page.selection.view is View.PUBLIC
    with st.container(key="ro-heading", gap=None):
        st.title(escape_markdown(heading(page.selection, source)), anchor=False)
        with st.container(key="ro-question"):
            st.markdown(escape_markdown(page.entry.question))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(escape_but_bold(context_line(page.selection, source)), width="content")
            offer_packet(page, page.snapshot, page.selection, page.compare_with)
            is_made_up = source.data_kind is DataKind.MADE_UP
            if is_made_up and not is_public and fetch.settings().load_page:
                st.page_link(
                    page_path("load_a_log"), label="Load a log of your own", width="content"
                )
            if is_public:
                with st.popover("What is hidden", type="tertiary"):
                    st.caption(escape_markdown(public_notice(fetch.settings().rule)))


def end_page(page: Page) -> None:
    """Draw the footer: where the figures come from."""
    listen_for_copies()
    st.divider()
    if page.source is not None:
        queries = [*(answer.source.query for answer in page.shown), *page.queries]
        st.caption(escape_markdown(source_line(page.selection, page.source, queries)))
        draw_sheets(about_logs(page.selection, page.source, []))
