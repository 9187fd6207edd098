"""What the Data quality page shows: rows, completeness, what was not understood, gaps and changes."""

from datetime import date
from html import escape

import streamlit as st

from outcomes.analyses.data_quality.figure import MOST_MONTHS, completeness_figure, legend
from outcomes.analyses.data_quality.rejected import rejected_csv
from outcomes.analyses.data_quality.report import QualityReport, quality_reports
from outcomes.analyses.data_quality.summary import (
    QualityCard,
    answer_sentence,
    cards,
    change_table,
    completeness_table,
    completeness_words,
    finding_table,
    missing_sentences,
    reason_sentences,
)
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.csv_file import csv_text
from outcomes.selection import add_months, month_count
from outcomes.store.warehouse import StoreProblem
from outcomes.vocabulary.log import View
from pages.shell.cache import cached, settings
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown


def show_quality_sentence(page: Page) -> None:
    """What the logs lacked, as one plain sentence, and that filters do not narrow it."""
    with st.container(key="ro-sentence-quality"):
        st.markdown(answer_sentence(_reports(page)))
    st.caption(
        "Of the whole log and its last load, whatever call types are chosen; the period narrows the months "
        "below."
    )


def show_row_cards(page: Page) -> None:
    """What became of the rows: read = loaded + filtered + rejected + unchanged; and why some were left out."""
    reports = _reports(page)
    st.html(f'<div class="ro-cards">{"".join(map(_card, cards(reports)))}</div>')
    reasons = reason_sentences(reports)
    if reasons:
        with st.expander(f"Why rows were filtered or rejected ({len(reasons)})"):
            st.markdown("\n".join(f"- {escape_markdown(reason)}" for reason in reasons))


def show_completeness(page: Page) -> None:
    """Completeness by field and month, or by field and program where several are chosen."""
    reports = _reports(page)
    months = _months(page, reports)
    by_month = len(reports) == 1
    st.caption(
        f"Share of records on which each field is filled, by month; at most the last {MOST_MONTHS} months "
        "are drawn. Open cells have no records, or are hidden."
        if by_month
        else "Share of records on which each field is filled, by program. Choose one program to see its "
        "months. Open cells are not recorded, or hidden."
    )
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.html(f'<div class="ro-quiet">{"  ".join(map(_swatch, legend(page.is_dark)))}</div>')
        st.plotly_chart(
            completeness_figure(reports, months, page.is_dark),
            config=CONFIG,
            theme=None,
            key="completeness",
            alt=completeness_words(reports),
        )
    with table:
        st.table(completeness_table(reports, months).map(escape_markdown), hide_index=True)


def show_not_understood(page: Page) -> None:
    """Values that were not understood and times that cannot be used, with samples and what that does."""
    reports = _reports(page)
    if page.selection.view is View.PUBLIC:
        st.caption("Values of the log stand in the program view alone.")
    rows = finding_table(reports)
    if not len(rows):
        st.markdown("Every value that was read was understood, and every time can be used.")
        return
    st.table(rows.map(escape_markdown), hide_index=True)


def show_missing(page: Page) -> None:
    """Months and days without records, sizes of export limits, repeats."""
    told = missing_sentences(_reports(page))
    st.markdown(
        "\n".join(f"- {escape_markdown(sentence)}" for sentence in told)
        or "No month and no run of days is missing that the log's size would not explain."
    )


def show_changes(page: Page) -> None:
    """What changed against the load before, beyond chance."""
    rows = change_table(_reports(page))
    if not len(rows):
        st.markdown(
            "Nothing beyond chance, or there is no earlier load that it could be held against."
        )
        return
    st.caption("What the last load brought, against the year before it. Counts are records a day.")
    st.table(rows.map(escape_markdown), hide_index=True)


def offer_quality_download(page: Page) -> None:
    """Take it away: completeness and findings as CSV."""
    st.header("Take it away", anchor=False)
    reports = _reports(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for words, rows in (
            ("Completeness", completeness_table(reports, _months(page, reports))),
            ("Not understood", finding_table(reports)),
        ):
            st.download_button(
                words,
                csv_text(rows.columns, rows.itertuples(index=False)),
                file_name=f"{words.lower().replace(' ', '-')}.csv",
                mime="text/csv",
                icon=":material/download:",
                on_click="ignore",
                key=f"quality-{words}",
            )
        if page.selection.view is View.PROGRAM:
            _offer_rejected_rows(reports)


def _offer_rejected_rows(reports: tuple[QualityReport, ...]) -> None:
    """The rows that were not taken in, by program, for the agency's own staff alone."""
    for report in reports:
        if not report.rows["rejected"]:
            continue
        of = f" of {report.program.program_name}" if len(reports) > 1 else ""
        try:
            rows = rejected_csv(report.program.program_id, settings().store, View.PROGRAM)
        except StoreProblem as problem:
            # Published before rejected rows were kept: there is no file to give.
            st.caption(escape_markdown(str(problem)))
            continue
        st.download_button(
            f"Rejected rows{of}",
            rows,
            file_name=f"rejected-{report.program.program_id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"quality-rejected-{report.program.program_id}",
        )


def _reports(page: Page) -> tuple[QualityReport, ...]:
    return cached(page, quality_reports)


def _months(page: Page, reports: tuple[QualityReport, ...]) -> list[date]:
    """Every month from the first to the last that the logs have, within the chosen period."""
    first, last = page.selection.first_month, page.selection.last_month
    written = sorted({month for report in reports for month in report.by_month})
    # A month without records has a column too: it is a gap, and no month can be left out of a row.
    count = month_count(written[0], written[-1]) if written else 0
    months = [add_months(written[0], place) for place in range(count)]
    return [
        month
        for month in months
        if (first is None or month >= first) and (last is None or month <= last)
    ]


def _swatch(band: tuple[str, str]) -> str:
    colour, words = band
    return (
        f'<span style="white-space:nowrap;margin-right:1rem"><span aria-hidden="true" '
        f'style="display:inline-block;width:12px;height:12px;background:{colour};'
        f'margin-right:0.35rem"></span>{escape(words)}</span>'
    )


def _card(card: QualityCard) -> str:
    return (
        f'<div class="ro-card"><div class="ro-label">{escape(card.label)}</div>'
        f'<div class="ro-value">{escape(card.value)}</div>'
        f'<div class="ro-quiet">{escape(card.quiet)}</div></div>'
    )
