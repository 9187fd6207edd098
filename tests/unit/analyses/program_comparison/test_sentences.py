"""No two sentences of the page that compares programs contradict each other, over random sets of programs."""

import re
from datetime import date

import numpy
import pytest

from outcomes.analyses.program_comparison.analysis import ComparedProgram, ProgramComparison
from outcomes.analyses.program_comparison.exhibits import comparison_exhibits
from outcomes.analyses.program_comparison.tables import comparison_table, mix_table
from outcomes.analyses.program_comparison.text import (
    chosen_sentence,
    comparison_sentence,
    mix_sentence,
)
from outcomes.metrics.figure import Counts, figure
from outcomes.metrics.registry import find_metric
from outcomes.statistics.funnel_plot import FunnelPosition, share_funnel
from outcomes.statistics.pooling import pooled_share
from outcomes.statistics.standardisation import standardised_ratios
from outcomes.vocabulary.bold import BOLD

METRIC = find_metric("safety_escalation_rate")
CHANCE, SPREAD = "chance", "chance and the spread among programs"


def made(random: numpy.random.Generator) -> ProgramComparison:
    """Two to fourteen programs with two kinds of call: alike, spread, or with one that is unlike the others."""
    number = int(random.integers(2, 15))
    cases = random.integers(5, 3000, (number, 2))
    rates = numpy.tile(numpy.array([0.02, 0.2]) * random.uniform(0.3, 2.0), (number, 1))
    way = random.integers(3)
    if way == 1:
        rates *= random.uniform(0.3, 1.7, (number, 1))
    elif way == 2:
        rates[0] *= random.uniform(0.0, 2.4)
    events = random.binomial(cases, numpy.clip(rates, 0.0, 0.99))
    names = [f"City {place:02d}" for place in range(number)]
    ratios = standardised_ratios(
        {
            name: dict(enumerate(zip(hit.tolist(), all_of.tolist(), strict=True)))
            for name, hit, all_of in zip(names, events, cases, strict=True)
        }
    )
    counts, sizes = events.sum(axis=1).tolist(), cases.sum(axis=1).tolist()
    funnel = share_funnel(counts, sizes) if 0 < sum(counts) < sum(sizes) else None
    programs = []
    for place, name in enumerate(names):
        shown = figure(METRIC, Counts(counts[place], sizes[place]))
        programs.append(
            ComparedProgram(
                name, name, name, date(2024, 1, 1), date(2024, 12, 31), counts[place], sizes[place], shown.value, shown.low,
                shown.high, shown.status, funnel.units[place] if funnel else None,
                ratios[name] if ratios[name].ratio is not None else None,
            )
        )  # fmt: skip
    pooled = pooled_share(counts, sizes) if funnel and way != 2 else None
    return ProgramComparison(METRIC, tuple(programs), (), (), funnel, pooled, False, 0, None)


def contradictions(found: ProgramComparison) -> list[str]:
    """What two sentences or cells of the page say of one thing in two ways."""
    head, mix = comparison_sentence(found), mix_sentence(found)
    exhibits = comparison_exhibits(found, ())
    captions = " ".join(text for one in exhibits for text in one.caption)
    cells = comparison_table(found).set_index("Program")["Against all"]
    wrong = []
    if found.funnel is None:
        return ["the headline claims"] if "differ" in head and "than chance" in head else []
    has_spread = "the spread among these programs" in captions
    allowed = SPREAD if has_spread else CHANCE
    if f"more than {allowed} would explain" not in head:
        wrong.append("headline and caption allow for different things")
    if "no wider than chance" in captions or "one lies outside" in captions:
        wrong.append("a second rule in the caption")
    none_differs = head.startswith("None of")
    claimed = set(re.findall(rf"{BOLD}(City \d\d){BOLD} is (?:higher|lower)", head))
    if none_differs == bool(claimed):
        wrong.append("some and none")
    for one in found.programs:
        cell = cells[one.name]
        is_out = cell.startswith(("higher", "lower", "far"))
        said = chosen_sentence(found, (one.program_id,))
        if is_out is not (one.name in claimed) or cell not in said:
            wrong.append(f"headline, table and chosen program differ on {one.name}")
        if f"{allowed} explain" not in cell:
            wrong.append(f"the cell of {one.name} allows for something else")
    told = set(re.findall(rf"{BOLD}(City \d\d){BOLD} had", mix))
    if ("none of the" in mix or "neither more nor fewer" in mix) and told:
        wrong.append("none and some at equal mix")
    for name, ratio in mix_table(found).set_index("Program")["Ratio"].items():
        numbers = [float(each) for each in re.findall(r"\d+\.\d+", ratio)]
        # limits that round to 1 are not judged
        is_judged = len(numbers) == 3 and 1.0 not in numbers[1:]
        if is_judged and (numbers[1] > 1 or numbers[2] < 1) is not (name in told):
            wrong.append(f"sentence and table differ at equal mix on {name}")
    return wrong


@pytest.mark.slow
@pytest.mark.parametrize("sets", [600, pytest.param(2000, marks=pytest.mark.long)])
def test_no_two_sentences_contradict_each_other_over_random_sets_of_programs(sets: int):
    random = numpy.random.default_rng(20241127)
    wrong, claims, spreads = [], 0, 0
    for _ in range(sets):
        found = made(random)
        wrong += contradictions(found)
        if found.funnel:
            claims += not comparison_sentence(found).startswith("None of")
            spreads += found.funnel.excess.variance_between > 0.0
    assert wrong == []
    # the sets hold every kind
    assert claims > sets / 10
    assert spreads > sets / 10


@pytest.mark.slow
def test_of_programs_that_are_alike_one_page_in_twenty_tells_one_apart():
    """Each program judged alone would tell one apart on four pages in ten."""
    random = numpy.random.default_rng(7)
    cases = random.integers(100, 2000, 12).tolist()
    pages = 1000
    claimed = 0
    for _ in range(pages):
        funnel = share_funnel(random.binomial(cases, 0.1).tolist(), cases)
        claimed += any(unit.position is not FunnelPosition.WITHIN for unit in funnel.units)
    assert claimed / pages <= 0.06


@pytest.mark.parametrize("number", [4, 8])
def test_one_program_outside_limits_of_chance_is_not_beside_a_spread_of_chance(number: int):
    counts, sizes = [20] * (number - 1) + [90], [200] * number
    funnel = share_funnel(counts, sizes)
    assert funnel.units[-1].position is FunnelPosition.FAR_ABOVE
    assert "spread no wider" not in funnel.excess.note
