"""Charts of shares and volumes: published worked examples, then the awkward cases, then words."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.control_chart import (
    p_chart,
    xmr_chart,
)
from outcomes.statistics.control_segments import ChartMethod, charted
from outcomes.statistics.control_signals import SignalKind

repeatable = settings(deadline=None, derandomize=True)

# nonconforming cans in 30 samples of 50: Montgomery, Introduction to Statistical Quality Control,
# the p chart example of section 7.2; also the data set orangejuice of the R package qcc
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22]
CANS += [8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# flow rates of the individuals chart in the NIST/SEMATECH e-Handbook, section 6.3.2.2
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def phase_limits(chart, segment=0):
    found = chart.segments[segment].phase_limits
    assert found is not None, chart.segments[segment].reason
    return found


def outside(chart):
    return [s.positions[0] for s in chart.signals if s.kind is SignalKind.OUTSIDE]


# ---- published worked examples


def test_montgomerys_orange_juice_cans():
    chart = p_chart(CANS, [50] * 30)
    limits = chart.points[0].limits
    # Montgomery: centre 0.2313, limits 0.0524 and 0.4102; samples 15 and 23 are outside
    assert limits.centre == pytest.approx(0.2313, abs=5e-5)
    assert limits.low == pytest.approx(0.0524, abs=5e-5)
    assert limits.high == pytest.approx(0.4102, abs=5e-5)
    assert outside(chart) == [14, 22]
    assert phase_limits(chart).method is ChartMethod.P
    # and he revises the limits without these two: 0.2150, 0.0407, 0.3893
    kept = [cans for position, cans in enumerate(CANS) if position not in (14, 22)]
    revised = p_chart(kept, [50] * 28).points[0].limits
    assert (revised.centre, revised.low, revised.high) == pytest.approx(
        (0.2150, 0.0407, 0.3893), abs=6e-5
    )


def test_117_of_2000_in_samples_of_100():
    # a total of 117 over 20 samples of 100: centre 0.0585, upper 0.1289, lower 0 (Montgomery)
    counts = [6] * 17 + [5] * 3
    limits = p_chart(counts, [100] * 20).points[0].limits
    assert limits.centre == 0.0585
    assert limits.high == pytest.approx(0.1289, abs=5e-5)
    assert limits.low == 0.0


def test_nists_flow_rates():
    chart = xmr_chart(FLOW)
    limits = chart.points[0].limits
    # NIST: centre 50.81, mean step 1.8778, limits 55.8041 and 45.8159 with 3 / 1.128; the printed
    # factor 2.66 is that, rounded
    assert limits.centre == pytest.approx(50.81)
    assert limits.high == pytest.approx(55.8041, abs=1e-3)
    assert limits.low == pytest.approx(45.8159, abs=1e-3)
    assert phase_limits(chart).range_high == pytest.approx(3.268 * 1.87778, abs=1e-4)
    assert chart.signals == ()


@pytest.mark.parametrize(
    ("factor", "exact"),
    [
        # d2 of two normals is 2 / sqrt(pi); limits of steps from their standard deviation
        (2.66, 3 * math.sqrt(math.pi) / 2),
        (3.268, 1 + 3 * math.sqrt(2 - 4 / math.pi) / (2 / math.sqrt(math.pi))),
    ],
)
def test_published_factors_are_those_of_normal_values(factor, exact):
    assert factor == pytest.approx(exact, abs=1.5e-3)


def test_one_wild_month_does_not_widen_the_limits():
    calm = [100.0, 104.0] * 8
    wild = [*calm[:8], 160.0, *calm[9:]]
    chart = xmr_chart(wild)
    # steps of 4, but for two about 60; those are above 3.268 times the mean step and left out
    steps = np.abs(np.diff(wild))
    assert (steps > 3.268 * steps.mean()).sum() == 2
    assert chart.points[0].limits.high == pytest.approx(np.mean(wild) + 2.66 * 4)
    assert outside(chart) == [8]


# ---- Laney's p'


def overdispersed(size, months=24):
    """Cases of a share that really moves between 9 and 11 % from month to month."""
    return [round(size * share) for share in [0.09, 0.11] * (months // 2)], [size] * months


def test_laneys_limits_by_his_formulas():
    numerators, denominators = overdispersed(20_000)
    chart = p_chart(numerators, denominators)
    assert phase_limits(chart).method is ChartMethod.LANEY_P
    # worked out again, in his steps: z scores, their mean moving range over 1.128, limits
    shares = np.array(numerators) / 20_000
    sigma = math.sqrt(0.1 * 0.9 / 20_000)
    sigma_z = np.abs(np.diff((shares - 0.1) / sigma)).mean() / 1.128
    assert phase_limits(chart).dispersion == pytest.approx(sigma_z)
    assert chart.points[0].limits.high == pytest.approx(0.1 + 3 * sigma * sigma_z)
    assert outside(chart) == []


def test_with_equal_denominators_laneys_limits_are_those_of_single_values():
    # Laney 2002: where all denominators are equal, p' is the XmR chart of the shares
    numerators, denominators = overdispersed(20_000)
    laney = p_chart(numerators, denominators).points[0].limits
    single = xmr_chart([n / 20_000 for n in numerators]).points[0].limits
    assert laney.high == pytest.approx(single.high, rel=5e-4)
    assert laney.low == pytest.approx(single.low, rel=5e-4)


def test_small_months_keep_the_limits_of_chance_and_say_how_much_they_spread():
    numerators, denominators = [30, 60] * 12, [400] * 24
    chart = p_chart(numerators, denominators)
    assert phase_limits(chart).method is ChartMethod.P
    (caution,) = phase_limits(chart).cautions
    assert caution.startswith(f"Months differ {phase_limits(chart).dispersion:.1f} times as much")


def test_large_months_that_spread_by_chance_alone_keep_the_limits_of_chance():
    random = np.random.default_rng(7)
    widened = sum(
        phase_limits(p_chart(random.binomial(5_000, 0.1, 24).tolist(), [5_000] * 24)).method
        is ChartMethod.LANEY_P
        for _ in range(1_000)
    )
    # one in twenty is meant; 1,000 draws of a chance of 5 % give 30 to 72 nearly always
    assert 30 <= widened <= 80


def test_even_months_never_narrow_the_limits():
    chart = p_chart([500] * 12 + [501] * 12, [5_000] * 24)
    assert phase_limits(chart).dispersion < 0.1
    sigma = math.sqrt(0.1001 * 0.8999 / 5_000)
    assert chart.points[0].limits.high - chart.points[0].limits.centre == pytest.approx(
        3 * sigma, rel=1e-3
    )


# ---- the chance of a false alarm, added up over every count


@pytest.mark.parametrize(("size", "share"), [(200, 0.3), (1_000, 0.1), (5_000, 0.02)])
def test_a_usual_month_is_outside_about_three_times_in_a_thousand(size, share):
    limits = p_chart([round(size * share)] * 12, [size] * 12).points[0].limits
    counts = np.arange(size + 1)
    chances = stats.binom.pmf(counts, size, share)
    outside_chance = chances[(counts / size < limits.low) | (counts / size > limits.high)].sum()
    assert 0.001 < outside_chance < 0.006


# ---- limits set over a baseline, and set anew at a change


def test_limits_are_frozen_over_the_baseline():
    values = [10.0, 12.0] * 6 + [40.0] * 6
    chart = xmr_chart(values, baseline=12)
    frozen = xmr_chart(values[:12]).points[0].limits
    assert {point.limits for point in chart.points} == {frozen}
    assert chart.segments[0].baseline_count == 12
    assert outside(chart) == list(range(12, 18))
    # without a baseline the high months raise what counts as usual
    assert xmr_chart(values).points[0].limits.centre > frozen.centre


def test_limits_start_anew_at_a_change():
    before, after = [10.0, 12.0] * 5, [30.0, 34.0] * 5
    chart = xmr_chart(before + after, changes=[10])
    assert [(s.first, s.last) for s in chart.segments] == [(0, 9), (10, 19)]
    assert chart.points[9].limits == xmr_chart(before).points[0].limits
    assert chart.points[10].limits == xmr_chart(after).points[0].limits
    assert chart.signals == ()
    assert xmr_chart(before + after).signals != ()


def test_a_signal_after_a_change_stands_at_its_place_in_the_whole_chart():
    before, after = [10.0, 12.0] * 5, [30.0, 34.0] * 5
    after[7] = 90.0
    assert outside(xmr_chart(before + after, changes=[10])) == [17]


def test_no_run_goes_on_across_a_change():
    # four low, four high before the change, four high, four low after it: no eight on one side
    values = [1.0, 2, 1, 2, 5, 6, 5, 6, 6, 5, 6, 5, 2, 1, 2, 1]
    shifts = [s for s in xmr_chart(values, changes=[8]).signals if s.kind is SignalKind.SHIFT]
    assert shifts == []
    whole = [s for s in xmr_chart(values).signals if s.kind is SignalKind.SHIFT]
    assert [s.positions for s in whole] == [tuple(range(4, 12))]


def test_a_short_stretch_after_a_change_has_no_limits_and_says_so():
    chart = p_chart([20] * 10 + [30] * 7, [100] * 17, changes=[10])
    assert phase_limits(chart, 0)
    assert chart.segments[1].phase_limits is None
    assert chart.segments[1].reason == (
        "Too few points to say what is usual: 7 recorded, at least 8 are needed."
    )
    assert [point.limits is None for point in chart.points] == [False] * 10 + [True] * 7


@pytest.mark.parametrize("length", range(8))
def test_under_eight_points_nothing_is_said(length):
    rising = [10.0 * 2**month for month in range(length)]
    chart = xmr_chart(rising)
    assert chart.signals == ()
    assert all(point.limits is None for point in chart.points)
    assert len(chart.points) == length
    assert len(chart.segments) == min(length, 1)


# ---- gaps and series without variation


def test_a_month_without_cases_is_a_gap():
    chart = p_chart([20, 22, 0, 19, 20, 21, 18, 20, 23, 20], [100, 100, 0] + [100] * 7)
    assert chart.points[2].value is None
    assert chart.segments[0].baseline_count == 9
    assert chart.points[0].limits.centre == pytest.approx(183 / 900)
    # eight recorded months of nine are not enough where one more is missing
    assert p_chart([20, 0] * 7, [100, 0] * 7).segments[0].phase_limits is None


def test_a_month_that_is_not_recorded_or_hidden_is_a_gap():
    whole = p_chart([20, 22, 0, 19, 0, 21, 18, 20, 23, 20, 21], [100, 100, 0, 90, 0] + [100] * 6)
    hidden = p_chart(
        [20, 22, None, 19, None, 21, 18, 20, 23, 20, 21], [100, 100, 80, 90, None] + [100] * 6
    )
    assert [point.value for point in hidden.points] == [point.value for point in whole.points]
    assert hidden.points[0] == whole.points[0]
    assert hidden.segments == whole.segments


def test_no_step_is_taken_across_a_gap():
    values = [10.0, 11, 10, 11, 10, None, 110, 111, 110, 111]
    # six steps of one, none of a hundred
    limits = xmr_chart(values).points[0].limits
    centre = sum(v for v in values if v is not None) / 9
    assert limits.high == pytest.approx(centre + 2.66)


def test_not_a_number_is_a_gap():
    with_nan = [*FLOW, math.nan, 50.0]
    with_none = [*FLOW, None, 50.0]
    assert xmr_chart(with_nan) == xmr_chart(with_none)
    assert xmr_chart(np.array(with_nan)) == xmr_chart(with_none)


def test_scattered_values_without_neighbours_have_no_limits():
    chart = xmr_chart([5.0, None] * 8)
    assert chart.segments[0].reason == (
        "Too few neighbouring points to say what is usual: 0 steps from one to the next, "
        "at least 4 are needed."
    )


def test_values_that_never_change_have_no_limits():
    chart = xmr_chart([7.0] * 12)
    assert chart.segments[0].reason == (
        "The values never change, so they do not show how much they usually vary."
    )


@pytest.mark.parametrize(("count", "words"), [(0, "no case"), (60, "nothing but cases")])
def test_no_case_and_nothing_but_cases_have_no_limits(count, words):
    chart = p_chart([count] * 10, [60] * 10)
    assert chart.segments[0].reason == (
        f"Limits of a share need both cases and others: {words} in 600; "
        "look at what lies between events instead."
    )
    assert chart.signals == ()


def test_rare_cases_carry_a_caution():
    chart = p_chart([0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0], [150] * 12)
    assert phase_limits(chart).cautions == (
        "Fewer than 5 cases a month are usual, so these limits are rough; "
        "what lies between events shows more.",
    )
    # a month of none is never a signal: the limit is at 0
    assert all(point.limits.low == 0.0 for point in chart.points)


def test_counts_do_not_fall_below_zero():
    values = [1.0, 9.0, 0.0, 8.0, 2.0, 7.0, 1.0, 9.0]
    assert xmr_chart(values).points[0].limits.low == 0.0


# ---- what must always hold


@repeatable
@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=40),
    st.integers(8, 20) | st.none(),
)
def test_limits_of_a_share_stay_in_order_within_zero_and_one(pairs, baseline):
    numerators, denominators = [min(p) for p in pairs], [max(p) for p in pairs]
    chart = p_chart(numerators, denominators, baseline=baseline)
    assert len(chart.points) == len(pairs)
    for point in chart.points:
        if point.limits is not None:
            limits = point.limits
            assert 0.0 <= limits.low <= limits.centre <= limits.high <= 1.0
            assert limits.near_low <= limits.centre <= limits.near_high
    for signal in chart.signals:
        assert all(chart.points[position].value is not None for position in signal.positions)


@repeatable
@given(st.lists(st.integers(0, 500), min_size=8, max_size=40), st.integers(2, 7))
def test_values_in_another_unit_give_the_same_signals(values, factor):
    # whole factors, so that nothing is rounded onto or off a limit
    once = xmr_chart(values)
    scaled = xmr_chart([factor * value for value in values])
    for mine, theirs in zip(once.points, scaled.points, strict=True):
        if mine.limits is None or theirs.limits is None:
            assert mine.limits is theirs.limits is None
        else:
            assert theirs.limits.high == pytest.approx(factor * mine.limits.high)
            assert theirs.limits.low == pytest.approx(factor * mine.limits.low, abs=1e-9)


@repeatable
@given(st.lists(st.integers(1, 500), min_size=8, max_size=30))
def test_what_comes_after_the_baseline_does_not_move_its_limits(values):
    alone = xmr_chart(values)
    followed = xmr_chart([*values, 10_000, 0, 10_000], baseline=len(values))
    assert followed.points[0].limits == alone.points[0].limits


# ---- errors, with their words


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: p_chart([1, 2], [10]),
            "Expected one denominator for each numerator, found [2 and 1]; "
            "pass two lists of equal length.",
        ),
        (
            lambda: p_chart([11], [10]),
            "Expected the numerator to be at most the denominator, found [11 of 10]; "
            "count both over the same cases.",
        ),
        (
            lambda: xmr_chart([1.0] * 10, baseline=7),
            "Expected a baseline of at least 8 points, found [7]; "
            "choose a longer one, or none to use all points.",
        ),
        (
            lambda: xmr_chart([1.0] * 10, changes=[0]),
            "Expected changes at ascending positions from 1 to 9, found [0]; "
            "pass each change once, and none before the second point.",
        ),
        (
            lambda: xmr_chart([1.0] * 10, changes=[4, 4]),
            "Expected changes at ascending positions from 1 to 9, found [4, 4]; "
            "pass each change once, and none before the second point.",
        ),
        (
            lambda: xmr_chart([1.0] * 10, changes=[10]),
            "Expected changes at ascending positions from 1 to 9, found [10]; "
            "pass each change once, and none before the second point.",
        ),
        (
            lambda: xmr_chart(["many"]),
            "Expected every value to be a number, or nothing where it is not recorded, "
            "found [many]; pass the numbers themselves.",
        ),
    ],
)
def test_impossible_charts_are_refused_in_words(call, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        call()


def test_a_method_that_says_why_it_cannot_is_passed_on():
    chart = charted([1.0] * 8, [], None, lambda start, stop, baseline_stop: "Because.")
    assert chart.segments[0].reason == "Because."
    assert chart.points[0].value == 1.0
