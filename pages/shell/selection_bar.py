"""The selection bar of the pages about logs: program, states, period, comparison, call types and view."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from outcomes.answers.choice import (
    ALL_MONTHS,
    DEFAULTS,
    PERIODS,
    SEVERAL,
    allowed_texts,
    covered_months,
    excluded_months,
    months_complaint,
    selection_of,
    words_of,
)
from outcomes.answers.period_change import CompareWith
from outcomes.selection import Selection, months_between, parse_month
from outcomes.store.programs import Program
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, DataKind, View
from pages.panels.page_filters import PAGE_FILTERS
from pages.shell.cache import settings
from pages.shell.url_state import UrlState

COMPARE_WORDS = {
    CompareWith.YEAR_BEFORE: "the same months a year before",
    CompareWith.PERIOD_BEFORE: "the period just before",
}
VIEW_WORDS = {View.PROGRAM: "Program", View.PUBLIC: "Public"}
BAR = UrlState("logs", {**DEFAULTS, **{one.key: one.default for one in PAGE_FILTERS}})


@dataclass(frozen=True)
class Chosen:
    """What the reader has chosen."""

    selection: Selection
    compare_with: CompareWith
    # sentences about parts of the URL that could not be understood
    complaints: tuple[str, ...]
    # the URL's query, for links
    query: dict[str, str]


def choose(programs: tuple[Program, ...], page_name: str) -> Chosen:
    """Draw the bar in the sidebar; what is chosen is kept in the URL and across pages."""
    BAR.arrive(page_name)
    chosen, complaints = _understood(programs)
    with st.sidebar:
        drawn = _draw(chosen, programs)
        for one in PAGE_FILTERS:
            if one.draw and one.page == page_name:
                drawn[one.key] = one.draw(chosen[one.key], drawn["view"] == View.PUBLIC, BAR)
    complaints += excluded_months(chosen, drawn, programs)
    query = _short(drawn)
    for one in PAGE_FILTERS:
        if page_name != one.page and not one.is_everywhere:
            query.pop(one.key, None)
    BAR.write(drawn, query)
    compare_with = CompareWith(drawn["compare"])
    return Chosen(selection_of(drawn, programs), compare_with, tuple(complaints), query)


def keep_choice(key: str, text: str) -> None:
    """Keep a choice made in the page itself in the session and the address, and run the page anew with it."""
    chosen = {**BAR.current(), key: text}
    BAR.write(chosen, _short(chosen))
    st.rerun()


def _understood(programs: tuple[Program, ...]) -> tuple[dict[str, str], list[str]]:
    """The choice with everything that makes no sense set back, and a sentence for each."""
    closed = {one.key: one.allowed for one in PAGE_FILTERS if one.allowed}
    chosen, complaints = BAR.understood(
        {**allowed_texts(programs), **closed}, SEVERAL, {"view": View.PUBLIC.value}
    )
    if settings().public_only:
        chosen["view"] = View.PUBLIC.value
    complaint = months_complaint(chosen["from"], chosen["to"])
    if complaint:
        complaints.append(complaint)
        chosen |= ALL_MONTHS
    if chosen["from"] or chosen["to"]:
        chosen["period"] = "choose"
    for one in PAGE_FILTERS:
        complaint = one.complaint(chosen[one.key])
        if complaint:
            complaints.append(complaint)
            chosen[one.key] = one.default
    return chosen, complaints


def _draw(chosen: dict[str, str], programs: tuple[Program, ...]) -> dict[str, str]:
    """The widgets; each takes its value from what was chosen and gives back what is."""
    names = {program.program_id: program.program_name for program in programs}
    made_up = {p.program_id for p in programs if p.data_kind is DataKind.MADE_UP}
    everything = "All programs" if len(made_up) in (0, len(names)) else "All real programs"

    def program_words(program_id: str) -> str:
        if not program_id:
            return everything
        return names[program_id] + (" (made up)" if program_id in made_up else "")

    drawn = dict(chosen)
    drawn["program"] = st.selectbox(
        "Program",
        ["", *names],
        format_func=program_words,
        key=BAR.keep("program", chosen["program"]),
    )
    drawn["state"] = ",".join(
        st.multiselect(
            "States",
            sorted({program.state for program in programs}),
            key=BAR.keep("state", words_of(chosen["state"])),
            placeholder="All states",
        )
    )
    period = st.segmented_control(
        "Period",
        list(PERIODS),
        format_func=lambda period: PERIODS[period],
        required=True,
        key=BAR.keep("period", chosen["period"]),
    )
    drawn["period"] = period or chosen["period"]
    drawn["from"] = drawn["to"] = ""
    covered = covered_months(drawn["program"], programs)
    if drawn["period"] == "choose" and covered:
        drawn["from"], drawn["to"] = _draw_months(chosen, *covered)
    drawn["compare"] = st.selectbox(
        "Compare with",
        [kind.value for kind in CompareWith],
        format_func=lambda kind: COMPARE_WORDS[CompareWith(kind)],
        key=BAR.keep("compare", chosen["compare"]),
    )
    drawn["call_type"] = ",".join(
        st.multiselect(
            "Call types",
            [kind.value for kind in CallType],
            format_func=lambda kind: label(CallType(kind)),
            key=BAR.keep("call_type", words_of(chosen["call_type"])),
            placeholder="All call types",
        )
    )
    if not settings().public_only:
        drawn["view"] = _draw_view(chosen["view"])
    return drawn


def _draw_view(chosen: str) -> str:
    view = st.segmented_control(
        "View",
        [view.value for view in View],
        format_func=lambda view: VIEW_WORDS[View(view)],
        required=True,
        key=BAR.keep("view", chosen),
        help="The public view hides small counts of people.",
    )
    return view or chosen


def _draw_months(chosen: dict[str, str], first: date, last: date) -> tuple[str, str]:
    months = [f"{month:%Y-%m}" for month in months_between(first, last)]

    def words(month: str) -> str:
        return f"{parse_month(month):%b %Y}"

    start = chosen["from"] if chosen["from"] in months else months[0]
    end = chosen["to"] if chosen["to"] in months else months[-1]
    begin = st.selectbox("From", months, format_func=words, key=BAR.keep("from", start))
    later = [month for month in months if month >= begin]
    ending = st.selectbox(
        "To",
        later,
        format_func=words,
        key=BAR.keep("to", end if end in later else later[-1], later),
    )
    return begin, ending


def _short(chosen: dict[str, str]) -> dict[str, str]:
    """What has to stand in the URL: everything that is not as it is by default."""
    kept = BAR.short(chosen)
    if "from" in kept or "to" in kept:
        kept.pop("period", None)
    return kept
