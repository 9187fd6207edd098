"""What the Methods page shows: every definition of the registry, and how intervals are made."""

import streamlit as st
from pandas import DataFrame

from outcomes.analyses.methods.officer_time import OFFICER_METHOD
from outcomes.analyses.methods.text import REGISTRY_METHODS, STATISTICS, metric_text
from outcomes.metrics.definition import Metric
from outcomes.metrics.registry import METRICS, SUBJECTS
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import find_page, page_path
from pages.shell.url_state import complain

# The page that shows the metrics of each subject first.
PAGE_OF_SUBJECT = {
    "Calls": "overview",
    "Calls diverted": "calls_diverted",
    "Safety escalations": "safety_escalations",
    "On scene": "scene_outcomes",
    "Outcomes": "scene_outcomes",
    "Repeat contacts": "scene_outcomes",
    "Injuries": "injuries",
    "Response times": "response_times",
}

CHAPTERS = (
    ("Intervals and comparisons", STATISTICS),
    ("Officer time", OFFICER_METHOD),
    ("Growth and published figures", REGISTRY_METHODS),
)
TABS = ["Definitions", *(title for title, _ in CHAPTERS)]


def asked_metric() -> str:
    """Key of the metric that a link asks for; empty where it asks for none."""
    return st.query_params.get("metric", "")


def show_methods(asked: str) -> None:
    """Definitions of all numbers first; how intervals, officer hours and counts of programs are made, a tap away."""
    definitions, *chapters = st.tabs(TABS)
    with definitions:
        _show_definitions(asked)
    for place, (_, text) in zip(chapters, CHAPTERS, strict=True):
        with place:
            st.markdown(text)


def _show_definitions(asked: str) -> None:
    """The one that a link asks for, a short table, and each definition one tap away; those sought where words are."""
    if asked in METRICS:
        with st.container(border=True, key="asked-metric"):
            _show_definition(METRICS[asked])
    elif asked:
        complain(
            [f"The link asks for the metric [{asked[:80]}], which is not there; all are listed."]
        )
    sought = st.text_input("Find a number or a word", placeholder="for example: diverted")
    found = {
        subject: [metric for metric in metrics if _is_sought(metric, sought)]
        for subject, metrics in SUBJECTS.items()
    }
    if not any(found.values()):
        st.info(
            escape_markdown(f"No definition has the words [{sought[:80]}]; try fewer of them."),
            icon=":material/search_off:",
        )
        return
    rows = [
        {
            "Number": metric.label,
            "Counted": metric.numerator.words,
            "Over": metric.denominator.words if metric.denominator else "",
            "Subject": subject,
        }
        for subject, metrics in found.items()
        for metric in metrics
    ]
    st.dataframe(DataFrame(rows), hide_index=True, height=320)
    for subject, metrics in found.items():
        if not metrics:
            continue
        st.subheader(escape_markdown(subject), anchor=False)
        name = PAGE_OF_SUBJECT[subject]
        st.page_link(page_path(name), label=f"Shown on {find_page(name).title}")
        with st.container(gap="xsmall"):
            for metric in metrics:
                with st.expander(escape_markdown(metric.label)):
                    st.markdown(metric_text(metric))


def _show_definition(metric: Metric) -> None:
    st.markdown(f"**{escape_markdown(metric.label)}**")
    st.markdown(metric_text(metric))


def _is_sought(metric: Metric, sought: str) -> bool:
    """Whether every word stands in what is said of the metric; so do all where nothing is sought."""
    said = f"{metric.key} {metric.label} {metric.definition} {metric.question}".casefold()
    return all(word in said for word in sought.casefold().split())
