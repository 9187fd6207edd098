"""The list of pages, and the way to the one that is asked for."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

PAGES_FOLDER = Path(__file__).resolve().parents[1]
# Left in session state by app.py for the page that it runs; begin_page takes it away.
ROUTED_MARK = "_routed_by_app"


@dataclass(frozen=True)
class PageEntry:
    """One page: where it is, what it is called, and what it answers."""

    # file in pages/, without its ending; also the address
    name: str
    # name in the navigation
    title: str
    # Material symbol
    icon: str
    # the question in the page's title
    question: str
    # for whom, said in the page's docstring
    readers: str


PAGES = (
    PageEntry(
        "overview",
        "Overview",
        ":material/dashboard:",
        "Is the program working?",
        "directors and council",
    ),
    PageEntry(
        "calls_diverted",
        "Calls diverted",
        ":material/call_split:",
        "How many calls did the team take off police hands?",
        "directors, council and reporters",
    ),
    PageEntry(
        "safety_escalations",
        "Safety escalations",
        ":material/shield:",
        "How often did the team ask police for help, and why?",
        "directors, council and reporters",
    ),
    PageEntry(
        "injuries",
        "Injuries",
        ":material/healing:",
        "Who was hurt, how badly, in how many responses?",
        "directors, council and reporters",
    ),
    PageEntry(
        "data_quality",
        "Data quality",
        ":material/rule:",
        "What did the log lack, and what does that do to the numbers?",
        "directors and whoever prepares the log",
    ),
    PageEntry(
        "methods",
        "Methods",
        ":material/menu_book:",
        "What does each number mean, and how is it made?",
        "everyone who has to defend a number",
    ),
)


def find_page(name: str) -> PageEntry:
    """The entry of the page with that name."""
    return next(entry for entry in PAGES if entry.name == name)


def page_address(name: str, here: str) -> str:
    """Address of a page, given the one that the browser is at; the first page has no name in it."""
    root = here.split("?")[0].rstrip("/")
    for entry in PAGES:
        root = root.removesuffix(f"/{entry.name}")
    return root + ("/" if name == PAGES[0].name else f"/{name}")


def page_path(name: str) -> str:
    """Absolute path of a page's file, for links; a relative one fails when a page is opened first."""
    return str(PAGES_FOLDER / f"{name}.py")


def register_pages() -> st.Page:
    """The page that the address asks for, with all pages in the navigation."""
    return st.navigation(
        [
            st.Page(
                page_path(entry.name),
                title=entry.title,
                icon=entry.icon,
                url_path=entry.name,
                default=entry is PAGES[0],
            )
            for entry in PAGES
        ]
    )


def _set_up_window() -> None:
    """Title and icon of the window; before the navigation, or the browser fetches a symbol from outside."""
    st.set_page_config(
        page_title="Responder Outcomes",
        # A file of ours: the browser would fetch a symbol for its tab from the internet.
        page_icon=str(PAGES_FOLDER / "shell" / "icon.png"),
        layout="wide",
        menu_items={"About": "Responder Outcomes: response logs in, checkable numbers out."},
    )


def open_page() -> None:
    """Set up the window and run the page that the address asks for."""
    _set_up_window()
    page = register_pages()
    st.session_state[ROUTED_MARK] = True
    page.run()


def ensure_routed() -> None:
    """Start over through app.py's navigation where a page was run without it.

    On a fresh server Streamlit runs a page that is opened first in its old automatic mode, without
    app.py, and without the frame. Registering the pages and running again cures it, once.
    """
    if st.session_state.pop(ROUTED_MARK, False):
        return
    _set_up_window()
    register_pages()
    st.rerun()
