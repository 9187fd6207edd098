"""Fields of the selection bar that one page alone has: a target for the wait, and what the week shows."""

import streamlit as st

from outcomes.analyses.demand.text import EVERY_WHAT, PUBLIC_WHAT, what_words
from outcomes.analyses.response_times.target import LONGEST_TARGET
from pages.shell.url_state import UrlState

SHORTEST_TARGET = 0.1
# Keys in the address.
TARGET, SHOW = "target", "show"
# The page that each belongs to.
TARGET_PAGE, SHOW_PAGE = "response_times", "demand_and_coverage"


def own_complaints(chosen: dict[str, str], defaults: dict[str, str]) -> list[str]:
    """Sentences about what the link got wrong in these fields, which are set back."""
    complaints = []
    if chosen[TARGET] and not _is_target(chosen[TARGET]):
        complaints.append(
            f"The link asks for a target of [{chosen[TARGET][:80]}], which is no number of minutes up to "
            f"{LONGEST_TARGET:.0f}; it is left out."
        )
        chosen[TARGET] = defaults[TARGET]
    if chosen[SHOW] not in EVERY_WHAT:
        complaints.append(
            f"The link asks to show [{chosen[SHOW][:80]}], which is not there; it is left out."
        )
        chosen[SHOW] = defaults[SHOW]
    return complaints


def _is_target(text: str) -> bool:
    try:
        return SHORTEST_TARGET <= float(text) <= LONGEST_TARGET
    except ValueError:
        return False


def draw_own(
    page_name: str, chosen: dict[str, str], is_public: bool, bar: UrlState
) -> dict[str, str]:
    """The fields of this page, and what they hold for the address."""
    if page_name == TARGET_PAGE:
        return {TARGET: _draw_target(chosen[TARGET], bar)}
    if page_name == SHOW_PAGE:
        return {SHOW: _draw_show(chosen[SHOW], is_public, bar)}
    return {}


def _draw_target(text: str, bar: UrlState) -> str:
    """The field for the reader's own target; its text for the address, empty where none is set."""
    target = st.number_input(
        "Your target for the wait, in minutes",
        min_value=SHORTEST_TARGET,
        max_value=LONGEST_TARGET,
        step=1.0,
        format="%g",
        key=bar.keep(TARGET, float(text) if text else None),
        placeholder="None",
        help="From call to arrival. It changes nothing else on the page.",
    )
    return f"{target:g}" if target is not None else ""


def _draw_show(what: str, is_public: bool, bar: UrlState) -> str:
    """What the week shows; the public view has no reasons by hour."""
    options = list(PUBLIC_WHAT if is_public else EVERY_WHAT)
    return st.selectbox(
        "Show in the week",
        options,
        format_func=what_words,
        key=bar.keep(SHOW, what if what in options else options[0], options),
    )
