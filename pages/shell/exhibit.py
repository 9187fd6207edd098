"""show_exhibit: the one way in which pages draw a finding with its chart, table and words."""

from contextlib import nullcontext
from html import escape

import streamlit as st

from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.exhibit import Chart, Exhibit, Table
from outcomes.presentation.taken_away import title_of
from outcomes.vocabulary.bold import without_bold
from pages.shell.cache import drawn
from pages.shell.cards import plain_cards_html
from pages.shell.frame import Page
from pages.shell.markdown import (
    bullets,
    escape_but_bold,
    escape_markdown,
    is_web_address,
)
from pages.shell.registry_frame import RegistryPage
from pages.shell.tables import show_table
from pages.shell.take_away import offer_exhibit
from pages.shell.unanswered import lacking


def say_large(words: str, key: str) -> None:
    """A sentence in large type, bold where it is; its key names it on the page."""
    with st.container(key=f"ro-sentence-{key}"):
        st.markdown(escape_but_bold(words))


def show_exhibit(page: Page | RegistryPage, exhibit: Exhibit, level: int = 2) -> None:
    """Draw heading, answer, caption, cards, Chart | Table, file and notes, or why there is nothing to show.

    Nothing is drawn where the page says elsewhere that the log cannot answer it.

    The heading is one of the page's parts (2), one within a part (3) or a bold line (4).
    """
    if exhibit.empty and isinstance(page, Page) and lacking(page).tells(exhibit.empty):
        return
    page.take(exhibit)
    # Kept together on paper.
    with st.container(key=f"ro-exhibit-{exhibit.key}"):
        _show_parts(page, exhibit, level)


def _show_parts(page: Page | RegistryPage, exhibit: Exhibit, level: int) -> None:
    if exhibit.title:
        _show_title(exhibit.title, level)
    if exhibit.empty:
        st.info(escape_but_bold(page.say_once(exhibit.empty)), icon=":material/info:")
        return
    if exhibit.headline:
        say_large(exhibit.headline, exhibit.key)
    if exhibit.answer:
        st.markdown(escape_but_bold(exhibit.answer))
    for caption in exhibit.caption:
        st.caption(escape_but_bold(caption))
    if exhibit.cards:
        st.html(plain_cards_html(exhibit.cards))
    if exhibit.charts:
        # Several charts stand in tabs of their own, each by its name.
        is_one = len(exhibit.charts) == 1
        names = [chart.kind if is_one else chart.title for chart in exhibit.charts]
        *charts, tables = st.tabs([escape_markdown(name) for name in (*names, "Table")])
        for place, (tab, chart) in enumerate(zip(charts, exhibit.charts, strict=True)):
            with tab:
                _show_chart(exhibit, chart, page.is_dark, f"{exhibit.key}-{place}")
    with tables if exhibit.charts else nullcontext():
        for place, table in enumerate(exhibit.tables):
            _show_table(table, f"{exhibit.key}-{place}")
    if exhibit.footnote:
        st.caption(escape_but_bold(exhibit.footnote))
    if exhibit.charts or exhibit.tables or exhibit.quote or exhibit.csv:
        offer_exhibit(page, exhibit)
    if exhibit.notes:
        st.markdown(bullets(exhibit.notes))


def _show_title(title: str, level: int) -> None:
    if level == 2:
        st.header(escape_markdown(title), anchor=False)
    elif level == 3:
        st.subheader(escape_markdown(title), anchor=False)
    else:
        st.markdown(f"**{escape_markdown(title)}**")


def _show_chart(exhibit: Exhibit, chart: Chart, is_dark: bool, key: str) -> None:
    """Draw a chart under what it shows."""
    title = title_of(exhibit, chart)
    is_said = title.rstrip(".") in without_bold(f"{exhibit.headline} {exhibit.answer}")
    parts = [chart.title, "" if is_said else title]
    if title.casefold().startswith(chart.title.casefold()):
        # What it shows begins with what it is called.
        parts = [chart.title if is_said else title]
    over = " · ".join(part for part in parts if part)
    if over:
        st.markdown(f"**{escape_markdown(over)}**")
    if chart.swatches:
        st.html(
            f'<div class="ro-quiet">{"  ".join(map(_swatch, chart.swatches(is_dark=is_dark)))}</div>'
        )
    for words in chart.legend:
        st.caption(escape_but_bold(words))
    figure = drawn(chart.figure, is_dark)
    if isinstance(figure, str):
        st.html(figure)
    else:
        st.plotly_chart(figure, config=CONFIG, theme=None, key=key, alt=chart.alt)
    for words in chart.remarks:
        st.caption(escape_but_bold(words))


def _swatch(band: tuple[str, str]) -> str:
    color, words = band
    return (
        f'<span style="white-space:nowrap;margin-right:1rem"><span aria-hidden="true" '
        f'style="display:inline-block;width:12px;height:12px;background:{color};'
        f"box-shadow:0 0 0 1px rgba(128,136,148,0.6);"
        f'margin-right:0.35rem"></span>{escape(words)}</span>'
    )


def _show_table(table: Table, key: str) -> None:
    if table.title:
        st.markdown(f"**{escape_markdown(table.title)}**")
    rows = table.rows
    if table.is_long:
        link = st.column_config.LinkColumn("Address", display_text="open")
        if "Address" in rows:
            rows = rows.assign(Address=rows["Address"].where(rows["Address"].map(is_web_address)))
        st.dataframe(rows, hide_index=True, column_config={"Address": link}, key=key)
        return
    show_table(rows, table.is_stacked)
