"""What a reader chooses of growth, by the texts of an address: the rule, base year, month, measure and state."""

from dataclasses import dataclass
from datetime import date

from outcomes.analyses.growth.analysis import FIRST_BASE_YEAR, FIRST_SHOWN
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.selection import SelectionError, parse_month
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.registry import TYPE_MEANINGS

IN, OUT = "in", "out"
MEASURES = {"programs": "Programs", "per_million": "Per million residents"}
# What an address holds, with what each is when it does not say; an empty month is the registry's last one.
DEFAULTS: dict[str, str] = {
    "with": "",
    "pilots": IN,
    "unverified": OUT,
    "since": "2020",
    "month": "",
    "map": "programs",
    "show": "",
}
# Names of the rule's switches, each with what it is about.
SWITCHES = {
    **{kind.value: (label(kind), TYPE_MEANINGS[kind]) for kind in OTHER_TYPES},
    "pilots": ("Pilots", "rows that say the program is a pilot"),
    "unverified": ("Unverified rows", "rows whose source was not read"),
}


@dataclass(frozen=True)
class GrowthChoice:
    """The choice that the texts of an address stand for."""

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


def rule_texts(is_on: dict[str, bool]) -> dict[str, str]:
    """The texts of the counting rule by which of its switches are on."""
    return {
        "with": ",".join(kind.value for kind in OTHER_TYPES if is_on[kind.value]),
        "pilots": IN if is_on["pilots"] else OUT,
        "unverified": IN if is_on["unverified"] else OUT,
    }


def month_text(month: str, as_of: date) -> str:
    """A month as an address has it: nothing for the registry's last one."""
    return "" if month == f"{as_of:%Y-%m}" else month


def base_years(as_of: date) -> list[str]:
    """Years whose end can be the base of the multiple."""
    return [str(year) for year in range(FIRST_BASE_YEAR, as_of.year)]


def allowed_texts(as_of: date, states: dict[str, str]) -> dict[str, list[str]]:
    """What each part of an address may say, but for the month."""
    return {
        "with": [kind.value for kind in OTHER_TYPES],
        "pilots": [IN, OUT],
        "unverified": [IN, OUT],
        "since": base_years(as_of),
        "map": list(MEASURES),
        "show": list(states),
    }


def month_complaint(text: str, as_of: date) -> str:
    """A sentence about a month that the registry does not cover; empty where it does."""
    try:
        is_shown = not text or FIRST_SHOWN <= parse_month(text) <= as_of
    except SelectionError:
        is_shown = False
    if is_shown:
        return ""
    return (
        f"The link asks for the month [{text[:80]}], which the registry, as of {as_of:%b %Y}, does not "
        "cover."
    )
