"""Signals on a control chart: each rule at its edge, ties, gaps, and chances added up."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.control_signals import (
    RUN_LENGTH,
    Limits,
    Meaning,
    Side,
    Signal,
    SignalKind,
    meaning_of_signal,
    points_outside,
    runs_on_one_side,
)

repeatable = settings(deadline=None, derandomize=True)
# usual value 0, one sigma is 1
LIMITS = Limits(centre=0.0, low=-3.0, high=3.0)


def outside(values, first_position=0):
    found = points_outside(values, [LIMITS] * len(values), first_position)
    return [(s.kind, s.side, s.positions) for s in found]


def runs(values, first_position=0):
    found = runs_on_one_side(values, [LIMITS] * len(values), first_position)
    return [(s.kind, s.side, s.positions) for s in found]


# ---- each rule at its edge


def test_a_point_on_a_limit_is_not_outside():
    assert outside([3.0, -3.0]) == []
    assert outside([3.001, 0.0, -3.001]) == [
        (SignalKind.OUTSIDE, Side.HIGH, (0,)),
        (SignalKind.OUTSIDE, Side.LOW, (2,)),
    ]


WAVES = [1.0, 0.5, 1.2, 0.7, 1.1, 0.6, 1.3, 0.8, 1.0, 0.4, 0.9, 1.0, 0.3]


@pytest.mark.parametrize(("sign", "side"), [(1, Side.HIGH), (-1, Side.LOW)])
def test_eleven_in_a_row_on_one_side(sign, side):
    waves = [sign * value for value in WAVES]
    assert runs(waves[:10]) == []
    assert runs(waves[:11]) == [(SignalKind.RUN, side, tuple(range(11)))]
    # a longer run is one signal
    assert runs(waves) == [(SignalKind.RUN, side, tuple(range(13)))]


def test_the_words_of_the_run_say_its_length():
    assert RUN_LENGTH == 11
    assert SignalKind.RUN.value.startswith("eleven or more in a row")


def test_a_point_on_the_usual_value_breaks_a_run():
    assert runs([*WAVES[:6], 0.0, *WAVES[6:11]]) == []


def test_a_gap_breaks_a_run():
    assert runs([*WAVES[:10], None, *WAVES[:10]]) == []
    assert runs([None, *WAVES[:11]]) == [(SignalKind.RUN, Side.HIGH, tuple(range(1, 12)))]


def test_positions_count_from_the_start_of_the_chart():
    assert outside([0.1, 3.5], first_position=10) == [(SignalKind.OUTSIDE, Side.HIGH, (11,))]
    assert runs(WAVES[:11], first_position=10)[0][2] == tuple(range(10, 21))


def test_no_points_no_signals():
    for values in ([], [None] * 20):
        assert outside(values) == runs(values) == []


def test_eleven_in_a_row_by_chance_once_in_1024():
    # 2 of the 2,048 patterns of sides of eleven points
    patterns = itertools.product((-1.0, 1.0), repeat=11)
    assert sum(bool(runs(pattern)) for pattern in patterns) == 2


# ---- what must always hold

VALUES = st.lists(st.none() | st.integers(-4, 4).map(float), max_size=40)


@repeatable
@given(VALUES)
def test_turning_the_chart_over_turns_the_sides_over(values):
    turned = [None if v is None else -v for v in values]
    other = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    for found in (outside, runs):
        assert sorted(found(turned)) == sorted((k, other[s], p) for k, s, p in found(values))


@repeatable
@given(VALUES, VALUES)
def test_a_gap_keeps_two_stretches_apart(before, after):
    for found in (outside, runs):
        together = found([*before, None, *after])
        assert together == found(before) + found(after, first_position=len(before) + 1)


# ---- what a signal means


@pytest.mark.parametrize(
    ("direction", "side", "between", "meaning"),
    [
        ("higher", Side.HIGH, False, Meaning.IMPROVEMENT),
        ("higher", Side.LOW, False, Meaning.CONCERN),
        ("lower", Side.HIGH, False, Meaning.CONCERN),
        ("lower", Side.LOW, False, Meaning.IMPROVEMENT),
        # many responses between emergencies: they have become rarer
        ("lower", Side.HIGH, True, Meaning.IMPROVEMENT),
        ("lower", Side.LOW, True, Meaning.CONCERN),
        ("higher", Side.HIGH, True, Meaning.CONCERN),
        ("neutral", Side.HIGH, False, Meaning.NEITHER),
        ("neutral", Side.LOW, True, Meaning.NEITHER),
    ],
)
def test_the_direction_of_the_metric_decides_last(direction, side, between, meaning):
    signal = Signal(SignalKind.RUN, side, tuple(range(11)))
    assert meaning_of_signal(signal, direction, high_means_fewer_events=between) is meaning


def test_another_direction_is_refused():
    words = 'Expected the direction to be "higher", "lower" or "neutral", found [up]; '
    with pytest.raises(ValueError, match=re.escape(words)):
        meaning_of_signal(Signal(SignalKind.RUN, Side.HIGH, (0,)), "up")


@pytest.mark.parametrize("find", [points_outside, runs_on_one_side])
def test_limits_must_fit_the_points(find):
    with pytest.raises(ValueError, match=re.escape("found [2 points and 1 limits]")):
        find([1.0, 2.0], [LIMITS])
