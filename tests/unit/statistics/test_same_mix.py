"""Changes at the earlier mix of programs: one program by published examples, several by hand, then what must hold."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.comparison import Change, newcombe_difference_interval, verdict
from outcomes.statistics.same_mix import (
    TwoCounts,
    difference_of_quantiles,
    difference_of_rates,
    difference_of_shares,
)

repeatable = settings(deadline=None, derandomize=True)


# ---- shares


def test_one_program_has_newcombes_published_limits():
    # Newcombe 1998, Stat Med 17:873-890, table II, method 10, example (a)
    found = difference_of_shares([TwoCounts(56, 70, 48, 80)])
    assert found.size == pytest.approx(0.2)
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


@repeatable
@given(
    now=st.integers(0, 300),
    cases=st.integers(1, 300),
    then=st.integers(0, 300),
    cases_then=st.integers(1, 300),
)
def test_one_program_has_newcombes_limits(now, cases, then, cases_then):
    counts = (min(now, cases), cases, min(then, cases_then), cases_then)
    found, newcombe = (
        difference_of_shares([TwoCounts(*counts)]),
        newcombe_difference_interval(*counts),
    )
    assert (found.low, found.high) == pytest.approx((newcombe.low, newcombe.high), abs=1e-12)
    assert found.low <= found.size <= found.high
    assert (found.p_value < 0.05) == (found.low > 0 or found.high < 0)


def test_programs_that_only_grew_change_nothing():
    # 50% and 10% in both periods; the second grew tenfold, so all together fell from 30 to 14%
    programs = [TwoCounts(500, 1_000, 500, 1_000), TwoCounts(1_000, 10_000, 100, 1_000)]
    found = difference_of_shares(programs)
    assert found.size == pytest.approx(0.0, abs=1e-12)
    crude = difference_of_shares([TwoCounts(1_500, 11_000, 600, 2_000)])
    assert crude.size == pytest.approx(0.13636 - 0.3, abs=1e-4)
    assert verdict(crude, 0.02) is Change.LOWER
    assert verdict(found, 0.05) is Change.ABOUT_THE_SAME


def test_each_change_is_weighted_by_the_earlier_cases():
    # 0.6 - 0.5 weighted 3/4 and 0.2 - 0.3 weighted 1/4; by hand from four Wilson intervals
    found = difference_of_shares([TwoCounts(60, 100, 150, 300), TwoCounts(20, 100, 30, 100)])
    assert found.size == pytest.approx(0.75 * 0.1 - 0.25 * 0.1)
    sides = []
    for weight, part, cases, earlier, earlier_cases in (
        (0.75, 60, 100, 150, 300),
        (0.25, 20, 100, 30, 100),
    ):
        low = stats.binomtest(part, cases).proportion_ci(method="wilson").low
        high = stats.binomtest(earlier, earlier_cases).proportion_ci(method="wilson").high
        sides += [weight * (part / cases - low), weight * (high - earlier / earlier_cases)]
    assert found.low == pytest.approx(found.size - math.hypot(*sides))


# ---- rates


def test_limits_of_a_rate_are_the_exact_ones_of_the_ratio():
    # lung cancer in Fredericia against three towns, as printed by R's example(poisson.test): 95% limits of the
    # ratio 0.8584264 to 4.2772659
    found = difference_of_rates([TwoCounts(11, 800, 21, 3_011)])
    earlier = 21 / 3_011
    assert found.low / earlier + 1 == pytest.approx(0.8584264, abs=1e-6)
    assert found.high / earlier + 1 == pytest.approx(4.2772659, abs=1e-6)
    assert found.p_value == 1.0


def test_rare_events_are_too_few_to_tell():
    none = difference_of_rates([TwoCounts(0, 5_000, 0, 5_000)], 10_000)
    # Garwood's limit for none, 3.689 events, on either side
    assert (none.size, none.low, none.high) == pytest.approx((0, -7.378, 7.378), abs=1e-3)
    eight = difference_of_rates([TwoCounts(8, 5_000, 12, 5_000)], 10_000)
    assert verdict(none, 0.0) is Change.TOO_FEW
    assert verdict(eight, 0.2 * 24) is Change.TOO_FEW
    assert eight.size == pytest.approx(-8)
    six = difference_of_rates([TwoCounts(6, 5_000, 0, 5_000)], 10_000)
    assert verdict(six, 0.0) is Change.HIGHER
    assert six.p_value == pytest.approx(2 * 0.5**6, abs=1e-6)
    # five of equally long periods have a chance of 2 / 32
    assert verdict(difference_of_rates([TwoCounts(5, 5_000, 0, 5_000)]), 0.0) is Change.TOO_FEW


@repeatable
@given(
    counts=st.lists(
        st.tuples(
            st.integers(0, 40), st.integers(500, 5_000), st.integers(0, 40), st.integers(500, 5_000)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_limits_of_rates_lie_around_the_change_and_turn_with_it(counts):
    found = difference_of_rates([TwoCounts(*each) for each in counts], 10_000)
    assert found.low <= found.size + 1e-9
    assert found.size <= found.high + 1e-9


def test_one_event_in_a_program_that_weighs_little_does_not_make_the_rate_sure():
    # The first program grew a hundredfold and has all events; the second had four and has none. Wrong: that
    # ten events of little weight tell as much as ten.
    found = difference_of_rates(
        [TwoCounts(10, 10_000, 0, 100), TwoCounts(0, 1_000, 4, 1_000)], 10_000
    )
    assert found.size < 0
    assert verdict(found, 0.0) is Change.TOO_FEW


# ---- quantiles


def test_limits_of_a_median_come_from_ranks_and_half_the_step_of_the_minutes():
    # 1 to 20 minutes once each: ranks 6 and 15; ten minutes later the same
    earlier = {float(minutes): 1 for minutes in range(1, 21)}
    now = {minutes + 10: number for minutes, number in earlier.items()}
    found = difference_of_quantiles([(now, earlier)], 0.5)
    assert found.size == 10
    # each 10.5 to 5.5 and to 15.5
    assert (found.low, found.high) == pytest.approx((10 - math.hypot(5, 5), 10 + math.hypot(5, 5)))
    assert verdict(found, 1.0) is Change.HIGHER


def test_few_durations_have_no_limits():
    found = difference_of_quantiles([({5.0: 3}, {5.0: 400})], 0.5)
    assert (found.size, found.low, found.high, found.p_value) == (0, None, None, 1.0)


def test_minutes_that_were_rounded_are_known_no_better_than_that():
    found = difference_of_quantiles([({10.0: 40, 11.0: 60}, {10.0: 60, 11.0: 40})], 0.5)
    assert found.size == 1
    assert found.low < 0.5


def test_a_program_that_grew_changes_no_median():
    quick, slow = ({float(minutes): 30 for minutes in range(first, first + 9)} for first in (4, 20))
    many_slow = {minutes: 20 * number for minutes, number in slow.items()}
    found = difference_of_quantiles([(quick, quick), (many_slow, slow)], 0.5)
    assert found.size == 0
    crude = {**quick, **many_slow}
    assert difference_of_quantiles([(crude, {**quick, **slow})], 0.5).size > 5


# ---- what must hold


def random_program(draw: random.Random, per: int = 1) -> TwoCounts:
    cases, earlier_cases = (round(10 ** draw.uniform(1, 4)) for _ in range(2))
    share = draw.choice((0.002, 0.02, 0.3, 0.9))
    changed = min(0.999, share * draw.choice((0.5, 0.8, 1, 1, 1.25, 2)))
    count = (
        sum(draw.random() < changed for _ in range(cases))
        if cases < 300
        else round(changed * cases)
    )
    earlier = round(share * earlier_cases)
    return TwoCounts(min(count, cases), cases, earlier, earlier_cases)


@pytest.mark.slow
@pytest.mark.parametrize("difference_of", [difference_of_shares, difference_of_rates])
def test_two_thousand_random_choices_of_programs_never_say_the_opposite_of_each(difference_of):
    draw = random.Random(11)
    crude_opposites = 0
    for _ in range(2_000):
        programs = [random_program(draw) for _ in range(draw.randint(2, 6))]
        own = {verdict(difference_of([each]), 0.0) for each in programs}
        joint = difference_of(programs)
        together = [
            sum(getattr(each, name) for each in programs)
            for name in ("count", "cases", "earlier_count", "earlier_cases")
        ]
        crude = verdict(difference_of([TwoCounts(*together)]), 0.0)
        for change, opposite in ((Change.HIGHER, Change.LOWER), (Change.LOWER, Change.HIGHER)):
            if own == {opposite}:
                assert verdict(joint, 0.0) is not change
                crude_opposites += crude is change
    # the crude change does say it, or the test would show nothing
    assert crude_opposites > 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: difference_of_shares([]),
        lambda: difference_of_rates([]),
        lambda: difference_of_quantiles([], 0.5),
    ],
)
def test_no_program_is_refused(make):
    with pytest.raises(ValueError, match=r"Expected at least 1 program, found \[0\]"):
        make()


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match=r"found \[8 of 5\]"):
        difference_of_shares([TwoCounts(8, 5, 1, 5)])
    with pytest.raises(ValueError, match="exposure to be a number above zero"):
        difference_of_rates([TwoCounts(1, 0, 1, 5)])
    with pytest.raises(ValueError, match="durations of every program in both periods"):
        difference_of_quantiles([({}, {5.0: 3})], 0.5)
