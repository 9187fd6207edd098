"""begin_registry_page and end_registry_page: what stands around a page about the registry, which needs no log."""

from dataclasses import dataclass, field

import streamlit as st

from outcomes.figures.record import FigureRecord, Origin, record_of
from outcomes.packet.nation import QUESTIONS, about_registry
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import CsvFile, Exhibit
from outcomes.presentation.export_registry import registry_dictionary
from outcomes.registry.database import Registry, live_registry
from outcomes.registry.read import RegistryProblem
from outcomes.vocabulary.log import View
from pages.shell.cache import freeze_gc
from pages.shell.copy_buttons import listen_for_copies
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import ensure_routed, find_page, name_window
from pages.shell.packet import offer_nation_packet
from pages.shell.page import AnyPage
from pages.shell.styles import draw_sheets, draw_style
from pages.shell.take_away import offer_files, offer_link


@dataclass(kw_only=True)
class RegistryPage(AnyPage):
    """One run of one page about the registry."""

    registry: Registry
    # files to take away, by title
    files: dict[str, CsvFile] = field(default_factory=dict)

    def take(self, exhibit: Exhibit) -> None:
        """Keep its file for the end of the page."""
        super().take(exhibit)
        if exhibit.csv:
            self.offer(exhibit.csv)

    def offer(self, csv: CsvFile) -> None:
        """Keep a file for the end of the page."""
        self.files[csv.title] = csv

    def about(self, exhibit: Exhibit | None = None) -> About:
        """Of the registry, which needs no log."""
        return about_registry(self.registry, exhibit.csv.query if exhibit and exhibit.csv else "")

    @property
    def data_name(self) -> str:
        """The registry by its date and fingerprint."""
        return self.registry.name

    def record(self, exhibit: Exhibit) -> FigureRecord:
        """Of this page and registry, which everybody may see."""
        origin = Origin(
            page=self.entry.name,
            page_title=self.entry.title,
            query=dict(self.query),
            view=View.PUBLIC,
            snapshot=self.registry.name,
            as_of=f"{self.registry.as_of:%Y-%m-%d}",
        )
        return record_of(exhibit, self.about(exhibit), origin)


def begin_registry_page(name: str) -> RegistryPage:
    """Draw the frame of a page about the registry; stops the run kindly where the registry cannot be read."""
    ensure_routed()
    entry = find_page(name)
    draw_style()
    name_window(entry.title)
    try:
        registry = live_registry()
    except RegistryProblem as problem:
        st.error(escape_markdown(str(problem).splitlines()[0]), icon=":material/error:")
        st.stop()
    page = RegistryPage(
        entry=entry,
        query={},
        is_dark=st.context.theme.type == "dark",
        given={"registry": registry},
        registry=registry,
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(
            f"Registry of {registry.as_of:%b %Y} · from published sources, each row with its own · "
            "**no logs of programs**",
            width="content",
        )
        if name in QUESTIONS:
            offer_nation_packet(page, registry)
    st.title(escape_markdown(entry.question), anchor=False)
    freeze_gc()
    return page


def offer_tables(page: RegistryPage) -> None:
    """Take it away: the link, and each table of the page as CSV with its data dictionary."""
    offer_link(page)

    def files_of(title: str) -> tuple[str, str]:
        csv = page.files[title]
        return csv.text, registry_dictionary(csv.query, csv.text)

    offer_files(page, "Tables", list(page.files), files_of)


def end_registry_page(page: RegistryPage) -> None:
    """Draw the footer: where the facts come from."""
    listen_for_copies()
    draw_sheets(page.about())
    st.divider()
    queries = ", ".join(dict.fromkeys(csv.query for csv in page.files.values()))
    st.caption(
        f"Source: {escape_markdown(page.registry.name)}; files in data/registry, each row with its source. Queries: {escape_markdown(queries)}. "
        "To add or correct a program: docs/adding_a_program.md. Definitions: see Methods."
    )
