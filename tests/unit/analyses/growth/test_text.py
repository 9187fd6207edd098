"""Sentences of growth: one that stands alone, states with the capital apart, and which ways of counting a range is over."""

from datetime import date

import pytest

from outcomes.analyses.growth.analysis import Growth, SwitchEffect, growth, listed_programs
from outcomes.analyses.growth.exhibits import growth_exhibit, months_exhibit, programs_exhibit
from outcomes.analyses.growth.tables import growth_cards, sensitivity_table, series_table
from outcomes.analyses.growth.text import (
    change_words,
    program_sentence,
    sensitivity_sentence,
    states_cell,
    states_words,
)
from outcomes.presentation.taken_away import sentence_of
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.registry.database import live_registry
from outcomes.vocabulary.registry import ProgramType

MONTH = date(2026, 11, 1)


@pytest.fixture(scope="module")
def found() -> Growth:
    return growth(CountingRule(), MONTH, 2020, live_registry())


@pytest.mark.parametrize(
    ("rule", "begins"),
    [
        (CountingRule(), "93 community responder programs in 29 states and DC were active"),
        (
            CountingRule((ProgramType.CO_RESPONSE,), has_pilots=False),
            " community responder programs and co-response programs without pilots in ",
        ),
        (CountingRule(OTHER_TYPES), " community responder programs and those of 5 other kinds in "),
    ],
)
def test_the_sentence_to_copy_stands_alone(rule: CountingRule, begins: str):
    registry = live_registry()
    said = sentence_of(growth_exhibit(growth(rule, MONTH, 2020, registry), registry, ""))
    assert begins in said
    assert "in Nov 2026, against " in said
    assert said.endswith(" at the end of 2020 (Responder Outcomes registry).")
    assert len(said.split()) <= 30


def test_states_are_told_in_one_form_with_the_capital_apart(found: Growth):
    assert states_words(30, True) == "29 states and DC"
    assert states_words(2, True) == "1 state and DC"
    assert states_words(30, False) == "30 states"
    assert states_words(1, True) == states_cell(1, True) == "DC"
    assert states_cell(30, True) == "29 and DC"
    assert growth_cards(found)[1].value == "29 and DC"
    assert series_table(found)["States"][0] == "29 and DC"
    assert sensitivity_table(found)["Nov 2026"][0] == "93 in 29 states and DC"
    months = months_exhibit(found, live_registry())
    assert months.charts[1].alt.endswith("29 and DC in Nov 2026.")
    series = months.charts[1].series
    assert series is not None
    assert series.series[0].values[-1] == 29


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((-7, -1, -1), "\u22127 programs, DC falls out"),
        ((3, 2, 1), "+3 programs, +1 state, DC comes in"),
        ((1, 0, 0), "+1 program, \u00b10 states"),
        ((0, 0, 0), "nothing changes"),
    ],
)
def test_a_switch_tells_states_and_the_capital_apart(change: tuple[int, int, int], said: str):
    assert change_words(SwitchEffect("pilots", False, *change)) == said


def test_the_range_says_that_another_base_is_not_in_it(found: Growth):
    said = sensitivity_sentence(found)
    assert "against the end of 2020, 7 other ways to choose the programs give between 3.8" in said
    assert said.endswith(
        "is not among these ways: against the 3 of its beginning it is 31.0 times."
    )


def test_a_list_of_programs_says_what_decides_the_kind():
    registry = live_registry()
    (caption,) = programs_exhibit(CountingRule(), MONTH, registry).caption
    assert "The kind goes by what a team does, not by its name" in caption
    named = [
        program_sentence(row)
        for row in listed_programs(CountingRule(), MONTH, registry)
        if row["state"] == "AK"
    ]
    assert len(named) == 3
    assert all("Community responder" in said and "dispatch: 911" in said for said in named)
