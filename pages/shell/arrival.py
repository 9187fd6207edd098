"""What stands in place of a page: the question whose program it is, and what a link names that is not there."""

from collections.abc import Callable, Sequence
from typing import NoReturn

import streamlit as st

from outcomes.store.programs import Program
from outcomes.vocabulary.log import DataKind
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import PageEntry


def ask_whose(programs: Sequence[Program], keep: Callable[[str], None]) -> NoReturn:
    """Ask a first visitor which program is theirs, and stop; keep is called with the answer's text for the address."""
    st.title("Which program is yours?", anchor=False)
    st.markdown(
        "These pages turn the response logs of community responder teams into numbers that can be checked: calls diverted, "
        "requests for police, injuries, waits. Each has its definition, what it is a share of, and how sure it is."
    )
    if all(program.data_kind is DataKind.MADE_UP for program in programs):
        st.caption(
            "**Made-up demonstration data**: made-up logs of made-up cities, to show what the pages do."
        )
    st.markdown("Choose one. Every page then shows it; the bar at the top of each page changes it.")
    with st.container(horizontal=True, key="ro-whose"):
        for program in programs:
            st.button(
                escape_markdown(f"{program.program_name}, {program.state}"),
                key=f"whose-{program.program_id}",
                on_click=keep,
                args=(program.program_id,),
            )
    st.button("All programs", key="whose-all", type="tertiary", on_click=keep, args=("",))
    st.stop()


def refuse_link(entry: PageEntry, complaints: Sequence[str], go_on: Callable[[], None]) -> NoReturn:
    """Say what the link names that is not there, and stop: no other figures stand in its place unless asked for."""
    st.title(escape_markdown(entry.question), anchor=False)
    for complaint in complaints:
        st.error(escape_markdown(complaint), icon=":material/link_off:")
    st.markdown("No figures are shown, so that none is taken for those that the link was made for.")
    st.button("Show the page without it", key="without-it", on_click=go_on)
    st.stop()
