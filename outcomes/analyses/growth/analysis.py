"""Growth across states: programs active and states with one, by month, by a counting rule that is always named."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from outcomes.analyses.growth.sensitivity import BY_911, DISTRICT, OtherCount, other_counts
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.registry.database import Registry
from outcomes.vocabulary.registry import ProgramType, YesNo

# First month of the line; programs that began earlier are in its first point.
FIRST_SHOWN = date(2015, 1, 1)
FIRST_BASE_YEAR = 2015
MILLION = 1_000_000
# A source so many years old may not know of an end.
OLD_SOURCE_YEARS = 3


@dataclass(frozen=True)
class MonthCount:
    """What was active in one month."""

    # first day of the month
    month: date
    # programs surely active
    program_count: int
    # programs active if every date known by year alone falls that way
    possible_program_count: int
    # states with a program surely active, the District of Columbia counted as one, and whether it is one of them
    state_count: int
    has_district: bool
    # the same of those with a program possibly active
    possible_state_count: int
    possible_has_district: bool
    # programs whose last month this is
    ended_count: int


@dataclass(frozen=True)
class SwitchEffect:
    """What one switch of the counting rule would change."""

    # which switch: a kind of program, "pilots" or "unverified"
    switch: str
    # whether it is in now
    is_in: bool
    # programs and states more (or fewer, below zero) with the switch the other way round
    program_change: int
    state_change: int
    # 1 where the District of Columbia is one of the states more, below zero of those fewer
    district_change: int


@dataclass(frozen=True)
class Growth:
    """How many programs in how many states, since when, by one counting rule."""

    rule: CountingRule
    # the month that is shown
    at: MonthCount
    # December of the base year, and the December before it
    base: MonthCount
    before_base: MonthCount
    # every month of the line
    series: tuple[MonthCount, ...]
    # programs and states ever started by the month shown, ended ones included
    started_count: int
    started_state_count: int
    started_has_district: bool
    # programs that the rule counts and whose start is not known: they are in no month
    unknown_start_count: int
    # rows of the registry, whatever the rule
    registered_count: int
    # active programs whose source is three years old or more, or undated: they may have ended unseen
    old_source_count: int
    # active programs of which a date is in doubt by their own notes
    doubted_count: int
    # active programs of which it is not recorded whether they are pilots
    pilot_unknown_count: int
    # residents of all states, and the year of the estimate
    population: int
    population_year: int
    # what each switch would change
    switches: tuple[SwitchEffect, ...]
    # active programs that 911 does not dispatch, as far as their rows say
    not_by_911_count: int
    # the same count in other ways
    other_counts: tuple[OtherCount, ...]

    @property
    def multiple(self) -> float | None:
        """How many times the base count the count is; None where nothing was active in the base year."""
        return self.at.program_count / self.base.program_count if self.base.program_count else None

    @property
    def per_million(self) -> float:
        """Programs active per million residents."""
        return self.at.program_count / self.population * MILLION

    @property
    def ended_count(self) -> int:
        """Programs that had started and are active no more."""
        return self.started_count - self.at.program_count


def rule_parameters(rule: CountingRule, types: tuple[ProgramType, ...] = ()) -> dict[str, object]:
    """The parameters of a counting rule in a query; other kinds than the rule's where they are given."""
    return {
        "program_types": [kind.value for kind in types or rule.types],
        "has_pilots": rule.has_pilots,
        "has_unverified": rule.has_unverified,
    }


def growth(rule: CountingRule, month: date, base_year: int, registry: Registry) -> Growth:
    """Growth by a counting rule, up to a month, against the end of a base year."""
    counts = {
        each.month: each for each in _series(rule, date(base_year - 1, 12, 1), month, registry)
    }
    series = tuple(_series(rule, FIRST_SHOWN, registry.as_of, registry))
    at = counts[month]
    states = programs_by_state(rule, month, registry)
    everything = listed_programs(rule, month, registry)
    active = [row for row in everything if row["is_counted"] and row["is_active"]]
    old = month.year - OLD_SOURCE_YEARS
    started_state_count, started_has_district = states_with(states, "started_count")
    base_month = date(base_year, 12, 1)
    return Growth(
        rule=rule,
        at=at,
        base=counts[base_month],
        before_base=counts[date(base_year - 1, 12, 1)],
        series=series,
        started_count=sum(state["started_count"] for state in states),
        started_state_count=started_state_count,
        started_has_district=started_has_district,
        unknown_start_count=sum(state["unknown_start_count"] for state in states),
        registered_count=len(everything),
        old_source_count=sum((row["source_year"] or 0) <= old for row in active),
        doubted_count=sum(bool(row["doubt"]) for row in active),
        pilot_unknown_count=sum(row["is_pilot"] == YesNo.NOT_RECORDED for row in active),
        population=sum(state["population"] for state in states),
        population_year=states[0]["population_year"],
        switches=_switch_effects(rule, at, registry),
        not_by_911_count=sum(row["dispatch"] not in BY_911 for row in active),
        other_counts=other_counts(everything, listed_programs(rule, base_month, registry), old),
    )


def _series(rule: CountingRule, first: date, last: date, registry: Registry) -> list[MonthCount]:
    months = {**rule_parameters(rule), "first_month": first, "last_month": max(first, last)}
    return [MonthCount(**row) for row in registry.rows("programs_by_month", months)]


def _switch_effects(
    rule: CountingRule, at: MonthCount, registry: Registry
) -> tuple[SwitchEffect, ...]:
    others: list[tuple[str, bool, CountingRule]] = [
        (kind.value, kind in rule.other_types, rule.switched(kind)) for kind in OTHER_TYPES
    ]
    pilots, unverified = rule.has_pilots, rule.has_unverified
    others.append(("pilots", pilots, replace(rule, has_pilots=not pilots)))
    others.append(("unverified", unverified, replace(rule, has_unverified=not unverified)))
    effects = []
    for switch, is_in, other in others:
        (count,) = _series(other, at.month, at.month, registry)
        effects.append(
            SwitchEffect(
                switch,
                is_in,
                program_change=count.program_count - at.program_count,
                state_change=count.state_count - at.state_count,
                district_change=count.has_district - at.has_district,
            )
        )
    return tuple(effects)


def programs_by_state(rule: CountingRule, month: date, registry: Registry) -> list[dict[str, Any]]:
    """One row per state with its place in the tile grid, its residents and its programs in the month."""
    return registry.rows("programs_by_state", {**rule_parameters(rule), "month": month})


def states_with(states: list[dict[str, Any]], column: str) -> tuple[int, bool]:
    """How many of the states have a program by that column, and whether the District of Columbia is one of them."""
    found = [state["state"] for state in states if state[column]]
    return len(found), DISTRICT in found


def programs_by_type(rule: CountingRule, month: date, registry: Registry) -> list[dict[str, Any]]:
    """One row per kind of program with those active in the month, also of kinds that the rule leaves out."""
    everything = {**rule_parameters(rule, tuple(ProgramType)), "month": month}
    return registry.rows("programs_by_type", everything)


def programs_by_team(rule: CountingRule, month: date, registry: Registry) -> list[dict[str, Any]]:
    """One row per kind of team among the programs counted in the month, most first."""
    return registry.rows("programs_by_team", {**rule_parameters(rule), "month": month})


def listed_programs(rule: CountingRule, month: date, registry: Registry) -> list[dict[str, Any]]:
    """Every program of the registry, with whether the rule counts it and whether it was active in the month."""
    return registry.rows("programs_in_month", {**rule_parameters(rule), "month": month})


def events_of_counted(rule: CountingRule, registry: Registry) -> list[dict[str, Any]]:
    """Dated events of the kinds of program that the rule counts, oldest first."""
    kinds = {kind.value for kind in rule.types}
    return [row for row in registry.rows("program_events") if row["program_type"] in kinds]
