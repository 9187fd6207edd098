"""Take it away: the link to a view, and files to download."""

from collections.abc import Callable

import streamlit as st

from outcomes.presentation.exhibit import CsvFile
from pages.shell.markdown import escape_markdown
from pages.shell.page import AnyPage


def offer_link(page: AnyPage) -> None:
    """The heading of what can be taken away, and the address of this very view."""
    st.header("Take it away", anchor=False)
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)


def offer_csv(csv: CsvFile, label: str = "CSV", icon: str = ":material/download:") -> None:
    """A button that downloads the file."""
    st.download_button(
        escape_markdown(label),
        csv.text,
        file_name=csv.file_name,
        mime="text/csv",
        icon=icon,
        on_click="ignore",
        key=f"csv-{csv.file_name}",
    )


def offer_files(
    page: AnyPage, label: str, names: list[str], files_of: Callable[[str], tuple[str, str]]
) -> None:
    """A choice of the page's files by name, each with its data dictionary; files_of gives both texts."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(escape_markdown(label), names, key=f"files-{page.entry.name}")
        text, dictionary = files_of(name)
        offer_csv(CsvFile(name, text))
        offer_csv(
            CsvFile(f"{name}-dictionary", dictionary), "Data dictionary", ":material/menu_book:"
        )
