"""What the growth page shows: the answer, the lines by month, the rule, the map, kinds and teams, and every program."""

import streamlit as st

from outcomes.analyses.growth.analysis import Growth, growth, listed_programs
from outcomes.analyses.growth.choice import GrowthChoice
from outcomes.analyses.growth.exhibits import (
    events_exhibit,
    growth_exhibit,
    kinds_exhibit,
    months_exhibit,
    programs_exhibit,
    rule_exhibits,
    sensitivity_exhibit,
    states_exhibit,
    teams_exhibit,
)
from outcomes.analyses.growth.text import KIND_RULE, program_sentence
from pages.panels.growth_filters import choose_map, choose_state
from pages.shell.cache import cached
from pages.shell.exhibit import show_exhibit
from pages.shell.markdown import escape_but_bold, link
from pages.shell.registry_frame import RegistryPage


def show_growth(page: RegistryPage, choice: GrowthChoice) -> None:
    """The answer with both counts, its quotable sentence, and the headline cards."""
    show_exhibit(page, growth_exhibit(_growth(page, choice), page.registry, page.link))


def show_lines(page: RegistryPage, choice: GrowthChoice) -> None:
    """Programs and states by month, with the programs that ended."""
    show_exhibit(page, months_exhibit(_growth(page, choice), page.registry))


def show_rule(page: RegistryPage, choice: GrowthChoice) -> None:
    """The counting rule in words, and what each switch would change."""
    for exhibit in rule_exhibits(_growth(page, choice)):
        show_exhibit(page, exhibit)


def show_sensitivity(page: RegistryPage, choice: GrowthChoice) -> None:
    """How the multiple changes with what is counted."""
    show_exhibit(page, sensitivity_exhibit(_growth(page, choice), page.registry), level=4)


def show_map(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """The states at a month that the reader slides to; on paper the map stays with its heading."""
    with st.container(key="ro-exhibit-where"):
        page.header("Where?")
        choice = choose_map(page, choice)
        show_exhibit(page, states_exhibit(choice.rule, choice.month, choice.measure, page.registry))
    return choice


def show_state_programs(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """The programs of one state, each with its notes and source."""
    choice = choose_state(page, choice)
    programs = listed_programs(choice.rule, choice.month, page.registry)
    listed = [program for program in programs if program["state"] == choice.state]
    if listed:
        st.caption(escape_but_bold(KIND_RULE))
    for program in listed:
        source = link(program["source_title"], program["source_url"])
        st.markdown(f"- {escape_but_bold(program_sentence(program))} Source: {source}")
    if choice.state and not listed:
        st.info("The registry has no program in this state.", icon=":material/info:")
    return choice


def show_kinds(page: RegistryPage, choice: GrowthChoice) -> None:
    """Active programs by kind, counted or not, and by team among the counted."""
    for make in (kinds_exhibit, teams_exhibit):
        show_exhibit(page, make(choice.rule, choice.month, page.registry), level=4)


def show_all_programs(page: RegistryPage, choice: GrowthChoice) -> None:
    """Every program of the registry and every dated event, with links to the sources."""
    show_exhibit(page, programs_exhibit(choice.rule, choice.month, page.registry))
    show_exhibit(page, events_exhibit(choice.rule, page.registry), level=4)


def _growth(page: RegistryPage, choice: GrowthChoice) -> Growth:
    return cached(page, growth, choice.rule, choice.month, choice.base_year)
