"""The council packet on a page: which questions, on which paper, three files made when they are asked for; and an exhibit alone."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

import streamlit as st

from outcomes.analyses.growth.choice import DEFAULTS, GrowthChoice
from outcomes.answers.answer import answer
from outcomes.answers.period_change import CompareWith
from outcomes.packet.alone import ALONE, exhibit_alone
from outcomes.packet.asked import ask
from outcomes.packet.brief import brief_pdf
from outcomes.packet.contents import Packet, has_responses, packet_of
from outcomes.packet.files import MAKERS, TYPES
from outcomes.packet.letterhead import Letterhead, Paper, letterhead_of
from outcomes.packet.nation import QUESTIONS, about_registry, nation_packet
from outcomes.packet.problem import PacketProblem
from outcomes.packet.questions import BY_NAME, default_questions
from outcomes.presentation.exhibit import Exhibit
from outcomes.registry.database import Registry
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from pages.shell.cache import cached, settings
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import find_page, view_link
from pages.shell.page import AnyPage

# By ending: what a file of the packet is called, and its symbol.
FILES = {
    "pdf": ("PDF", ":material/picture_as_pdf:"),
    "pptx": ("Slides", ":material/co_present:"),
    "xlsx": ("Workbook", ":material/table_view:"),
}
GROWTH = "growth_across_states"
PAPERS = {Paper.LETTER: "US Letter", Paper.A4: "A4"}


def offer_packet(
    page: AnyPage, snapshot: Snapshot, selection: Selection, compare_with: CompareWith
) -> None:
    """What is chosen as a packet, a tap away: its questions, its paper, and its files, each made when it is asked for."""
    with st.popover("Packet", type="tertiary", key="packet"):
        st.caption("The answers for what is chosen here, to print, to present and to work with.")
        names = _choose_questions(
            {name: question.title for name, question in BY_NAME.items()},
            cached(page, default_questions),
            "-".join(selection.program_ids),
        )
        letterhead = _choose_paper()
        if not names or letterhead is None:
            return
        if not has_responses(cached(page, answer, "responses")):
            st.caption(
                "There is no response in this selection, so there is nothing to put into a packet."
            )
            return
        asked = ask(
            selection, snapshot, settings().rule, compare_with, _links(page.query, page.link)
        )
        _offer_files(page, partial(packet_of, asked, letterhead, names))


def offer_nation_packet(page: AnyPage, registry: Registry) -> None:
    """The nation as a packet, a tap away; on the growth page by the counting rule that is chosen there."""
    with st.popover("Packet", type="tertiary", key="packet"):
        st.caption("The nation by published sources, to print, to present and to work with.")
        titles = {name: find_page(name).title for name in QUESTIONS}
        names = _choose_questions(titles, tuple(QUESTIONS), "nation")
        letterhead = _choose_paper()
        if not names or letterhead is None:
            return
        address = settings().public_address or page.link
        links = {name: view_link(find_page(name), {}, address) for name in QUESTIONS}

        def made() -> Packet:
            # The page's choice is settled when it has been drawn to its end.
            is_growth = page.entry.name == GROWTH
            choice = GrowthChoice(DEFAULTS | page.query, registry.as_of) if is_growth else None
            told = links | ({GROWTH: page.link} if is_growth else {})
            return nation_packet(registry, letterhead, choice, told.__getitem__, names)

        _offer_files(page, made)


def _choose_questions(
    titles: dict[str, str], default: tuple[str, ...], key: str
) -> tuple[str, ...]:
    """The questions that a packet is to answer, by the names of their pages; none, saying so, where none is chosen."""
    names = st.multiselect(
        "Questions",
        list(titles),
        default=default,
        format_func=lambda name: titles[name],
        key=f"packet-questions-{key}",
    )
    if not names:
        st.caption("Choose at least one question.")
    return tuple(sorted(names))


def _choose_paper() -> Letterhead | None:
    """The letterhead on the paper that is chosen; None, saying why, where the settings of it are wrong."""
    letterhead = _letterhead()
    if isinstance(letterhead, str):
        st.error(escape_markdown(letterhead), icon=":material/error:")
        return None
    paper = st.selectbox(
        "Paper",
        list(PAPERS),
        index=list(PAPERS).index(letterhead.paper),
        format_func=lambda paper: PAPERS[paper],
        key="packet-paper",
    )
    return replace(letterhead, paper=paper)


def _offer_files(page: AnyPage, make: Callable[[], Packet]) -> None:
    """The three files, each made when it is asked for; the packet once for all three, by whichever is asked for first."""
    made = cache(make)
    with st.container(horizontal=True, gap="small"):
        for ending, (words, icon) in FILES.items():
            st.download_button(
                escape_markdown(words),
                partial(_file, made, ending),
                file_name=page.about().file_name("packet", ending),
                mime=TYPES[ending],
                icon=icon,
                on_click="ignore",
                key=f"packet-{ending}",
            )


def offer_alone(page: AnyPage, exhibit: Exhibit) -> None:
    """Under an exhibit: it alone as a slide and as a page to print, each made when it is asked for."""
    letterhead = _letterhead()
    if isinstance(letterhead, str):
        return
    about = page.about(exhibit)
    for words, ending in ALONE.items():
        st.download_button(
            escape_markdown(words),
            partial(
                exhibit_alone, ending, exhibit, about, page.entry.question, page.link, letterhead
            ),
            file_name=about.file_name(exhibit.key, ending),
            mime=TYPES[ending],
            on_click="ignore",
            key=f"alone-{exhibit.key}-{ending}",
            type="tertiary",
        )


def offer_brief(page: AnyPage, registry: Registry) -> None:
    """The reporter's brief: growth and the claims of one article on one page."""
    letterhead = _letterhead()
    if isinstance(letterhead, str):
        st.error(escape_markdown(letterhead), icon=":material/error:")
        return
    st.download_button(
        "Reporter's brief (PDF, one page)",
        partial(brief_pdf, registry, letterhead, page.link),
        file_name=about_registry(registry).file_name("brief", "pdf"),
        mime=TYPES["pdf"],
        icon=FILES["pdf"][1],
        on_click="ignore",
        key="brief",
    )


def _file(made: Callable[[], Packet], ending: str) -> bytes:
    return MAKERS[ending](made())


def _links(query: dict[str, str], here: str) -> Callable[[str], str]:
    """The address of each page with what is chosen, settled now: a file is made when no page runs."""
    address = settings().public_address or here
    links = {name: view_link(find_page(name), query, address) for name in BY_NAME}
    return links.__getitem__


@st.cache_resource(show_spinner=False)
def _letterhead() -> Letterhead | str:
    """The letterhead of this server's settings; a sentence where something of it is wrong."""
    try:
        return letterhead_of(settings())
    except PacketProblem as problem:
        return str(problem)
