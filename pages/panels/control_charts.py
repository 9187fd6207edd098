"""What pages show of usual and unusual: the control chart, and what a recorded change was followed by."""

import streamlit as st

from outcomes.analyses.control_charts.chart import ControlChartAnswer
from outcomes.analyses.control_charts.exhibits import chart_exhibit
from outcomes.analyses.control_charts.intervention import changes_judged_by_month
from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.rare_events import rare_event_chart
from pages.shell.cache import cached
from pages.shell.exhibit import show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import escape_but_bold, escape_markdown


def show_control_chart(page: Page, metric_key: str, title: str) -> None:
    """Whether the months of a share or a volume are usual, and whether a recorded change mattered."""
    chart = cached(page, monthly_chart, metric_key)
    _show(page, chart, title)
    if chart.points:
        _offer_changes(page, metric_key)


def show_rare_event_chart(page: Page, metric_key: str, title: str) -> None:
    """Whether a rare event comes more or less often than usual."""
    _show(page, cached(page, rare_event_chart, metric_key), title)


def _show(page: Page, chart: ControlChartAnswer, title: str) -> None:
    changes = page.snapshot.changes_of(page.selection.program_ids)
    show_exhibit(page, chart_exhibit(chart, title, changes, page.source))


def _offer_changes(page: Page, metric_key: str) -> None:
    """What each recorded change of the program was followed by, where a reader asks for it."""
    changes = page.snapshot.changes_of(page.selection.program_ids)
    if not changes or not st.toggle("Did a recorded change matter?", key=f"changes-{metric_key}"):
        return
    with st.spinner("Looking at the months before and after"):
        found = cached(page, changes_judged_by_month, metric_key)
    if not found:
        st.caption("No recorded change is within the months of this figure.")
    for one in found:
        label = escape_markdown(one.change.change_label.rstrip("."))
        st.markdown(f"**{one.change.change_date:%b %Y}: {label}.** {escape_but_bold(one.sentence)}")
        if one.warnings:
            st.caption(escape_markdown(" ".join(one.warnings)))
