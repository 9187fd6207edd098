"""What the page that compares programs shows: the choice of a figure, the answer, and its exhibits."""

import streamlit as st

from outcomes.analyses.program_comparison.analysis import (
    COMPARED,
    ProgramComparison,
    program_comparison,
)
from outcomes.analyses.program_comparison.exhibits import (
    comparison_exhibits,
    scorecard_exhibit,
)
from outcomes.analyses.program_comparison.scorecard import scorecard
from outcomes.analyses.program_comparison.tables import comparison_csv
from outcomes.analyses.program_comparison.text import (
    comparison_notes,
    comparison_sentence,
    measure_label,
)
from outcomes.metrics.registry import find_metric
from outcomes.presentation.exhibit import CsvFile, notes_exhibit
from pages.panels.page_filters import MEASURE
from pages.shell.cache import cached
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown
from pages.shell.selection_bar import keep_choice
from pages.shell.show import begin_parts, show_nearest
from pages.shell.take_away import offer_csv, offer_link
from pages.shell.unanswered import lacking, show_unanswered


def show_scorecard(page: Page) -> None:
    """The measures that a director compares, each beside the other programs; nothing where there is no other."""
    exhibit = scorecard_exhibit(cached(page, scorecard))
    if not exhibit.empty:
        show_exhibit(page, exhibit)


def show_one_measure(page: Page) -> ProgramComparison:
    """One figure of all the programs, which the reader chooses; on paper its heading stays with its chart."""
    with st.container(key="ro-exhibit-depth"):
        if not scorecard_exhibit(cached(page, scorecard)).empty:
            page.header("One measure in depth")
        comparison = _choose_comparison(page)
        _show_comparison(page, comparison)
    return comparison


def _choose_comparison(page: Page) -> ProgramComparison:
    """The comparison of what the reader chooses here; before that, of the first figure that a chosen log records.

    The choice is kept in the address.
    """
    recorded = [key for key in COMPARED if not lacking(page).keeps(key)]
    current = page.query.get(MEASURE) or (recorded or COMPARED)[0]
    chosen = st.selectbox(
        "What is compared",
        COMPARED,
        index=COMPARED.index(current),
        format_func=lambda key: find_metric(key).label,
        key=f"measure-{current}",
    )
    if chosen and chosen != current:
        keep_choice(MEASURE, chosen)
    comparison = cached(page, program_comparison, current)
    if comparison.by_program is not None:
        page.shown.append(comparison.by_program)
        # One chosen program is held against others: the figures are of all their logs.
        page.source = comparison.by_program.source
    return comparison


def _show_comparison(page: Page, comparison: ProgramComparison) -> None:
    """Each program against all of them together, as it is and at an equal mix of calls; else why not, and what others published."""
    if comparison.is_refused:
        say_large(comparison_sentence(comparison), "comparison")
        st.caption(escape_markdown(f"{measure_label(comparison)}: {comparison.metric.definition}"))
        show_nearest(page, comparison.metric.key)
        return
    exhibits = comparison_exhibits(comparison, page.selection.program_ids, page.link)
    titles = [exhibit.title or "As it is" for exhibit in exhibits]
    parts = begin_parts(page, *((title, "") for title in titles))
    for part, exhibit in zip(parts, exhibits, strict=True):
        with part:
            show_exhibit(page, exhibit, level=3)


def show_what_to_know(page: Page, comparison: ProgramComparison) -> None:
    """What the logs cannot answer, who is not compared and why, and what a careful reader must know."""
    show_unanswered(page)
    show_exhibit(page, notes_exhibit(comparison_notes(comparison)))


def offer_comparison(page: Page, comparison: ProgramComparison) -> None:
    """The link to this view, and the figures as a file."""
    offer_link(page)
    if not comparison.is_refused:
        name = comparison.metric.key.replace("_", " ")
        offer_csv(page, CsvFile(f"compare {name}", comparison_csv(comparison)))
