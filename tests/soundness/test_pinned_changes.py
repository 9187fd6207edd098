"""Conclusions about change that were printed and were wrong, pinned with the right one."""

import random
from pathlib import Path

import pytest
from built_stores import demonstration_store

from outcomes.answers.answer import answer
from outcomes.answers.period_change import CLAIMS, CompareWith, Comparison
from outcomes.metrics.definition import MARGINS, Statistic
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection, SelectionError, add_months, parse_month
from outcomes.statistics.comparison import Change, verdict
from outcomes.statistics.same_mix import TwoCounts, difference_of_rates, difference_of_shares
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import View

OPPOSITE = {Change.HIGHER: Change.LOWER, Change.LOWER: Change.HIGHER}
SELECTIONS = 150


@pytest.mark.parametrize(("now", "earlier"), [(0, 0), (8, 12), (12, 8), (1, 0), (0, 5)])
def test_few_serious_injuries_are_too_few_to_tell(now, earlier):
    # Wrong: "about the same as the year before".
    found = difference_of_rates([TwoCounts(now, 5_000, earlier, 5_000)], 10_000)
    margin = MARGINS[Statistic.RATE_PER_10K].at(earlier / 5_000 * 10_000)
    assert verdict(found, margin) is Change.TOO_FEW


def test_a_change_that_nobody_would_act_on_is_no_news():
    # Wrong: "higher, look into this" of 10.0% against 9.8%, because there are half a million cases.
    found = difference_of_shares([TwoCounts(50_000, 500_000, 49_000, 500_000)])
    assert found.low > 0
    assert verdict(found, MARGINS[Statistic.SHARE].at(0.098)) is Change.ABOUT_THE_SAME


def test_a_rare_event_that_doubled_is_not_within_two_points():
    # 1% against 0.4% of 20,000: a fifth of the earlier share is worth acting on, not two points.
    found = difference_of_shares([TwoCounts(200, 20_000, 80, 20_000)])
    assert verdict(found, MARGINS[Statistic.SHARE_EXACT].at(0.004)) is Change.HIGHER


def test_margins_are_alike_for_a_share_and_its_rest():
    margin = MARGINS[Statistic.SHARE]
    assert margin.at(0.95) == pytest.approx(margin.at(0.05)) == pytest.approx(0.01)
    assert margin.at(0.5) == 0.02
    assert margin.at(0.0) == margin.at(1.0) == 0.002


@pytest.fixture
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration_store(tmp_path_factory)


@pytest.mark.slow
def test_no_random_selection_says_the_opposite_of_each_of_its_programs(demo_store: Path):
    """Through the one door, on the demonstration; the 2,000 of tests/unit/statistics are without a store."""
    snapshot, draw = live_snapshot(demo_store), random.Random(11)
    programs = [program.program_id for program in snapshot.programs]
    claims = 0
    for _ in range(SELECTIONS):
        key = draw.choice([key for key in METRICS if not key.endswith("_min")])
        first = add_months(parse_month("2021-01"), draw.randrange(66))
        asked = Selection(
            tuple(draw.sample(programs, draw.randint(2, 5))),
            first_month=first,
            last_month=add_months(first, draw.choice((0, 2, 5, 11, 11))),
            view=draw.choice(list(View)),
        )
        compare_with = draw.choice(list(CompareWith))

        def compared(
            one: Selection, key: str = key, by: CompareWith = compare_with
        ) -> Comparison | None:
            try:
                return answer(key, one, snapshot, compare_with=by).comparison
            except SelectionError:
                return None

        joint = compared(asked)
        if joint is None or joint.change not in CLAIMS:
            continue
        claims += 1
        own = [
            compared(
                Selection((each,), first_month=first, last_month=asked.last_month, view=asked.view)
            )
            for each in asked.program_ids
        ]
        said = {each.change for each in own if each and each.change in CLAIMS}
        assert said != {OPPOSITE[joint.change]}, (key, asked)
    assert claims > SELECTIONS / 20
