"""Cite: keeps the figure as it stands, and shows the address that it has from now on."""

from dataclasses import dataclass

import streamlit as st

from outcomes.presentation.exhibit import Exhibit
from outcomes.store.figure_files import keep_figure
from outcomes.vocabulary.log import View
from outcomes.vocabulary.problem import Problem
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import page_address
from pages.shell.page import AnyPage

KEPT = "Kept as it is here. This address shows it for ever, and what has changed since."


@dataclass(frozen=True)
class Cited:
    """What came of citing one exhibit in this session."""

    # the selection and the data that it was cited in
    of: tuple[str, str]
    # its permanent address; empty where it could not be kept
    address: str = ""
    # why not
    problem: str = ""


def offer_cite(page: AnyPage, exhibit: Exhibit) -> None:
    """A button that keeps the figure; none where readers of this server may not."""
    if settings().citing:
        st.button(
            "Cite",
            key=f"cite-{exhibit.key}",
            type="tertiary",
            help="Keep this figure as it is under an address that never changes.",
            on_click=_cite,
            args=(page, exhibit, _of(page)),
        )


def cited_address(page: AnyPage, exhibit: Exhibit) -> str:
    """The permanent address that the figure got in this session; empty where it has none."""
    cited = _cited(page, exhibit)
    return cited.address if cited else ""


def show_cited(page: AnyPage, exhibit: Exhibit) -> None:
    """The permanent address to copy, or why there is none."""
    cited = _cited(page, exhibit)
    if cited is None:
        return
    if cited.problem:
        st.warning(escape_markdown(cited.problem), icon=":material/bookmark:")
        return
    with st.container(key=f"ro-cited-{exhibit.key}", gap="xsmall"):
        st.code(cited.address, language=None, wrap_lines=True)
        st.caption(KEPT)


def _cite(page: AnyPage, exhibit: Exhibit, of: tuple[str, str]) -> None:
    """Keep the figure as the reader saw it; runs before the page does."""
    try:
        record = page.record(exhibit)
        address = keep_figure(
            settings().store, View(record.view), record.as_bytes(), settings().most_figures
        )
    except Problem as problem:
        cited = Cited(of, problem=str(problem))
    else:
        here = settings().public_address or st.context.url or ""
        cited = Cited(of, page_address(f"figure/{address}", here))
    st.session_state[_key(page, exhibit)] = cited


def _cited(page: AnyPage, exhibit: Exhibit) -> Cited | None:
    found: Cited | None = st.session_state.get(_key(page, exhibit))
    return found if found and found.of == _of(page) else None


def _key(page: AnyPage, exhibit: Exhibit) -> str:
    return f"cited-{page.entry.name}-{exhibit.key}"


def _of(page: AnyPage) -> tuple[str, str]:
    return page.link, page.data_name
