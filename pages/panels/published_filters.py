"""The bar of the published figures: which program, and what the figures are about; kept in the address."""

from dataclasses import dataclass

import streamlit as st

from outcomes.analyses.published.analysis import CheckedFigure, PublishedOutcomes
from outcomes.analyses.published.tables import group_label
from outcomes.analyses.published.text import program_words
from pages.shell.url_state import UrlState

# What the address holds; empty means all.
DEFAULTS: dict[str, str] = {"program": "", "about": ""}
BAR = UrlState("published", DEFAULTS)


@dataclass(frozen=True)
class PublishedChoice:
    """Which figures the reader has chosen."""

    # a program as its sources call it; empty for all
    program: str
    # a group of metrics; empty for all
    group: str
    # sentences about parts of the address that could not be understood
    complaints: tuple[str, ...]
    # the address's query, for links
    query: dict[str, str]

    def of(self, figures: tuple[CheckedFigure, ...]) -> tuple[CheckedFigure, ...]:
        """The figures that are chosen."""
        return tuple(
            figure
            for figure in figures
            if self.program in ("", figure.row["program"])
            and self.group in ("", figure.row["metric_group"])
        )


def choose_figures(page_name: str, outcomes: PublishedOutcomes) -> PublishedChoice:
    """Draw the choice of program and of what the figures are about, and keep it in the address."""
    programs = {figure.row["program"]: program_words(figure.row) for figure in outcomes.figures}
    groups = list(dict.fromkeys(figure.row["metric_group"] for figure in outcomes.figures))
    BAR.arrive(page_name)
    chosen = BAR.current()
    complaints = []
    for key, known in (("program", [*programs]), ("about", groups)):
        if chosen[key] and chosen[key] not in known:
            complaints.append(
                f"The link asks for {key} [{chosen[key][:80]}], which is not there; it is left out."
            )
            chosen[key] = DEFAULTS[key]
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
    drawn = {"program": program or "", "about": group or ""}
    query = BAR.short(drawn)
    BAR.write(drawn, query)
    return PublishedChoice(drawn["program"], drawn["about"], tuple(complaints), query)
