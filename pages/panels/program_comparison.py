"""What the page that compares programs shows: the choice of a figure, the funnel, equal call mix, a typical program."""

import streamlit as st

from outcomes.analyses.program_comparison.analysis import (
    COMPARED,
    ProgramComparison,
    program_comparison,
)
from outcomes.analyses.program_comparison.figure import equal_mix_figure, funnel_plot_figure
from outcomes.analyses.program_comparison.tables import (
    comparison_csv,
    comparison_table,
    letters,
    mix_table,
)
from outcomes.analyses.program_comparison.text import (
    NO_RANKING,
    OWN_MIX,
    chosen_sentence,
    comparison_citation,
    comparison_notes,
    comparison_sentence,
    measure_label,
    mix_sentence,
    pooled_sentence,
)
from outcomes.metrics.registry import find_metric
from outcomes.presentation.charts.theme import CONFIG
from pages.shell.cache import cached
from pages.shell.citation_box import offer_quote
from pages.shell.frame import Page
from pages.shell.markdown import escape_but_bold, escape_markdown
from pages.shell.selection_bar import MEASURE, keep_choice


def begin_comparison(page: Page) -> ProgramComparison:
    """The comparison of what the reader chooses here; the choice is kept in the address."""
    current = page.query.get(MEASURE) or COMPARED[0]
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


def show_comparison(page: Page, comparison: ProgramComparison) -> None:
    """Which programs differ from all together by more than chance, or why they are not compared."""
    with st.container(gap="xxsmall"):
        with st.container(key="ro-sentence-comparison"):
            st.markdown(escape_but_bold(comparison_sentence(comparison)))
        if not comparison.is_refused:
            offer_quote(comparison_citation(comparison, page.link), "comparison")
        chosen = chosen_sentence(comparison, page.selection.program_ids)
        if chosen:
            st.markdown(escape_but_bold(chosen))
    st.caption(escape_markdown(f"{measure_label(comparison)}: {comparison.metric.definition}"))


def show_funnel_plot(page: Page, comparison: ProgramComparison) -> None:
    """The funnel plot as Chart | Table, with what its letters and limits mean."""
    if comparison.is_refused:
        return
    page.header("Is the difference more than chance?")
    st.caption(f"{NO_RANKING} {comparison.funnel.excess.note if comparison.funnel else ''}")
    rows = comparison_table(comparison).map(escape_markdown)
    if comparison.funnel is None:
        st.table(rows, hide_index=True)
        return
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            funnel_plot_figure(comparison, page.is_dark, page.selection.program_ids),
            config=CONFIG,
            theme=None,
            key="funnel-plot",
            alt=comparison_sentence(comparison).replace("**", ""),
        )
        marks = letters(comparison)
        key = " · ".join(f"{marks[one.program_id]} {one.name}" for one in comparison.programs)
        st.caption(
            escape_markdown(
                f"{key}. The dotted line is all of them together, the dashed ones are 95 % limits, the solid ones 99.8 %; ◆ lies outside the dashed ones."
            )
        )
    with table:
        st.table(rows, hide_index=True)


def show_equal_mix(page: Page, comparison: ProgramComparison) -> None:
    """Observed over expected at equal call mix as Chart | Table, beside the share as it is."""
    if comparison.is_refused:
        return
    page.header("And at an equal mix of calls?")
    st.markdown(escape_but_bold(mix_sentence(comparison)))
    if not any(one.standardised for one in comparison.programs):
        return
    kinds = "call type and acuity" if comparison.by_acuity else "call type"
    page.queries.append(comparison.metric.query)
    st.caption(f"Expected at the rates of all programs together by {kinds}. {OWN_MIX}")
    rows = mix_table(comparison).map(escape_markdown)
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            equal_mix_figure(comparison, page.is_dark, page.selection.program_ids),
            config=CONFIG,
            theme=None,
            key="equal-mix",
            alt=mix_sentence(comparison).replace("**", ""),
        )
    with table:
        st.table(rows, hide_index=True)


def show_typical(page: Page, comparison: ProgramComparison) -> None:
    """What a typical program and a new one are like."""
    if comparison.is_refused or comparison.pooled is None:
        return
    page.header("What is a program like these to expect?")
    st.markdown(pooled_sentence(comparison))


def show_what_to_know(page: Page, comparison: ProgramComparison) -> None:
    """Who is not compared and why, and what a careful reader must know."""
    page.header("What to know before quoting")
    st.markdown("\n".join(f"- {escape_markdown(note)}" for note in comparison_notes(comparison)))


def offer_comparison(page: Page, comparison: ProgramComparison) -> None:
    """The link to this view, and the figures as a file."""
    page.header("Take it away")
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)
    if not comparison.is_refused:
        st.download_button(
            "CSV",
            comparison_csv(comparison),
            file_name=f"compare-{comparison.metric.key.replace('_', '-')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="comparison-csv",
        )
