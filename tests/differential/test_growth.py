"""Growth against a slow and obvious recount in plain Python, over every month and many counting rules."""

import itertools
from datetime import date

import pytest

from outcomes.analyses.growth.analysis import (
    FIRST_SHOWN,
    growth,
    programs_by_team,
    programs_by_type,
)
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.registry.database import live_registry
from outcomes.registry.read import read_registry
from outcomes.selection import months_between

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 1)
PROGRAMS = read_registry().rows["programs"]
RULES = [
    CountingRule(tuple(kinds), has_pilots, False)
    for size in (0, 1, 2, 5)
    for kinds in itertools.combinations(OTHER_TYPES, size)
    for has_pilots in (True, False)
]


def months_of(text: str) -> tuple[int, int]:
    """First and last month that a partial date can mean, as months since the year 0."""
    year = int(text[:4]) * 12
    return (year + int(text[5:]) - 1,) * 2 if len(text) == 7 else (year, year + 11)


def is_counted(row, rule: CountingRule) -> bool:
    kinds = {"community_responder", *(kind.value for kind in rule.other_types)}
    return (
        row.program_type.value in kinds
        and (rule.has_pilots or row.is_pilot.value != "yes")
        and (rule.has_unverified or row.confidence.value == "sourced")
    )


def recount(rule: CountingRule, month: date) -> tuple[int, int, int, int, bool, bool]:
    """Programs surely and possibly active, states surely and possibly with one, and whether DC is among these."""
    now = month.year * 12 + month.month - 1
    sure, possible = [], []
    for row in PROGRAMS:
        if not is_counted(row, rule) or not row.first_response:
            continue
        earliest, latest = months_of(row.first_response)
        end_first, end_last = months_of(row.end_date) if row.end_date else (10**9, 10**9)
        if latest <= now <= end_first:
            sure.append(row)
        if earliest <= now <= end_last:
            possible.append(row)
    return (
        len(sure),
        len(possible),
        len({row.state for row in sure}),
        len({row.state for row in possible}),
        "DC" in {row.state for row in sure},
        "DC" in {row.state for row in possible},
    )


@pytest.mark.parametrize("rule", RULES[:4], ids=lambda rule: rule.words[:60])
def test_every_month_of_the_line(rule: CountingRule):
    found = growth(rule, AS_OF, 2020, live_registry())
    assert [count.month for count in found.series] == months_between(FIRST_SHOWN, AS_OF)
    for count in found.series:
        assert (
            count.program_count,
            count.possible_program_count,
            count.state_count,
            count.possible_state_count,
        ) == recount(rule, count.month)[:4]
        assert (count.has_district, count.possible_has_district) == recount(rule, count.month)[4:]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.words[:80])
def test_some_months_by_every_rule(rule: CountingRule):
    for month in (date(2019, 12, 1), date(2022, 7, 1), date(2025, 6, 1)):
        found = growth(rule, month, 2018, live_registry())
        sure, _, states, *_ = recount(rule, month)
        assert (found.at.program_count, found.at.state_count) == (sure, states)


def test_kinds_and_teams_sum_to_the_whole():
    registry = live_registry()
    for rule in RULES[:6]:
        found = growth(rule, AS_OF, 2020, registry)
        teams = programs_by_team(rule, AS_OF, registry)
        assert sum(team["program_count"] for team in teams) == found.at.program_count
        kinds = programs_by_type(rule, AS_OF, registry)
        counted = {kind.value for kind in rule.types}
        assert (
            sum(kind["program_count"] for kind in kinds if kind["program_type"] in counted)
            == found.at.program_count
        )
