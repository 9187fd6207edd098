"""What one page alone lets its reader choose: its key in the address, what makes sense there, its field in the bar."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from outcomes.analyses.demand.text import EVERY_WHAT, PUBLIC_WHAT, what_words
from outcomes.analyses.program_comparison.analysis import COMPARED
from outcomes.analyses.response_times.target import LONGEST_TARGET
from outcomes.presentation.format import as_given
from pages.shell.url_state import UrlState

TARGET, SHOW, ASSUME, MEASURE = "target", "show", "assume", "measure"
SHORTEST_TARGET = 0.1


@dataclass(frozen=True)
class PageFilter:
    """A choice that one page alone has. Every page knows its key: any link can hold it, and a session keeps it."""

    # key in the address
    key: str
    # the page that it belongs to
    page: str
    # what it is where the address does not say
    default: str = ""
    # over its field in the bar
    name: str = ""
    # whether the addresses of other pages hold it too
    is_everywhere: bool = False
    # what it may be, where that is a closed list
    allowed: tuple[str, ...] = ()
    # a sentence about a text that makes no sense; empty where it does
    complaint: Callable[[str], str] = lambda text: ""
    # draws its field, given what was chosen and whether the view is public, and returns what is; none: the page itself does
    draw: Callable[[str, bool, UrlState], str] | None = None


def _target_complaint(text: str) -> str:
    try:
        is_target = not text or SHORTEST_TARGET <= float(text) <= LONGEST_TARGET
    except ValueError:
        is_target = False
    if is_target:
        return ""
    return (
        f"The link asks for a target of [{text[:80]}], which is no number of minutes up to "
        f"{as_given(LONGEST_TARGET)}."
    )


def _draw_target(text: str, is_public: bool, bar: UrlState) -> str:
    # Held against every minute in turn, a wait gives itself away.
    if is_public:
        return ""
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
    return as_given(target) if target is not None else ""


def _show_complaint(text: str) -> str:
    if text in EVERY_WHAT:
        return ""
    return f"The link asks to show [{text[:80]}], which is not there."


def _draw_show(text: str, is_public: bool, bar: UrlState) -> str:
    # The public view has no reasons by hour.
    options = list(PUBLIC_WHAT if is_public else EVERY_WHAT)
    return st.selectbox(
        "Show in the week",
        options,
        format_func=what_words,
        key=bar.keep(SHOW, text if text in options else options[0], options),
    )


PAGE_FILTERS = (
    PageFilter(
        TARGET,
        "response_times",
        name="Your target",
        is_everywhere=True,
        complaint=_target_complaint,
        draw=_draw_target,
    ),
    PageFilter(
        SHOW,
        "demand_and_coverage",
        PUBLIC_WHAT[0],
        name="Shown in the week",
        complaint=_show_complaint,
        draw=_draw_show,
    ),
    PageFilter(ASSUME, "officer_time"),
    PageFilter(MEASURE, "compare_programs", allowed=COMPARED),
)
