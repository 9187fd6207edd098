"""The list of pages, and the way to the one that is asked for."""

import ast
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from outcomes.store.problem import StoreProblem
from pages.shell.cache import settings
from pages.shell.store_problem import show_store_problem

PAGES_FOLDER = Path(__file__).resolve().parents[1]
# Left in session state by app.py for the page that it runs; begin_page takes it away.
ROUTED_MARK = "_routed_by_app"
LOGS, REGISTRY, DEFINITIONS = "logs", "registry", "definitions"
PRODUCT = "Responder Outcomes"


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
    # what it is made from: loaded logs, the registry, or the definitions alone
    reads: str


def _entry(name: str, title: str, icon: str, reads: str) -> PageEntry:
    """The entry of a page, whose question is what its file begins with."""
    source = (PAGES_FOLDER / f"{name}.py").read_text(encoding="utf-8")
    purpose = (ast.get_docstring(ast.parse(source)) or "").split("\n")[0]
    question, mark, _ = purpose.partition("? For ")
    if not mark:
        raise ValueError(
            f"Expected pages/{name}.py to begin with its question and for whom, found [{purpose}]; write for "
            'example "Is the program working? For directors and council."'
        )
    return PageEntry(name, title, f":material/{icon}:", f"{question}?", reads)


OUR_PROGRAM, THE_NATION, DATA = "Our program", "The nation", "Data"
# The pages in the navigation, by group and in order.
GROUPS = {
    OUR_PROGRAM: (
        _entry("overview", "Overview", "dashboard", LOGS),
        _entry("calls_diverted", "Calls diverted", "call_split", LOGS),
        _entry("safety_escalations", "Safety escalations", "shield", LOGS),
        _entry("injuries", "Injuries", "healing", LOGS),
        _entry("response_times", "Response times", "timer", LOGS),
        _entry("demand_and_coverage", "Demand and coverage", "calendar_view_week", LOGS),
        _entry("scene_outcomes", "Outcomes", "volunteer_activism", LOGS),
        _entry("officer_time", "Officer time", "schedule", LOGS),
        _entry("compare_programs", "Compare programs", "compare_arrows", LOGS),
    ),
    THE_NATION: (
        _entry("growth_across_states", "Growth across states", "trending_up", REGISTRY),
        _entry("claims_checked", "Claims checked", "fact_check", REGISTRY),
        _entry("published_outcomes", "Published outcomes", "library_books", REGISTRY),
        _entry("evidence", "Evidence", "science", REGISTRY),
        _entry("states_from_logs", "States from logs", "map", LOGS),
    ),
    DATA: (
        _entry("load_a_log", "Load a log", "upload_file", DEFINITIONS),
        _entry("data_quality", "Data quality", "rule", LOGS),
        _entry("methods", "Methods", "menu_book", DEFINITIONS),
    ),
}
PAGES = tuple(entry for entries in GROUPS.values() for entry in entries)


# Addresses that pages had before, which links in old documents still name.
FORMER_ADDRESSES = {"what_happened": "scene_outcomes"}


def find_page(name: str) -> PageEntry:
    """The entry of the page with that name."""
    return next(entry for entry in PAGES if entry.name == name)


def page_address(name: str, here: str) -> str:
    """Address of a page, given the one that the browser is at."""
    root = here.split("?")[0].rstrip("/")
    for former in (*FORMER_ADDRESSES, *(entry.name for entry in PAGES)):
        root = root.removesuffix(f"/{former}")
    return f"{root}/{name}"


def view_link(entry: PageEntry, query: dict[str, str], public_address: str) -> str:
    """Address of a page as it is now, with what was chosen.

    It begins with the address at which readers find the pages; where none is set, with the one that the
    browser is at, which may be that of one machine alone.
    """
    address = page_address(entry.name, public_address or st.context.url or "")
    return f"{address}?{urlencode(query, safe=',')}" if query else address


def page_path(name: str) -> str:
    """Absolute path of a page's file, for links; a relative one fails when a page is opened first."""
    return str(PAGES_FOLDER / f"{name}.py")


def register_pages() -> st.Page:
    """The page that the address asks for, with all pages in the navigation."""
    hidden = hidden_pages()
    pages = {
        entry.name: st.Page(
            page_path(entry.name),
            title=entry.title,
            icon=entry.icon,
            url_path=entry.name,
            visibility="hidden" if entry.name in hidden else "visible",
        )
        for entry in PAGES
    }
    former = [
        st.Page(
            partial(_move_on, pages[name]),
            title=pages[name].title,
            url_path=address,
            visibility="hidden",
        )
        for address, name in FORMER_ADDRESSES.items()
    ]
    # The page of Streamlit's that has no address of its own: the server's door leads the browser past it.
    first = pages[PAGES[0].name]
    root = st.Page(partial(_move_on, first), title=first.title, default=True, visibility="hidden")
    # One list; the styles set the groups' names over it. Headings that Streamlit draws make a list that screen readers
    # cannot follow.
    return st.navigation([root, *pages.values(), *former], expanded=True)


def hidden_pages() -> tuple[str, ...]:
    """Names of pages that this server does not have in its navigation."""
    return ("load_a_log",) if settings().public_only else ()


def _move_on(page: st.Page) -> None:
    """From an address without a page of its own to the one it stands for, with what the link chose."""
    st.switch_page(page, query_params=st.query_params.to_dict())


def _set_up_window() -> None:
    """Title and icon of the window; before the navigation, or the browser fetches a symbol from outside."""
    st.set_page_config(
        page_title=PRODUCT,
        # A file of ours: the browser would fetch a symbol for its tab from the internet.
        page_icon=str(PAGES_FOLDER / "shell" / "icon.png"),
        layout="wide",
        menu_items={"About": f"{PRODUCT}: response logs in, checkable numbers out."},
    )


def name_window(title: str) -> None:
    """Give the browser's tab a title."""
    st.set_page_config(page_title=title)


def open_page() -> None:
    """Set up the window and run the page that the address asks for."""
    _set_up_window()
    page = register_pages()
    st.session_state[ROUTED_MARK] = True
    try:
        page.run()
    except StoreProblem as problem:
        # A file that was damaged while the page read it; the next run falls back on an earlier one.
        show_store_problem(problem)


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
