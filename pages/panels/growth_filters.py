"""The bar of the growth page: the counting rule, the base year, the month and the map's measure."""

import streamlit as st

from outcomes.analyses.growth.analysis import FIRST_SHOWN, growth
from outcomes.analyses.growth.choice import (
    DEFAULTS,
    MEASURES,
    SWITCHES,
    GrowthChoice,
    allowed_texts,
    base_years,
    month_complaint,
    month_text,
    rule_texts,
)
from outcomes.analyses.growth.text import change_words
from outcomes.selection import months_between, parse_month
from pages.shell.cache import cached
from pages.shell.markdown import escape_markdown
from pages.shell.registry_frame import RegistryPage
from pages.shell.url_state import UrlState, complain

BAR = UrlState("growth", DEFAULTS, tuple(f"switch-{name}" for name in SWITCHES))


def choose_growth(page: RegistryPage) -> GrowthChoice:
    """Draw the counting rule and the base year in the sidebar; the map's own controls are drawn by choose_map."""
    as_of = page.registry.as_of
    BAR.arrive(page.entry.name)
    allowed = allowed_texts(as_of, page.registry.state_names)
    chosen, complaints = BAR.understood(allowed, several=("with",))
    complaint = month_complaint(chosen["month"], as_of)
    if complaint:
        complaints.append(complaint)
        chosen["month"] = DEFAULTS["month"]
    # The slider stands below the headline, and the headline is of its month.
    month = BAR.held("month")
    if month is not None:
        chosen["month"] = month_text(str(month), as_of)
    with st.sidebar:
        drawn = _draw_rule(page, GrowthChoice(chosen, as_of))
    complain(complaints, "It is left out.")
    return _taken(page, {**chosen, **drawn})


def choose_map(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """Draw the map's measure and the month slider, and return the choice with what they say."""
    as_of = page.registry.as_of
    measure = st.segmented_control(
        "Show",
        list(MEASURES),
        format_func=lambda name: MEASURES[name],
        required=True,
        key=BAR.keep("map", choice.measure),
    )
    month = st.select_slider(
        "Month",
        [f"{month:%Y-%m}" for month in months_between(FIRST_SHOWN, as_of)],
        format_func=lambda text: f"{parse_month(text):%b %Y}",
        key=BAR.keep("month", f"{choice.month:%Y-%m}"),
    )
    drawn = {"map": measure or choice.measure, "month": month_text(month, as_of)}
    return _taken(page, {**choice.chosen, **drawn})


def choose_state(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """Draw the choice of the state whose programs are listed, and keep everything in the address."""
    names = page.registry.state_names
    state = st.selectbox(
        "State",
        ["", *names],
        format_func=lambda code: names.get(code, "Choose a state"),
        key=BAR.keep("show", choice.state),
    )
    choice = _taken(page, {**choice.chosen, "show": state})
    BAR.write(choice.chosen, page.query)
    return choice


def _taken(page: RegistryPage, chosen: dict[str, str]) -> GrowthChoice:
    """The choice, whose address the page's links have from now on."""
    page.query = BAR.short(chosen)
    return GrowthChoice(chosen, page.registry.as_of)


def _draw_rule(page: RegistryPage, choice: GrowthChoice) -> dict[str, str]:
    """The switches of the counting rule and the base year, and what they hold for the address."""
    st.markdown("**What is counted**")
    st.caption(
        "Community responder programs always are. What each switch would change stands below it."
    )
    is_on = {}
    for effect in cached(page, growth, choice.rule, choice.month, choice.base_year).switches:
        name, meaning = SWITCHES[effect.switch]
        key = BAR.keep(f"switch-{effect.switch}", effect.is_in)
        is_on[effect.switch] = st.toggle(
            escape_markdown(name),
            key=key,
            help=escape_markdown(f"{meaning[:1].upper()}{meaning[1:]}."),
        )
        st.caption(
            f"Switched {'out' if effect.is_in else 'in'}: {escape_markdown(change_words(effect))}"
        )
    since = st.selectbox(
        "Multiple since the end of",
        base_years(page.registry.as_of),
        key=BAR.keep("since", choice.chosen["since"]),
    )
    return {**rule_texts(is_on), "since": since}
