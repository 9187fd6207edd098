"""Take it away: the link to a view, and files to download."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit
from outcomes.presentation.taken_away import (
    IMAGES,
    citation_of,
    copied_sentence,
    csv_of,
    csv_title,
    image_of,
)
from pages.shell.citing import cited_address, offer_cite, show_cited
from pages.shell.copy_buttons import offer_words
from pages.shell.markdown import escape_markdown
from pages.shell.packet import offer_alone
from pages.shell.page import AnyPage


def offer_link(page: AnyPage) -> None:
    """The heading of what can be taken away, and the address of this very view."""
    st.header("Take it away", anchor=False)
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)


def offer_csv(
    page: AnyPage, csv: CsvFile, label: str = "CSV", icon: str = ":material/download:"
) -> None:
    """A button that downloads the file, named for program, figure and period."""
    st.download_button(
        escape_markdown(label),
        csv.text,
        file_name=page.about().file_name(csv.title, "csv"),
        mime="text/csv",
        icon=icon,
        on_click="ignore",
        key=f"csv-{csv.title}",
    )


def _offer_rows(page: AnyPage, exhibit: Exhibit, about: About) -> None:
    """The rows of an exhibit as a file, written when it is asked for; nothing where it has none."""
    title = csv_title(exhibit)
    if title is not None:
        st.download_button(
            "CSV",
            partial(_rows_text, exhibit, about, page.link),
            file_name=about.file_name(title, "csv"),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{exhibit.key}",
            type="tertiary",
        )


def _rows_text(exhibit: Exhibit, about: About, link: str) -> str:
    csv = csv_of(exhibit, about, link)
    return csv.text if csv else ""


def offer_exhibit(page: AnyPage, exhibit: Exhibit) -> None:
    """Under an exhibit: its sentence and its citation to copy, its rows as a file, and each chart drawn as an image."""
    about = page.about(exhibit)
    with st.container(horizontal=True, key=f"ro-leave-{exhibit.key}", gap="small"):
        cited = cited_address(page, exhibit)
        offer_words(
            copied_sentence(exhibit, about), citation_of(exhibit, about, cited or page.link)
        )
        offer_cite(page, exhibit)
        _offer_rows(page, exhibit, about)
        if exhibit.charts or exhibit.tables:
            offer_more(page, exhibit, about)
    show_cited(page, exhibit)


def offer_more(page: AnyPage, exhibit: Exhibit, about: About) -> None:
    """The exhibit for a slide, a page or a web site, out of the way until it is asked for."""
    more = f"more-{exhibit.key}"
    with st.popover("Image or slide", type="tertiary", icon=":material/image:", key=more):
        has_several = len(exhibit.charts) > 1
        for place, chart in enumerate(exhibit.charts):
            _offer_images(exhibit, chart, about, place, f" {chart.title}" if has_several else "")
        offer_alone(page, exhibit)


def _offer_images(exhibit: Exhibit, chart: Chart, about: About, place: int, of: str) -> None:
    name = f"{exhibit.key}{of}"
    for ending, mime in IMAGES.items():
        st.download_button(
            escape_markdown(f"{ending.upper()}{of}"),
            # Drawn when it is asked for.
            partial(image_of, exhibit, chart, about, ending),
            file_name=about.file_name(name, ending),
            mime=mime,
            icon=":material/image:",
            on_click="ignore",
            key=f"image-{exhibit.key}-{place}-{ending}",
            type="tertiary",
        )


def offer_files(
    page: AnyPage, label: str, names: list[str], files_of: Callable[[str], tuple[str, str]]
) -> None:
    """A choice of the page's files by name, each with its data dictionary; files_of gives both texts."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(escape_markdown(label), names, key=f"files-{page.entry.name}")
        text, dictionary = files_of(name)
        offer_csv(page, CsvFile(name, text))
        offer_csv(
            page,
            CsvFile(f"{name}-dictionary", dictionary),
            "Data dictionary",
            ":material/menu_book:",
        )
