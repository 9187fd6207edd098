"""What the Methods page shows: every definition of the registry, and how intervals are made."""

import streamlit as st

from outcomes.analyses.methods.officer_time import OFFICER_METHOD
from outcomes.analyses.methods.text import REGISTRY_METHODS, STATISTICS, metric_text
from outcomes.metrics.registry import SUBJECTS
from pages.shell.markdown import escape_markdown

CHAPTERS = (
    ("Intervals and comparisons", STATISTICS),
    ("Officer time", OFFICER_METHOD),
    ("Growth and published figures", REGISTRY_METHODS),
)


def show_definitions() -> None:
    """Every metric's definition, by subject, each one tap away."""
    st.markdown(
        "A metric is a count over a count, or a waiting time. The definitions below are the ones that "
        "the figures are made with."
    )
    for subject, metrics in SUBJECTS.items():
        st.header(escape_markdown(subject), anchor=False)
        for metric in metrics:
            with st.expander(escape_markdown(metric.label)):
                st.markdown(metric_text(metric))


def show_methods() -> None:
    """How intervals, comparisons, officer hours, counts of programs and published figures are made."""
    for title, text in CHAPTERS:
        st.header(escape_markdown(title), anchor=False)
        st.markdown(text)
