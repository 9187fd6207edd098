"""The selection bar of the pages about logs: program, states, period, comparison, call types and view."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from outcomes.answers.period_change import CompareWith
from outcomes.selection import (
    Selection,
    SelectionError,
    add_months,
    month_count,
    months_between,
    parse_month,
)
from outcomes.store.programs import Program
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, DataKind, View
from pages.panels.page_filters import PAGE_FILTERS
from pages.shell.url_state import UrlState

PERIODS = {"12": "12 months", "24": "24 months", "all": "All", "choose": "Choose"}
COMPARE_WORDS = {
    CompareWith.YEAR_BEFORE: "the same months a year before",
    CompareWith.PERIOD_BEFORE: "the period just before",
}
VIEW_WORDS = {View.PROGRAM: "Program", View.PUBLIC: "Public"}
# What the URL holds, with what each is when the URL does not say.
DEFAULTS: dict[str, str] = {
    "program": "",
    "state": "",
    "period": "all",
    "from": "",
    "to": "",
    "compare": CompareWith.YEAR_BEFORE.value,
    "call_type": "",
    "view": View.PROGRAM.value,
    **{one.key: one.default for one in PAGE_FILTERS},
}
# What several words make sense for.
SEVERAL = ("state", "call_type")
BAR = UrlState("logs", DEFAULTS)


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
    chosen, complaints = _understood(BAR.current(), programs)
    with st.sidebar:
        drawn = _draw(chosen, programs)
        for one in PAGE_FILTERS:
            if one.draw and one.page == page_name:
                drawn[one.key] = one.draw(chosen[one.key], drawn["view"] == View.PUBLIC, BAR)
    complaints += _months_excluded(chosen, drawn, programs)
    chosen = drawn
    selection = _selection(chosen, programs)
    query = _short(chosen)
    for one in PAGE_FILTERS:
        if page_name != one.page and not one.is_everywhere:
            query.pop(one.key, None)
    BAR.write(chosen, query)
    return Chosen(selection, CompareWith(chosen["compare"]), tuple(complaints), query)


def keep_choice(key: str, text: str) -> None:
    """Keep a choice made in the page itself in the session and the address, and run the page anew with it."""
    chosen = {**BAR.current(), key: text}
    BAR.write(chosen, _short(chosen))
    st.rerun()


def _understood(
    chosen: dict[str, str], programs: tuple[Program, ...]
) -> tuple[dict[str, str], list[str]]:
    """The choice with everything that makes no sense set back, and a sentence for each."""
    complaints = []
    allowed: dict[str, set[str]] = {
        "program": {program.program_id for program in programs},
        "state": {program.state for program in programs},
        "call_type": {kind.value for kind in CallType},
        "period": set(PERIODS),
        "compare": {kind.value for kind in CompareWith},
        "view": {view.value for view in View},
        **{one.key: set(one.allowed) for one in PAGE_FILTERS if one.allowed},
    }
    for key, known in allowed.items():
        words = [word for word in chosen[key].split(",") if word]
        strange = [word for word in words if word not in known]
        if strange or (key not in SEVERAL and len(words) > 1):
            complaints.append(
                f"The link asks for {key.replace('_', ' ')} [{chosen[key][:80]}], which is not there; "
                "it is left out."
            )
            kept = [word for word in words if word in known]
            chosen[key] = ",".join(kept) if key in SEVERAL else DEFAULTS[key]
    for key in ("from", "to"):
        try:
            _ = parse_month(chosen[key]) if chosen[key] else None
        except SelectionError as error:
            complaints.append(f"The link's period is not understood: {error}")
            chosen.update({"from": "", "to": "", "period": "all"})
            break
    if chosen["from"] and chosen["to"] and parse_month(chosen["from"]) > parse_month(chosen["to"]):
        complaints.append("The link's period ends before it begins; the whole period is shown.")
        chosen.update({"from": "", "to": "", "period": "all"})
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
            key=BAR.keep("state", [code for code in chosen["state"].split(",") if code]),
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
    first, last = _covered(drawn["program"], programs)
    if drawn["period"] == "choose" and first and last:
        drawn["from"], drawn["to"] = _draw_months(chosen, first, last)
    else:
        drawn["from"] = drawn["to"] = ""
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
            key=BAR.keep("call_type", [kind for kind in chosen["call_type"].split(",") if kind]),
            placeholder="All call types",
        )
    )
    view = st.segmented_control(
        "View",
        [view.value for view in View],
        format_func=lambda view: VIEW_WORDS[View(view)],
        required=True,
        key=BAR.keep("view", chosen["view"]),
        help="The public view hides small counts of people.",
    )
    drawn["view"] = view or chosen["view"]
    return drawn


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


def _covered(program_id: str, programs: tuple[Program, ...]) -> tuple[date | None, date | None]:
    """First and last month that the chosen programs' logs cover."""
    real = [program for program in programs if program.data_kind is DataKind.REAL]
    chosen = [program for program in programs if program.program_id == program_id]
    chosen = chosen or real or list(programs)
    first = min((program.first_day for program in chosen if program.first_day), default=None)
    last = max((program.last_day for program in chosen if program.last_day), default=None)
    if first is None or last is None:
        return None, None
    return first.replace(day=1), last.replace(day=1)


def _months_excluded(
    chosen: dict[str, str], drawn: dict[str, str], programs: tuple[Program, ...]
) -> list[str]:
    """A sentence where the months asked for are not all covered, so that others are shown."""
    first, last = _covered(drawn["program"], programs)
    if drawn["period"] != "choose" or first is None or last is None:
        return []
    asked = [parse_month(chosen[key]) for key in ("from", "to") if chosen[key]]
    if all(first <= month <= last for month in asked):
        return []
    begin, end = (f"{parse_month(drawn[key]):%b %Y}" for key in ("from", "to"))
    return [f"The log does not cover all the months asked for; {begin} to {end} is shown instead."]


def _selection(chosen: dict[str, str], programs: tuple[Program, ...]) -> Selection:
    first, last = _covered(chosen["program"], programs)
    begin = parse_month(chosen["from"]) if chosen["from"] else None
    end = parse_month(chosen["to"]) if chosen["to"] else None
    if chosen["period"] in ("12", "24") and first and last:
        # Not further back than the log goes, so that a short log is not asked for what it lacks.
        months = min(int(chosen["period"]), month_count(first, last))
        begin, end = add_months(last, 1 - months), last
    return Selection(
        program_ids=(chosen["program"],) if chosen["program"] else (),
        states=tuple(code for code in chosen["state"].split(",") if code),
        first_month=begin,
        last_month=end,
        call_types=tuple(kind for kind in chosen["call_type"].split(",") if kind),
        view=View(chosen["view"]),
    )


def _short(chosen: dict[str, str]) -> dict[str, str]:
    """What has to stand in the URL: everything that is not as it is by default."""
    kept = BAR.short(chosen)
    if "from" in kept or "to" in kept:
        kept.pop("period", None)
    return kept
