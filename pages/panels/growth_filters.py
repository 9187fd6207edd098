"""The bar of the growth page: the counting rule, the base year, the month and the map's measure."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from outcomes.analyses.growth.analysis import FIRST_BASE_YEAR, FIRST_SHOWN, growth
from outcomes.analyses.growth.text import change_words
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.selection import SelectionError, months_between, parse_month
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.registry import TYPE_MEANINGS
from pages.shell.cache import cached
from pages.shell.registry_frame import RegistryPage
from pages.shell.url_state import UrlState

IN, OUT = "in", "out"
MEASURES = {"programs": "Programs", "per_million": "Per million residents"}
# What the address holds, with what each is when the address does not say; an empty month is the last one.
DEFAULTS: dict[str, str] = {
    "with": "",
    "pilots": IN,
    "unverified": OUT,
    "since": "2020",
    "month": "",
    "map": "programs",
    "show": "",
}
# Widgets of the bar that are no choice of their own.
SWITCHES = tuple(f"switch-{name}" for name in (*OTHER_TYPES, "pilots", "unverified"))
BAR = UrlState("growth", DEFAULTS, SWITCHES)


@dataclass(frozen=True)
class GrowthChoice:
    """What the reader has chosen on the growth page."""

    rule: CountingRule
    # the multiple is taken against the end of this year
    base_year: int
    # the month that is shown, as its first day
    month: date
    # what the map shows: programs or per_million
    measure: str
    # state whose programs are listed, two letters; empty for none
    state: str
    # sentences about parts of the address that could not be understood
    complaints: tuple[str, ...]
    # the address's query, for links
    query: dict[str, str]


def choose_growth(page: RegistryPage) -> GrowthChoice:
    """Draw the counting rule and the base year in the sidebar; the map's own controls are drawn by draw_map_bar."""
    registry = page.registry
    BAR.arrive(page.entry.name)
    chosen, complaints = _understood(BAR.current(), registry.as_of, list(registry.state_names))
    # The slider stands below the headline, and the headline is of its month.
    month = BAR.held("month")
    if month is not None:
        chosen["month"] = _short_month(str(month), registry.as_of)
    with st.sidebar:
        drawn = _draw(page, chosen)
    return _choice(drawn, registry.as_of, tuple(complaints))


def draw_map_controls(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """Draw the month slider and the map's measure, and return the choice with what they say."""
    as_of = page.registry.as_of
    chosen = {**DEFAULTS, **choice.query}
    months = [f"{month:%Y-%m}" for month in months_between(FIRST_SHOWN, as_of)]
    measure = st.segmented_control(
        "Show",
        list(MEASURES),
        format_func=lambda name: MEASURES[name],
        required=True,
        key=BAR.keep("map", choice.measure),
    )
    month = st.select_slider(
        "Month",
        months,
        format_func=lambda text: f"{parse_month(text):%b %Y}",
        key=BAR.keep("month", f"{choice.month:%Y-%m}"),
    )
    chosen["map"] = measure or choice.measure
    chosen["month"] = _short_month(month, as_of)
    return _choice(chosen, as_of, choice.complaints)


def draw_state(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """Draw the choice of the state whose programs are listed, and keep everything in the address."""
    names = page.registry.state_names
    state = st.selectbox(
        "State",
        ["", *names],
        format_func=lambda code: names.get(code, "Choose a state"),
        key=BAR.keep("show", choice.state),
    )
    chosen = {**DEFAULTS, **choice.query, "show": state}
    return _choice(chosen, page.registry.as_of, choice.complaints)


def remember(choice: GrowthChoice) -> None:
    """Keep the choice in the session and in the address."""
    BAR.write({**DEFAULTS, **choice.query}, choice.query)


def _short_month(month: str, as_of: date) -> str:
    """The month as the address has it: nothing for the last one."""
    return "" if month == f"{as_of:%Y-%m}" else month


def _choice(chosen: dict[str, str], as_of: date, complaints: tuple[str, ...]) -> GrowthChoice:
    return GrowthChoice(
        rule=CountingRule(
            other_types=tuple(
                kind for kind in OTHER_TYPES if kind.value in chosen["with"].split(",")
            ),
            has_pilots=chosen["pilots"] == IN,
            has_unverified=chosen["unverified"] == IN,
        ),
        base_year=int(chosen["since"]),
        month=parse_month(chosen["month"]) if chosen["month"] else as_of,
        measure=chosen["map"],
        state=chosen["show"],
        complaints=complaints,
        query=BAR.short(chosen),
    )


def _understood(
    chosen: dict[str, str], as_of: date, states: list[str]
) -> tuple[dict[str, str], list[str]]:
    """The choice with everything that makes no sense set back, and a sentence for each."""
    allowed: dict[str, list[str]] = {
        "with": [kind.value for kind in OTHER_TYPES],
        "pilots": [IN, OUT],
        "unverified": [IN, OUT],
        "since": [str(year) for year in base_years(as_of)],
        "map": list(MEASURES),
        "show": ["", *states],
    }
    complaints = []
    for key, known in allowed.items():
        words = chosen[key].split(",") if key == "with" else [chosen[key]]
        strange = [word for word in words if word and word not in known]
        if strange:
            complaints.append(
                f"The link asks for {key} [{chosen[key][:80]}], which is not there; it is left out."
            )
            kept = [word for word in words if word in known]
            chosen[key] = ",".join(kept) if key == "with" else DEFAULTS[key]
    if chosen["month"] and not _is_shown(chosen["month"], as_of):
        complaints.append(
            f"The link asks for the month [{chosen['month'][:80]}], which the registry does not cover; "
            f"{as_of:%b %Y} is shown."
        )
        chosen["month"] = ""
    return chosen, complaints


def _is_shown(text: str, as_of: date) -> bool:
    try:
        return FIRST_SHOWN <= parse_month(text) <= as_of
    except SelectionError:
        return False


def base_years(as_of: date) -> list[int]:
    """Years whose end can be the base of the multiple."""
    return list(range(FIRST_BASE_YEAR, as_of.year))


def _draw(page: RegistryPage, chosen: dict[str, str]) -> dict[str, str]:
    drawn = dict(chosen)
    as_of = page.registry.as_of
    choice = _choice(chosen, as_of, ())
    found = cached(page, growth, choice.rule, choice.month, choice.base_year)
    effects = {effect.switch: effect for effect in found.switches}
    st.markdown("**What is counted**")
    st.caption(
        "Community responder programs always are. What each switch would change stands below it."
    )
    kinds = []
    for kind in OTHER_TYPES:
        if _switch(kind.value, label(kind), kind in choice.rule.other_types, TYPE_MEANINGS[kind]):
            kinds.append(kind.value)
        st.caption(_effect_words(effects[kind.value].is_in, change_words(effects[kind.value])))
    drawn["with"] = ",".join(kinds)
    for switch, name, is_in, meaning in (
        ("pilots", "Pilots", choice.rule.has_pilots, "rows that say the program is a pilot"),
        (
            "unverified",
            "Unverified rows",
            choice.rule.has_unverified,
            "rows whose source was not read",
        ),
    ):
        drawn[switch] = IN if _switch(switch, name, is_in, meaning) else OUT
        st.caption(_effect_words(effects[switch].is_in, change_words(effects[switch])))
    drawn["since"] = st.selectbox(
        "Multiple since the end of",
        [str(year) for year in base_years(as_of)],
        key=BAR.keep("since", chosen["since"]),
    )
    return drawn


def _switch(key: str, name: str, is_in: bool, meaning: str) -> bool:
    return st.toggle(
        name, key=BAR.keep(f"switch-{key}", is_in), help=f"{meaning[:1].upper()}{meaning[1:]}."
    )


def _effect_words(is_in: bool, change: str) -> str:
    return f"Switched {'out' if is_in else 'in'}: {change}"
