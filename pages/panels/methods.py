"""What the Methods page shows: every definition of the registry, and how intervals are made."""

import streamlit as st

from outcomes.analyses.methods.officer_time import OFFICER_METHOD
from outcomes.analyses.methods.text import REGISTRY_METHODS, STATISTICS, metric_text
from outcomes.metrics.registry import SUBJECTS


def show_definitions() -> None:
    """Every metric's definition, by subject, each one tap away."""
    st.markdown(
        "A metric is a count over a count, or a waiting time. The definitions below are the ones that "
        "the figures are made with."
    )
    for subject, metrics in SUBJECTS.items():
        st.header(subject, anchor=False)
        for metric in metrics:
            with st.expander(metric.label):
                st.markdown(metric_text(metric))


def show_statistics() -> None:
    """How intervals, comparisons and gaps are made."""
    st.header("Intervals and comparisons", anchor=False)
    st.markdown(STATISTICS)


def show_officer_method() -> None:
    """How officer hours are made, with a worked example."""
    st.header("Officer time", anchor=False)
    st.markdown(OFFICER_METHOD)


def show_registry_methods() -> None:
    """How programs are counted, and how published figures are shown."""
    st.header("Growth and published figures", anchor=False)
    st.markdown(REGISTRY_METHODS)
