"""What the page of published outcomes shows: the answer, contradictions, totals, police hours, and every figure."""

import streamlit as st

from outcomes.analyses.published.analysis import (
    FIRST_CONFLICTS,
    Conflict,
    PublishedOutcomes,
    published_outcomes,
)
from outcomes.analyses.published.citation import hours_citation, published_citation, total_citation
from outcomes.analyses.published.figure import hours_figure
from outcomes.analyses.published.rates import LOWER_BOUNDS, UPPER_BOUNDS, Verdict
from outcomes.analyses.published.tables import (
    added_table,
    figure_rows,
    figure_table,
    hours_rows,
    hours_table,
    total_cards,
    total_rows,
)
from outcomes.analyses.published.text import (
    answer_sentence,
    disagreement_sentence,
    hours_finding,
    hours_sentence,
    published_notes,
    total_sentence,
)
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.exhibit import CsvFile
from outcomes.presentation.export_registry import registry_csv
from outcomes.vocabulary.registry import Bound
from pages.panels.conflict_cards import conflict_cards_html
from pages.panels.published_filters import choose_figures
from pages.shell.cache import cached, settings
from pages.shell.cards import plain_cards_html
from pages.shell.citation_box import offer_quote
from pages.shell.markdown import escape_markdown, linked
from pages.shell.navigation import view_link
from pages.shell.registry_frame import RegistryPage


def show_published(page: RegistryPage) -> None:
    """The answer, the printed rates that do not agree, and the headline cards."""
    outcomes = cached(page, published_outcomes)
    with st.container(key="ro-sentence-published"):
        st.markdown(answer_sentence(outcomes))
    st.markdown(escape_markdown(disagreement_sentence(outcomes)))
    offer_quote(published_citation(outcomes, page.registry.name, _whole(page)), "published")
    st.html(plain_cards_html(_cards(outcomes)))
    st.markdown("\n".join(f"- {escape_markdown(note)}" for note in published_notes(outcomes)))


def _cards(outcomes: PublishedOutcomes) -> list[tuple[str, str, list[str]]]:
    about = len(outcomes.with_value_bound(Bound.ABOUT))
    wrong = len(outcomes.with_verdict(Verdict.DOES_NOT_AGREE))
    checked = sum(figure.verdict is not None for figure in outcomes.sourced)
    return [
        (
            "Figures read at their source",
            f"{len(outcomes.sourced):,}",
            [f"of {outcomes.program_count:,} programs"],
        ),
        (
            "Bounds, kept as bounds",
            f"{len(outcomes.with_value_bound(*LOWER_BOUNDS, *UPPER_BOUNDS)):,}",
            [f"{about:,} more say “about”"],
        ),
        (
            "Rates recomputed",
            f"{len(outcomes.recomputed):,}",
            ["from two counts that the source prints"],
        ),
        (
            "Printed rates that their own counts do not give",
            f"{wrong:,}",
            [f"of {checked:,} with both counts beside them"],
        ),
    ]


def show_conflicts(page: RegistryPage) -> None:
    """Contradictions side by side, the most quoted in sight and the others to open; none is picked."""
    outcomes = cached(page, published_outcomes)
    st.caption(
        f"{len(outcomes.conflicts):,} sets of figures contradict each other, or seem to: two sources, two periods, or two "
        "ways to count. All are shown as printed; none is picked here."
    )
    others = []
    for conflict in outcomes.conflicts:
        if conflict.conflict in FIRST_CONFLICTS:
            st.subheader(escape_markdown(conflict.title), anchor=False)
            _draw_conflict(conflict)
        else:
            others.append(conflict)
    st.markdown(f"**{len(others):,} more**")
    for conflict in others:
        with st.expander(escape_markdown(conflict.title)):
            _draw_conflict(conflict)
    rows = [
        {"conflict": each.conflict, "title": each.title, "explanation": each.explanation}
        for each in outcomes.conflicts
    ]
    body = registry_csv(rows, page.registry.name)
    page.offer(CsvFile("Contradictions explained", body, "published_conflicts"))


def _draw_conflict(conflict: Conflict) -> None:
    st.html(conflict_cards_html(conflict))
    st.markdown(escape_markdown(conflict.explanation))


def show_totals(page: RegistryPage) -> None:
    """Counts added up where definitions match: rate of the sums, exact limits, programs and rule."""
    totals = cached(page, published_outcomes).totals
    st.caption(
        "Counts are added up only where the same was counted over the same; a total is never a mean of rates. "
        "Everything else stays apart."
    )
    st.html(plain_cards_html(total_cards(totals)))
    for total in totals:
        with st.expander(
            escape_markdown(
                f"{total.row['label']}: what is added, the rule, and a sentence to quote"
            )
        ):
            st.markdown(total_sentence(total))
            st.table(linked(added_table(total), "Source"), hide_index=True)
            st.markdown(escape_markdown(total.row["rule"]))
            quote = total_citation(total, page.registry.name, _whole(page))
            offer_quote(quote, f"total-{total.row['definition']}")
    body = registry_csv(total_rows(totals), page.registry.name)
    page.offer(CsvFile("Totals of matching definitions", body, "published_totals"))


def show_hours(page: RegistryPage) -> None:
    """Police hours per call as programs estimate them, far apart, as Chart | Table."""
    hours = cached(page, published_outcomes).hours
    st.markdown(hours_sentence(hours))
    quote = hours_citation(hours, page.registry.name, _whole(page))
    offer_quote(quote, "hours")
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        st.plotly_chart(
            hours_figure(hours, page.is_dark),
            config=CONFIG,
            theme=None,
            key="police-hours",
            alt=hours_finding(hours),
        )
    with table:
        st.table(linked(hours_table(hours), "Source"), hide_index=True)
    body = registry_csv(hours_rows(hours), page.registry.name, quote=quote)
    page.offer(CsvFile("Police hours per call", body, "police_hours_per_call"))


def show_all_figures(page: RegistryPage) -> None:
    """Every figure, or those of one program or subject, with bounds, counts, verdict and source."""
    outcomes = cached(page, published_outcomes)
    choice = choose_figures(page.entry.name, outcomes)
    for complaint in choice.complaints:
        st.warning(escape_markdown(complaint), icon=":material/link_off:")
    page.query = choice.query
    figures = choice.of(outcomes.figures)
    unread = sum(not figure.is_sourced for figure in figures)
    marked = f"; {unread:,} marked unverified" if unread else ""
    st.caption(f"{len(figures):,} of {len(outcomes.figures):,} figures{marked}.")
    if not figures:
        st.info("No figure of this program is about that.", icon=":material/info:")
        return
    st.dataframe(
        figure_table(figures),
        hide_index=True,
        column_config={"Address": st.column_config.LinkColumn("Address", display_text="open")},
        key="figures",
    )
    rows = figure_rows(figures, page.registry.name, page.link)
    body = registry_csv(rows, page.registry.name)
    # First in the list of files: what most readers come for.
    chosen = CsvFile("Every figure chosen", body, "published_figures")
    page.files = {chosen.title: chosen, **page.files}


def _whole(page: RegistryPage) -> str:
    """The page's address without a choice: its headline numbers are the same for each."""
    return view_link(page.entry, {}, settings().public_address)
