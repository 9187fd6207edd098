"""Signals on a control chart: each rule at its edge, ties, gaps, and chances added up."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.control_signals import (
    Limits,
    Meaning,
    Side,
    Signal,
    SignalKind,
    find_signals,
    meaning_of_signal,
)

repeatable = settings(deadline=None, derandomize=True)
# usual value 0, one sigma is 1
LIMITS = Limits(centre=0.0, low=-3.0, high=3.0, near_low=-2.0, near_high=2.0)


def signals(values, first_position=0):
    found = find_signals(values, [LIMITS] * len(values), first_position)
    return [(s.kind, s.side, s.positions) for s in found]


# ---- each rule at its edge


def test_a_point_on_a_limit_is_not_outside():
    assert signals([3.0, -3.0]) == []
    assert signals([3.001, 0.0, -3.001]) == [
        (SignalKind.OUTSIDE, Side.HIGH, (0,)),
        (SignalKind.OUTSIDE, Side.LOW, (2,)),
    ]


# no two equal neighbours and never three steps the same way, so that only the side can signal
WAVES = [1.0, 0.5, 1.2, 0.7, 1.1, 0.6, 1.3, 0.8, 1.0, 0.4]


@pytest.mark.parametrize(("sign", "side"), [(1, Side.HIGH), (-1, Side.LOW)])
def test_eight_in_a_row_on_one_side(sign, side):
    waves = [sign * value for value in WAVES]
    assert signals(waves[:7]) == []
    assert signals(waves[:8]) == [(SignalKind.SHIFT, side, tuple(range(8)))]
    # a longer run is one signal
    assert signals(waves) == [(SignalKind.SHIFT, side, tuple(range(10)))]


def test_a_point_on_the_usual_value_breaks_eight_in_a_row():
    assert signals([*WAVES[:4], 0.0, *WAVES[4:8]]) == []


def test_a_gap_breaks_eight_in_a_row():
    assert signals([*WAVES[:7], None, *WAVES[:7]]) == []
    assert signals([None, *WAVES[:8]]) == [(SignalKind.SHIFT, Side.HIGH, tuple(range(1, 9)))]


@pytest.mark.parametrize(("sign", "side"), [(1, Side.HIGH), (-1, Side.LOW)])
def test_six_in_a_row_rising_or_falling(sign, side):
    rising = [sign * value for value in (-1.0, -0.6, -0.2, 0.2, 0.6, 1.0, 1.4)]
    assert signals(rising[:5]) == []
    assert signals(rising[:6]) == [(SignalKind.TREND, side, tuple(range(6)))]
    assert signals(rising) == [(SignalKind.TREND, side, tuple(range(7)))]


def test_two_equal_values_and_a_gap_break_a_rise():
    assert signals([-1.0, -0.6, -0.2, -0.2, 0.6, 1.0, 1.4]) == []
    assert signals([-1.0, -0.6, -0.2, None, 0.6, 1.0, 1.4]) == []


def test_two_of_three_near_a_limit():
    assert signals([2.5, 0.1, 2.5]) == [(SignalKind.NEAR_LIMIT, Side.HIGH, (0, 2))]
    assert signals([0.1, -2.5, -2.5]) == [(SignalKind.NEAR_LIMIT, Side.LOW, (1, 2))]
    # one on each side is no signal: NHSRplotthedots had that mistake (its issue 143)
    assert signals([2.5, 0.1, -2.5]) == []
    assert signals([2.5, 0.1, -0.1, 2.5]) == []
    # exactly on the line is not near; on the limit it is near, for it is not outside
    assert signals([2.0, 0.1, 2.0]) == []
    assert signals([3.0, 0.1, 3.0]) == [(SignalKind.NEAR_LIMIT, Side.HIGH, (0, 2))]


def test_a_point_outside_is_not_also_near():
    assert signals([3.5, 0.1, 2.5]) == [(SignalKind.OUTSIDE, Side.HIGH, (0,))]


def test_a_gap_breaks_two_of_three():
    assert signals([2.5, None, 2.5]) == []


def test_near_windows_that_overlap_are_one_signal():
    assert signals([2.5, 0.1, 2.4, 2.6, -0.1]) == [(SignalKind.NEAR_LIMIT, Side.HIGH, (0, 2, 3))]


def test_positions_count_from_the_start_of_the_chart():
    assert signals([0.1, 3.5], first_position=10) == [(SignalKind.OUTSIDE, Side.HIGH, (11,))]


def test_no_points_no_signals():
    assert signals([]) == []
    assert signals([None] * 20) == []


# ---- how often ordinary variation sets off a rule, over every pattern of signs or orders


def test_eight_in_a_row_by_chance_once_in_128():
    # 2 of the 256 patterns of sides of eight points
    patterns = itertools.product((-1.0, 1.0), repeat=8)
    found = [p for p in patterns if any(s[0] is SignalKind.SHIFT for s in signals(p))]
    assert len(found) == 2


def test_six_rising_or_falling_by_chance_once_in_360():
    # 2 of the 720 orders of six different values
    orders = itertools.permutations([-1.2, -0.7, -0.2, 0.3, 0.8, 1.3])
    found = [o for o in orders if any(s[0] is SignalKind.TREND for s in signals(o))]
    assert len(found) == 2


def test_two_of_three_near_by_chance():
    # chance of the outer third of one side, and of two or three of three there
    zone = stats.norm.cdf(3) - stats.norm.cdf(2)
    by_hand = 2 * (3 * zone**2 * (1 - zone) + zone**3)
    chance_of = {2.5: zone, -2.5: zone, 0.1: 1 - 2 * zone}
    added_up = sum(
        chance_of[a] * chance_of[b] * chance_of[c]
        for a, b, c in itertools.product(chance_of, repeat=3)
        if signals([a, b, c])
    )
    assert added_up == pytest.approx(by_hand)
    assert added_up == pytest.approx(0.0027, abs=1e-4)


def test_one_chart_in_five_of_24_ordinary_months_shows_a_signal():
    random = np.random.default_rng(1)
    charts = [random.normal(size=24).tolist() for _ in range(3_000)]
    assert sum(bool(signals(chart)) for chart in charts) / 3_000 == pytest.approx(0.20, abs=0.025)


# ---- what must always hold

VALUES = st.lists(st.none() | st.integers(-4, 4).map(float), max_size=30)
KINDS_IN_ORDER = list(SignalKind)


@repeatable
@given(VALUES)
def test_turning_the_chart_over_turns_the_sides_over(values):
    turned = [None if v is None else -v for v in values]
    other = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    assert sorted(signals(turned)) == sorted((k, other[s], p) for k, s, p in signals(values))


@repeatable
@given(VALUES, VALUES)
def test_a_gap_keeps_two_stretches_apart(before, after):
    together = signals([*before, None, *after])
    apart = signals(before) + signals(after, first_position=len(before) + 1)
    assert sorted(together) == sorted(apart)


@repeatable
@given(VALUES)
def test_signals_stand_in_order_at_recorded_points(values):
    found = signals(values)
    keys = [(positions[0], KINDS_IN_ORDER.index(kind)) for kind, _, positions in found]
    assert keys == sorted(keys)
    for _, _, positions in found:
        assert list(positions) == sorted(set(positions))
        assert all(values[position] is not None for position in positions)


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
    signal = Signal(SignalKind.SHIFT, side, tuple(range(8)))
    assert meaning_of_signal(signal, direction, high_means_fewer_events=between) is meaning


def test_another_direction_is_refused():
    words = 'Expected the direction to be "higher", "lower" or "neutral", found [up]; '
    with pytest.raises(ValueError, match=re.escape(words)):
        meaning_of_signal(Signal(SignalKind.SHIFT, Side.HIGH, (0,)), "up")


def test_limits_must_fit_the_points():
    with pytest.raises(ValueError, match=re.escape("found [2 points and 1 limits]")):
        find_signals([1.0, 2.0], [LIMITS])
