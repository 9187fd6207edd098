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
from pages.shell.url_state import UrlState, complain

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
# Names of the switches with what each is about.
SWITCHES = {
    **{kind.value: (label(kind), TYPE_MEANINGS[kind]) for kind in OTHER_TYPES},
    "pilots": ("Pilots", "rows that say the program is a pilot"),
    "unverified": ("Unverified rows", "rows whose source was not read"),
}
BAR = UrlState("growth", DEFAULTS, tuple(f"switch-{name}" for name in SWITCHES))


@dataclass(frozen=True)
class GrowthChoice:
    """What the reader has chosen on the growth page, by the texts of its address."""

    chosen: dict[str, str]
    # the registry's month, which an empty one stands for
    as_of: date

    @property
    def rule(self) -> CountingRule:
        """Which programs are counted."""
        kinds = self.chosen["with"].split(",")
        return CountingRule(
            other_types=tuple(kind for kind in OTHER_TYPES if kind.value in kinds),
            has_pilots=self.chosen["pilots"] == IN,
            has_unverified=self.chosen["unverified"] == IN,
        )

    @property
    def base_year(self) -> int:
        """The multiple is taken against the end of this year."""
        return int(self.chosen["since"])

    @property
    def month(self) -> date:
        """The month that is shown, as its first day."""
        return parse_month(self.chosen["month"]) if self.chosen["month"] else self.as_of

    @property
    def measure(self) -> str:
        """What the map shows: programs or per_million."""
        return self.chosen["map"]

    @property
    def state(self) -> str:
        """State whose programs are listed, two letters; empty for none."""
        return self.chosen["show"]


def choose_growth(page: RegistryPage) -> GrowthChoice:
    """Draw the counting rule and the base year in the sidebar; the map's own controls are drawn by choose_map."""
    as_of = page.registry.as_of
    BAR.arrive(page.entry.name)
    chosen, complaints = _understood(as_of, list(page.registry.state_names))
    # The slider stands below the headline, and the headline is of its month.
    month = BAR.held("month")
    if month is not None:
        chosen["month"] = _short_month(str(month), as_of)
    with st.sidebar:
        drawn = _draw_rule(page, GrowthChoice(chosen, as_of))
    complain(complaints)
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
    drawn = {"map": measure or choice.measure, "month": _short_month(month, as_of)}
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


def _short_month(month: str, as_of: date) -> str:
    """The month as the address has it: nothing for the last one."""
    return "" if month == f"{as_of:%Y-%m}" else month


def _understood(as_of: date, states: list[str]) -> tuple[dict[str, str], list[str]]:
    """What was chosen with everything that makes no sense set back, and a sentence for each."""
    allowed = {
        "with": [kind.value for kind in OTHER_TYPES],
        "pilots": [IN, OUT],
        "unverified": [IN, OUT],
        "since": _base_years(as_of),
        "map": list(MEASURES),
        "show": ["", *states],
    }
    chosen, complaints = BAR.understood(allowed, several=("with",))
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


def _base_years(as_of: date) -> list[str]:
    """Years whose end can be the base of the multiple."""
    return [str(year) for year in range(FIRST_BASE_YEAR, as_of.year)]


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
        is_on[effect.switch] = st.toggle(name, key=key, help=f"{meaning[:1].upper()}{meaning[1:]}.")
        st.caption(f"Switched {'out' if effect.is_in else 'in'}: {change_words(effect)}")
    since = st.selectbox(
        "Multiple since the end of",
        _base_years(page.registry.as_of),
        key=BAR.keep("since", choice.chosen["since"]),
    )
    return {
        "with": ",".join(kind.value for kind in OTHER_TYPES if is_on[kind.value]),
        "pilots": IN if is_on["pilots"] else OUT,
        "unverified": IN if is_on["unverified"] else OUT,
        "since": since,
    }
