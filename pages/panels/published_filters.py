"""The bar of the published figures: which program, and what the figures are about; kept in the address."""

import streamlit as st

from outcomes.analyses.published.analysis import CheckedFigure
from outcomes.analyses.published.tables import group_label
from outcomes.analyses.published.text import program_words
from pages.shell.registry_frame import RegistryPage
from pages.shell.url_state import UrlState, complain

# What the address holds; empty means all.
DEFAULTS: dict[str, str] = {"program": "", "about": ""}
BAR = UrlState("published", DEFAULTS)


def choose_figures(
    page: RegistryPage, figures: tuple[CheckedFigure, ...]
) -> tuple[CheckedFigure, ...]:
    """The figures that the reader chooses, by program and by what they are about; the choice is kept in the address."""
    programs = {figure.row["program"]: program_words(figure.row) for figure in figures}
    groups = list(dict.fromkeys(figure.row["metric_group"] for figure in figures))
    BAR.arrive(page.entry.name)
    chosen, complaints = BAR.understood({"program": programs, "about": groups})
    with st.container(horizontal=True):
        program = st.selectbox(
            "Program",
            ["", *programs],
            format_func=lambda name: programs.get(name, "All programs"),
            key=BAR.keep("program", chosen["program"]),
        )
        group = st.selectbox(
            "What it is about",
            ["", *groups],
            format_func=lambda name: group_label(name) if name else "Everything",
            key=BAR.keep("about", chosen["about"]),
        )
    complain(complaints, "It is left out.")
    drawn = {"program": program or "", "about": group or ""}
    page.query = BAR.short(drawn)
    BAR.write(drawn, page.query)
    return tuple(
        figure
        for figure in figures
        if drawn["program"] in ("", figure.row["program"])
        and drawn["about"] in ("", figure.row["metric_group"])
    )
