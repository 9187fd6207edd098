"""Officer hours: a worked example by hand, what must always hold, and words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.officer_hours import (
    Assumed,
    DivertedCalls,
    officer_hours,
    posts_of_hours,
)

repeatable = settings(deadline=None, derandomize=True)
WELFARE = DivertedCalls(1_000, Assumed(1, 2, 2), Assumed(20, 30, 45), Assumed(0.3, 0.5, 0.8))
NOISE = DivertedCalls(200, Assumed(1, 1, 2), Assumed(10, 15, 20), Assumed(0.1, 0.2, 0.5))


def ranges(largest):
    return st.lists(st.floats(0, largest), min_size=3, max_size=3).map(
        lambda v: Assumed(*sorted(v))
    )


CALLS = st.lists(
    st.builds(DivertedCalls, st.integers(0, 10_000), ranges(4), ranges(240), ranges(1)), max_size=5
)


def test_two_call_types_by_hand():
    found = officer_hours([WELFARE, NOISE], police_minutes_spent=600)
    # 1000 x 0.3 x 1 x 20 + 200 x 0.1 x 1 x 10 = 6200 minutes; less 600 spent
    assert found.low == pytest.approx(5_600 / 60)
    # 1000 x 0.5 x 2 x 30 + 200 x 0.2 x 1 x 15 = 30,600
    assert found.base == pytest.approx(30_000 / 60)
    # 1000 x 0.8 x 2 x 45 + 200 x 0.5 x 2 x 20 = 76,000
    assert found.high == pytest.approx(75_400 / 60)


def test_more_time_spent_than_freed_is_negative_and_not_zero():
    found = officer_hours([NOISE], police_minutes_spent=6_000)
    assert found.base == pytest.approx(10 - 100)
    assert posts_of_hours(found.base, 12, 1_800) == pytest.approx(-0.05)


def test_no_calls_free_nothing():
    found = officer_hours([], police_minutes_spent=0)
    assert (found.low, found.base, found.high) == (0, 0, 0)


def test_posts_follow_the_months():
    assert posts_of_hours(1_800, 12, 1_800) == 1.0
    assert posts_of_hours(900, 3, 1_800) == 2.0


@repeatable
@given(CALLS, st.floats(0, 1e5))
def test_low_base_and_high_are_in_order_and_types_add_up(calls, spent):
    found = officer_hours(calls, spent)
    assert found.low <= found.base + 1e-6
    assert found.base <= found.high + 1e-6
    apart = sum(officer_hours([one], 0).base for one in calls) - spent / 60
    assert found.base == pytest.approx(apart, abs=1e-6)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: Assumed(2, 1, 3),
            "Expected an assumption of zero or more with low, base and high in order, found "
            "[2, 1, 3]; correct the assumption.",
        ),
        (lambda: Assumed(-1, 1, 3), "found [-1, 1, 3]"),
        (lambda: Assumed(1, 1, float("nan")), "found [1, 1, nan]"),
        (lambda: Assumed(1, 1, float("inf")), "found [1, 1, inf]"),
        (
            lambda: officer_hours(
                [DivertedCalls(1, Assumed(1, 1, 1), Assumed(1, 1, 1), Assumed(30, 50, 80))], 0
            ),
            "Expected a chance of at most 1, found [80]; divide a percentage by 100.",
        ),
        (
            lambda: officer_hours([], -1),
            "police minutes still spent to be a number of zero or more",
        ),
        (lambda: posts_of_hours(10, 0, 1_800), "number of months to be a number above zero"),
        (
            lambda: posts_of_hours(float("nan"), 1, 1_800),
            "Expected a number of hours, found [nan]; work out the hours first.",
        ),
    ],
)
def test_impossible_assumptions_are_refused_in_words(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
