"""The triangular distribution against SciPy's, by hand, and draws that are the same every time."""

import re

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import triang

from outcomes.statistics.officer_hours import (
    Assumed,
    DivertedCalls,
    Draws,
    all_draws,
    drawn_hours,
    drawn_police_minutes,
)
from outcomes.statistics.triangular import (
    DRAWS,
    drawn_range,
    shared_draws,
    triangular_quantile,
    triangular_range,
)

repeatable = settings(deadline=None, derandomize=True)
THREE = st.lists(st.floats(0, 1_000), min_size=3, max_size=3, unique=True).map(sorted)


def test_worked_by_hand():
    # Under 30 lies a third. 0.1: 15 + sqrt(0.1 x 45 x 15); 0.5: 60 - sqrt(0.5 x 45 x 30); 0.9: 60 - sqrt(0.1 x 45 x 30).
    assert triangular_range(15, 30, 60) == pytest.approx((23.2158, 34.0192, 48.3810), abs=1e-4)


@pytest.mark.parametrize(
    ("ends", "tenth", "ninetieth"),
    [((2, 2, 2), 2, 2), ((1, 1, 2), 1.0513167, 1.6837722), ((1, 2, 2), 1.3162278, 1.9486833)],
)
def test_ends_that_coincide(ends: tuple[int, int, int], tenth: float, ninetieth: float):
    low, _, high = triangular_range(*ends)
    assert (low, high) == pytest.approx((tenth, ninetieth))


@repeatable
@given(THREE, st.floats(0, 1))
def test_the_quantile_is_scipys_and_within_the_ends(three: list[float], probability: float):
    low, base, high = three
    if high - low < 1e-6:
        return
    found = float(triangular_quantile(low, base, high, numpy.array([probability]))[0])
    expected = triang((base - low) / (high - low), low, high - low).ppf(probability)
    assert found == pytest.approx(expected, abs=1e-6 * (high - low) + 1e-9)
    assert low - 1e-9 <= found <= high + 1e-9


def test_draws_are_even_independent_and_the_same_every_time():
    first = [each.copy() for each in shared_draws(5)]
    shared_draws.cache_clear()
    for before, after in zip(first, shared_draws(5), strict=True):
        assert numpy.array_equal(before, after)
        # Every ten-thousandth part once.
        assert numpy.array_equal(numpy.sort(after), (numpy.arange(DRAWS) + 0.5) / DRAWS)
    together = numpy.corrcoef(numpy.array(first))
    assert abs(together - numpy.eye(5)).max() < 0.04


def test_a_parameter_is_drawn_once_for_all_its_places():
    draws = all_draws()
    kind = (Assumed(1, 1, 1), Assumed(10, 20, 60), Assumed(1, 1, 1))
    one, other = (drawn_hours(DivertedCalls(count, *kind), draws) for count in (100, 300))
    assert numpy.allclose(3 * one, other)
    # So the range of the sum is the sum of the ranges. Wrong: narrower, as of two that are drawn apart.
    assert drawn_range(one + other) == pytest.approx(
        tuple(a + b for a, b in zip(drawn_range(one), drawn_range(other), strict=True))
    )


def test_measured_minutes_are_multiplied_by_officers_and_the_rest_is_assumed():
    still = numpy.array([0.5])
    draws = Draws(still, still, still, still, still)
    found = drawn_police_minutes(300, Assumed(1, 1, 2), 20, Assumed(15, 30, 60), draws)
    assert found[0] == pytest.approx(300 * 1.2928932 + 20 * 34.0192379)


def test_the_seed_moves_the_range_by_less_than_one_per_cent():
    def of(draws: Draws) -> tuple[float, float, float]:
        calls = DivertedCalls(
            1_000, Assumed(1, 1, 2), Assumed(30, 60, 120), Assumed(0.3, 0.5, 0.75)
        )
        return drawn_range(drawn_hours(calls, draws))

    other = numpy.random.default_rng(99)
    parts = (numpy.arange(DRAWS) + 0.5) / DRAWS
    assert of(Draws(*(other.permutation(parts) for _ in range(5)))) == pytest.approx(
        of(all_draws()), rel=0.01
    )


def test_nothing_drawn_and_no_numbers_are_refused():
    for values in (numpy.array([]), numpy.array([1.0, float("nan")])):
        with pytest.raises(ValueError, match=re.escape("Expected values that are numbers")):
            drawn_range(values)
    kind = DivertedCalls(1, Assumed(1, 1, 1), Assumed(1, 1, 1), Assumed(0, 1, 5))
    with pytest.raises(ValueError, match="at most 1"):
        drawn_hours(kind, all_draws())
