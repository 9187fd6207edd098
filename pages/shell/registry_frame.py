"""begin_registry_page and end_registry_page: what stands around a page about the registry, which needs no log."""

from dataclasses import dataclass, field

import streamlit as st

from outcomes.presentation.export_registry import registry_dictionary
from outcomes.registry.database import Registry
from outcomes.registry.read import RegistryProblem
from pages.shell import cache as fetch
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import PageEntry, ensure_routed, find_page, view_link
from pages.shell.styles import draw_style


@dataclass
class RegistryPage:
    """One run of one page about the registry."""

    entry: PageEntry
    registry: Registry
    # the address's query, for links
    query: dict[str, str]
    is_dark: bool
    # files to take away: name, then the query whose columns it has and its text
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def link(self) -> str:
        """This very view's address."""
        return view_link(self.entry, self.query, fetch.settings().public_address)

    def header(self, text: str) -> None:
        """Draw the heading of the page's next part."""
        st.header(text, anchor=False)


def begin_registry_page(name: str) -> RegistryPage:
    """Draw the frame of a page about the registry; stops the run kindly where the registry cannot be read."""
    ensure_routed()
    entry = find_page(name)
    draw_style()
    try:
        registry = fetch.fetch_registry()
    except RegistryProblem as problem:
        st.error(escape_markdown(str(problem).splitlines()[0]), icon=":material/error:")
        st.stop()
    st.caption(
        f"Registry of {registry.as_of:%b %Y} · from published sources, each row with its own · "
        "**no logs of programs**"
    )
    st.title(entry.question, anchor=False)
    fetch.freeze_gc()
    return RegistryPage(entry, registry, {}, st.context.theme.type == "dark")


def offer_files(page: RegistryPage) -> None:
    """Take it away: the link, and each table of the page as CSV with its data dictionary."""
    st.header("Take it away", anchor=False)
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Tables", list(page.files), key=f"files-{page.entry.name}")
        query_name, body = page.files[name]
        file_name = name.lower().replace(",", "").replace(" ", "-")
        for words, text, ending, icon in (
            ("CSV", body, "", ":material/download:"),
            (
                "Data dictionary",
                registry_dictionary(query_name, body),
                "-dictionary",
                ":material/menu_book:",
            ),
        ):
            st.download_button(
                words,
                text,
                file_name=f"{file_name}{ending}.csv",
                mime="text/csv",
                icon=icon,
                on_click="ignore",
                key=f"{words}-{page.entry.name}",
            )


def end_registry_page(page: RegistryPage) -> None:
    """Draw the footer: where the facts come from."""
    st.divider()
    queries = ", ".join(dict.fromkeys(query for query, _ in page.files.values()))
    st.caption(
        f"Source: {page.registry.name}; files in data/registry, each row with its source. Queries: {queries}. "
        "To add or correct a program: docs/adding_a_program.md. Definitions: see Methods."
    )
