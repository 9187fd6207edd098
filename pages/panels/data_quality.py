"""What the Data quality page shows: rows, completeness, what was not understood, gaps and changes."""

import streamlit as st

from outcomes.analyses.data_quality.exhibits import (
    changes_exhibit,
    completeness_exhibit,
    findings_exhibit,
    missing_exhibit,
    quality_exhibit,
)
from outcomes.analyses.data_quality.export import quality_files
from outcomes.analyses.data_quality.rejected import rejected_csv
from outcomes.analyses.data_quality.report import QualityReport, quality_reports
from outcomes.analyses.data_quality.summary import reason_sentences, shown_months
from outcomes.presentation.exhibit import CsvFile
from outcomes.store.problem import StoreProblem
from outcomes.vocabulary.log import View
from pages.shell.cache import cached, settings
from pages.shell.exhibit import show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import bullets, escape_markdown
from pages.shell.store_problem import problem_words
from pages.shell.take_away import offer_csv


def show_rows_read(page: Page) -> None:
    """What the logs lacked in one sentence, what became of the rows, and why some were left out."""
    reports = cached(page, quality_reports)
    show_exhibit(page, quality_exhibit(reports))
    reasons = reason_sentences(reports)
    if reasons:
        with st.expander(f"Why rows were filtered or rejected ({len(reasons)})"):
            st.markdown(bullets(reasons))


def show_completeness(page: Page) -> None:
    """Completeness by field and month, or by field and program where several are chosen."""
    reports = cached(page, quality_reports)
    months = shown_months(reports, page.selection)
    show_exhibit(page, completeness_exhibit(reports, months, page.source))


def show_not_understood(page: Page) -> None:
    """Values that were not understood and times that cannot be used, with samples and what that does."""
    if page.selection.view is View.PUBLIC:
        st.caption("Values of the log stand in the program view alone.")
    show_exhibit(page, findings_exhibit(cached(page, quality_reports), page.source))


def show_missing(page: Page) -> None:
    """Months and days without records, sizes of export limits, repeats."""
    show_exhibit(page, missing_exhibit(cached(page, quality_reports)))


def show_changes(page: Page) -> None:
    """What changed against the load before, beyond chance."""
    show_exhibit(page, changes_exhibit(cached(page, quality_reports), page.source))


def offer_quality_download(page: Page) -> None:
    """Take it away: completeness and findings as CSV, and the rejected rows for the agency's own staff."""
    st.header("Take it away", anchor=False)
    reports = cached(page, quality_reports)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for csv in quality_files(reports, shown_months(reports, page.selection)):
            offer_csv(page, csv, csv.title)
        if page.selection.view is View.PROGRAM:
            _offer_rejected_rows(page, reports)


def _offer_rejected_rows(page: Page, reports: tuple[QualityReport, ...]) -> None:
    for report in reports:
        if not report.rows["rejected"]:
            continue
        program_id = report.program.program_id
        of = f" of {report.program.program_name}" if len(reports) > 1 else ""
        try:
            text = rejected_csv(program_id, settings().store, View.PROGRAM)
        except StoreProblem as problem:
            # Published before rejected rows were kept: there is no file to give.
            st.caption(escape_markdown(problem_words(problem)))
            continue
        offer_csv(page, CsvFile(f"rejected-{program_id}", text), f"Rejected rows{of}")
