"""What pages show of usual and unusual: the sentence, the control chart beside its table, the limits' origin."""

import streamlit as st

from outcomes.analyses.control_charts.chart import ControlChartAnswer
from outcomes.analyses.control_charts.figure import chart_figure, shape_of, span_of
from outcomes.analyses.control_charts.intervention import changes_judged_by_month
from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.rare_events import rare_event_chart
from outcomes.analyses.control_charts.tables import chart_csv, chart_table
from outcomes.analyses.control_charts.text import baseline_caption, chart_finding, chart_sentence
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.charts.trend import marked_changes
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

# A shape of the chart as a character for the line that explains it.
DRAWN = {
    "diamond": "◆",
    "square": "■",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "hexagon2": "⬢",
}


def show_control_chart(page: Page, metric_key: str, title: str) -> None:
    """Whether the months of a share or a volume are usual: sentence, then Chart | Table."""
    page.header(title)
    chart = cached(page, monthly_chart, metric_key)
    _show(page, chart)
    if chart.points:
        _offer_changes(page, metric_key)


def show_rare_event_chart(page: Page, metric_key: str, title: str) -> None:
    """Whether a rare event comes more or less often than usual: sentence, then Chart | Table."""
    page.header(title)
    _show(page, cached(page, rare_event_chart, metric_key))


def _offer_changes(page: Page, metric_key: str) -> None:
    """What each recorded change of the program was followed by, where a reader asks for it."""
    changes = page.snapshot.changes_of(page.selection.program_ids)
    if not changes or not st.toggle("Did a recorded change matter?", key=f"changes-{metric_key}"):
        return
    with st.spinner("Looking at the months before and after"):
        found = cached(page, changes_judged_by_month, metric_key)
    if not found:
        st.caption("No recorded change lies within the months of this figure.")
    for one in found:
        label = escape_markdown(one.change.change_label.rstrip("."))
        st.markdown(f"**{one.change.change_date:%b %Y}: {label}.** {one.sentence}")
        if one.warnings:
            st.caption(" ".join(one.warnings))


def _show(page: Page, chart: ControlChartAnswer) -> None:
    sentence = chart_sentence(chart)
    if chart.why_empty or not chart.points:
        st.info(page.say_once(sentence), icon=":material/info:")
        return
    st.markdown(sentence)
    page.queries.append(chart.query)
    changes = page.snapshot.changes_of(page.selection.program_ids)
    st.caption(escape_markdown(baseline_caption(chart)))
    drawn, table = st.tabs(["Chart", "Table"])
    with drawn:
        figure = chart_figure(chart, changes, page.is_dark)
        key = f"usual-{chart.metric.key}"
        st.plotly_chart(figure, config=CONFIG, theme=None, key=key, alt=chart_finding(chart))
        told = [
            f"{mark} {change.change_date:%b %Y}: {change.change_label.rstrip('.')}."
            for mark, change in marked_changes(changes, *span_of(chart))
        ]
        if told:
            st.caption(escape_markdown(" ".join(told)))
        shapes = {DRAWN[shape_of(signal)]: signal.kind.value for signal in chart.signals}
        if shapes:
            st.caption(" · ".join(f"{shape} {words}" for shape, words in shapes.items()))
    with table:
        st.table(chart_table(chart).map(escape_markdown), hide_index=True)
        if page.source is not None:
            st.download_button(
                "CSV",
                chart_csv(chart, page.source),
                file_name=f"usual-{chart.metric.key.replace('_', '-')}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key=f"usual-csv-{chart.metric.key}",
            )
