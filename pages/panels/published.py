"""What the page of published outcomes shows: the answer, contradictions, totals, police hours, and every figure."""

import streamlit as st

from outcomes.analyses.published import exhibits
from outcomes.analyses.published.analysis import (
    FIRST_CONFLICTS,
    Conflict,
    published_outcomes,
)
from outcomes.analyses.published.citation import total_citation
from outcomes.analyses.published.tables import added_table, conflict_cards
from outcomes.analyses.published.text import total_sentence
from pages.panels.published_filters import choose_figures
from pages.shell.cache import cached, settings
from pages.shell.cards import plain_cards_html
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import show_exhibit
from pages.shell.markdown import escape_but_bold, escape_markdown
from pages.shell.navigation import view_link
from pages.shell.registry_frame import RegistryPage
from pages.shell.tables import show_table


def show_published(page: RegistryPage) -> None:
    """The answer in a sentence."""
    show_exhibit(
        page,
        exhibits.published_exhibit(cached(page, published_outcomes), page.registry, _whole(page)),
    )


def show_rates(page: RegistryPage) -> None:
    """Rates by program as dots, from their own printed counts."""
    show_exhibit(page, exhibits.rates_exhibit(cached(page, published_outcomes)))


def show_extent(page: RegistryPage) -> None:
    """Printed rates that do not agree with their own counts, the headline cards, and what to know."""
    show_exhibit(page, exhibits.extent_exhibit(cached(page, published_outcomes)))


def show_conflicts(page: RegistryPage) -> None:
    """Contradictions side by side, two in sight and the others to open; none is picked."""
    outcomes = cached(page, published_outcomes)
    show_exhibit(page, exhibits.conflicts_exhibit(outcomes, page.registry))
    in_sight = len(FIRST_CONFLICTS)
    for conflict in outcomes.conflicts[:in_sight]:
        st.subheader(escape_markdown(conflict.title), anchor=False)
        _show_conflict(conflict)
    others = outcomes.conflicts[in_sight:]
    with st.expander(f"{len(others):,} more contradictions"):
        for conflict in others:
            st.markdown(f"**{escape_markdown(conflict.title)}**")
            _show_conflict(conflict)


def _show_conflict(conflict: Conflict) -> None:
    st.html(plain_cards_html(conflict_cards(conflict)))
    st.markdown(escape_markdown(conflict.explanation))


def show_totals(page: RegistryPage) -> None:
    """Counts added up where definitions match: rate of the sums, exact limits, programs and rule."""
    outcomes = cached(page, published_outcomes)
    show_exhibit(page, exhibits.totals_exhibit(outcomes, page.registry))
    for total in outcomes.totals:
        label = f"{total.row['label']}: what is added, the rule, and a sentence to quote"
        with st.expander(escape_markdown(label)):
            st.markdown(escape_but_bold(total_sentence(total)))
            show_table(added_table(total))
            st.markdown(escape_markdown(total.row["rule"]))
            quote = total_citation(total, page.registry.name, _whole(page))
            offer_words("", quote)


def show_hours(page: RegistryPage) -> None:
    """Police hours per call as programs estimate them."""
    show_exhibit(
        page, exhibits.hours_exhibit(cached(page, published_outcomes), page.registry, _whole(page))
    )


def show_all_figures(page: RegistryPage) -> None:
    """Every figure, or those of one program or subject."""
    every = cached(page, published_outcomes).figures
    figures = choose_figures(page, every)
    exhibit = exhibits.figures_exhibit(figures, len(every), page.registry, page.link)
    show_exhibit(page, exhibit)
    if exhibit.csv is None:
        st.info("No figure of this program is about that.", icon=":material/info:")
        return
    # First in the list of files: what most readers come for.
    page.files = {exhibit.csv.title: exhibit.csv, **page.files}


def _whole(page: RegistryPage) -> str:
    """The page's address without a choice: its headline numbers are the same for each."""
    return view_link(page.entry, {}, settings().public_address)
