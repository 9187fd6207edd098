"""The selection bar over the pages about logs: programs and states, period, comparison, call types and view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from outcomes.answers.choice import (
    ALL_MONTHS,
    BEGINNING,
    DEFAULTS,
    PERIODS,
    SEVERAL,
    Covered,
    allowed_texts,
    covered_months,
    excluded_months,
    months_complaint,
    months_inside,
    months_outside,
    own_programs,
    selection_of,
    words_of,
)
from outcomes.answers.period_change import CompareWith
from outcomes.selection import Selection, months_between, parse_month
from outcomes.store.programs import Program
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, DataKind, View
from pages.panels.page_filters import PAGE_FILTERS
from pages.shell.arrival import ask_whose, refuse_link
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import PageEntry
from pages.shell.url_state import UrlState

COMPARE_WORDS = {
    CompareWith.YEAR_BEFORE: "The same months a year before",
    CompareWith.PERIOD_BEFORE: "The period just before",
}
COMPARE_SHORT = {
    CompareWith.YEAR_BEFORE: "vs. year before",
    CompareWith.PERIOD_BEFORE: "vs. period before",
}
VIEW_WORDS = {View.PROGRAM: "Program", View.PUBLIC: "Public"}
COMPARISONS = [kind.value for kind in CompareWith]
VIEWS = [view.value for view in View]
BAR = UrlState(
    "logs", {**DEFAULTS, **{one.key: one.default for one in PAGE_FILTERS}}, beginning=BEGINNING
)
# Keys of choices that have a widget, of which several words can be marked.
MARKED = ("program", "state", "call_type")


@dataclass(frozen=True)
class Chosen:
    """What the reader has chosen."""

    selection: Selection
    compare_with: CompareWith
    # a sentence where other months are shown than those chosen before
    complaints: tuple[str, ...]
    # the address's query, for links
    query: dict[str, str]
    # the programs chosen, in a word or two
    who: str


def choose(
    programs: tuple[Program, ...], covered: Covered, entry: PageEntry, is_drawn: bool = True
) -> Chosen:
    """What is chosen, with the bar where it acts; it is kept in the address and across pages.

    Stops the run where a first visitor has yet to say which program is theirs, and where a link names what is not there.
    """
    BAR.arrive(entry.name)
    own = own_programs(programs)
    if is_drawn and BAR.is_beginning() and len(own) > 1:
        ask_whose(own, lambda names: _keep({**BAR.current(), "program": names}))
    is_link, (chosen, complaints) = BAR.is_from_address(), _understood(programs)
    if BAR.is_beginning() and len(own) == 1:
        chosen["program"] = own[0].program_id
    outside = months_outside(chosen, chosen["program"], programs) if is_link else ""
    if outside:
        complaints.append(outside)
        chosen |= months_inside(chosen, chosen["program"], programs)
    if not is_drawn:
        return _chosen(chosen, chosen, programs, covered, entry)
    if complaints:
        refuse_link(entry, complaints, lambda: _keep(chosen))
    drawn = _draw(chosen, programs, covered, entry)
    found = _chosen(chosen, drawn, programs, covered, entry)
    BAR.write(drawn, found.query)
    return found


def keep_choice(key: str, text: str) -> None:
    """Keep a choice made in the page itself in the session and the address, and run the page anew with it."""
    _keep({**BAR.current(), key: text})
    st.rerun()


def _keep(chosen: dict[str, str]) -> None:
    BAR.forget_widgets()
    BAR.write(chosen, _short(chosen))


def _chosen(
    asked: dict[str, str],
    drawn: dict[str, str],
    programs: tuple[Program, ...],
    covered: Covered,
    entry: PageEntry,
) -> Chosen:
    query = _short(drawn)
    for one in PAGE_FILTERS:
        if entry.name != one.page and not one.is_everywhere:
            query.pop(one.key, None)
    return Chosen(
        selection_of(drawn, programs, covered),
        CompareWith(drawn["compare"]),
        tuple(excluded_months(asked, drawn, programs)),
        query,
        _program_words(drawn, programs),
    )


def _understood(programs: tuple[Program, ...]) -> tuple[dict[str, str], list[str]]:
    """The choice without what makes no sense, and a sentence for each such part."""
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


def _draw(
    chosen: dict[str, str], programs: tuple[Program, ...], covered: Covered, entry: PageEntry
) -> dict[str, str]:
    """The bar; each widget takes its value from what was chosen and gives back what is."""
    now = _now(chosen)
    drawn = dict(chosen)
    with st.container(key="ro-bar", horizontal=True, gap="xsmall"):
        with st.popover(escape_markdown(_program_words(now, programs)), key="bar-program"):
            _draw_programs(drawn, programs)
        with st.popover(escape_markdown(_period_words(now, programs, covered)), key="bar-period"):
            _draw_period(drawn, programs)
        compared = escape_markdown(COMPARE_SHORT[CompareWith(now["compare"])])
        with st.popover(compared, key="bar-compare"):
            drawn["compare"] = st.radio(
                "Compare with",
                COMPARISONS,
                format_func=lambda kind: COMPARE_WORDS[CompareWith(kind)],
                key=BAR.keep("compare", chosen["compare"]),
            )
        kinds = words_of(now["call_type"])
        told = label(CallType(kinds[0])) if len(kinds) == 1 else f"{len(kinds)} call types"
        with st.popover(escape_markdown(told if kinds else "All call types"), key="bar-call-type"):
            drawn["call_type"] = _marked(
                "call_type",
                "Call types",
                [kind.value for kind in CallType],
                chosen,
                lambda kind: label(CallType(kind)),
            )
        if not settings().public_only:
            view = escape_markdown(VIEW_WORDS[View(now["view"])])
            with st.popover(f"{view} view", key="bar-view"):
                drawn["view"] = _draw_view(chosen["view"])
        for one in PAGE_FILTERS:
            if one.draw and one.page == entry.name:
                with st.popover(escape_markdown(one.name), key=f"bar-{one.key}"):
                    drawn[one.key] = one.draw(chosen[one.key], drawn["view"] == View.PUBLIC, BAR)
    return drawn


def _now(chosen: dict[str, str]) -> dict[str, str]:
    """What is chosen as the widgets hold it already, for the words over them."""
    held = {key: BAR.held(key) for key in (*MARKED, "period", "from", "to", "compare", "view")}
    told = {
        key: ",".join(value) if isinstance(value, list) else str(value)
        for key, value in held.items()
        if value is not None
    }
    return {**chosen, **told}


def _marked(
    key: str,
    name: str,
    words: list[str],
    chosen: dict[str, str],
    say: Callable[[str], str],
) -> str:
    """Words of which several can be marked, as a text; none marked are all."""
    found = st.pills(
        escape_markdown(name),
        words,
        default=None,
        selection_mode="multi",
        format_func=lambda word: escape_markdown(say(word)),
        key=BAR.keep(key, words_of(chosen[key])),
        help="None marked: all of them.",
    )
    return ",".join(found)


def _draw_programs(drawn: dict[str, str], programs: tuple[Program, ...]) -> None:
    names = {one.program_id: _name_of(one) for one in programs}
    drawn["program"] = _marked("program", "Programs", list(names), drawn, names.__getitem__)
    states = sorted({program.state for program in programs})
    if len(states) > 1:
        drawn["state"] = _marked("state", "States", states, drawn, str)


def _name_of(program: Program) -> str:
    mark = " (made up)" if program.data_kind is DataKind.MADE_UP else ""
    return f"{program.program_name}{mark}"


def _program_words(chosen: Mapping[str, str], programs: tuple[Program, ...]) -> str:
    """The programs chosen in a word or two: 'Kestrel Mesa', '3 programs', 'All real programs in OR'."""
    names = words_of(chosen["program"])
    if len(names) == 1:
        return next(one.short_name for one in programs if one.program_id == names[0])
    kinds = {program.data_kind for program in programs}
    every = "All programs" if len(kinds) == 1 else "All real programs"
    told = f"{len(names)} programs" if names else every
    states = words_of(chosen["state"])
    return f"{told} in {', '.join(states)}" if states else told


def _period_words(now: dict[str, str], programs: tuple[Program, ...], covered: Covered) -> str:
    """The months chosen: 'Nov 2025 to Oct 2026'; 'Whole log' for all of them."""
    if now["period"] == "all":
        return PERIODS["all"]
    months = {"from": "", "to": ""} if now["period"] != "choose" else {}
    if now.get("from", "") > now.get("to", "") > "":
        months = {"to": ""}
    asked = selection_of({**now, **months}, programs, covered)
    if asked.first_month is None or asked.last_month is None:
        return PERIODS[now["period"]]
    return f"{asked.first_month:%b %Y} to {asked.last_month:%b %Y}"


def _draw_period(drawn: dict[str, str], programs: tuple[Program, ...]) -> None:
    period = st.radio(
        "Period",
        list(PERIODS),
        format_func=lambda period: PERIODS[period],
        key=BAR.keep("period", drawn["period"]),
    )
    chosen = dict(drawn)
    drawn["period"] = period or chosen["period"]
    drawn["from"] = drawn["to"] = ""
    covered = covered_months(drawn["program"], programs)
    if drawn["period"] == "choose" and covered:
        drawn["from"], drawn["to"] = _draw_months(chosen, *covered)


def _draw_view(chosen: str) -> str:
    return st.radio(
        "View",
        VIEWS,
        format_func=lambda view: VIEW_WORDS[View(view)],
        key=BAR.keep("view", chosen),
        help="The public view hides small counts of people.",
    )


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
    """What has to stand in the address: everything that is not as it is by default, and the period always.

    An address that says nothing is a beginning; one that says anything says all of it.
    """
    kept = {**BAR.short(chosen), "period": chosen["period"]}
    if "from" in kept or "to" in kept:
        kept.pop("period", None)
    return {key: kept[key] for key in BAR.defaults if key in kept}
