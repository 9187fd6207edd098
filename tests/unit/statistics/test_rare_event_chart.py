"""Charts of what lies between rare events: published values, scipy, chances added up."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.control_segments import ChartMethod
from outcomes.statistics.control_signals import Meaning, Side, SignalKind, meaning_of_signal
from outcomes.statistics.rare_event_chart import (
    exponential_limits,
    g_chart,
    geometric_limits,
    t_chart,
)

repeatable = settings(deadline=None, derandomize=True)
means = st.floats(0.05, 1e5)


# ---- limits


def test_limits_of_an_event_in_a_hundred():
    # at p = 1% the 0.135 and 99.865% limits are 0 and 657 responses between
    limits = geometric_limits(99)
    assert (limits.low, limits.high) == (0, 657)


@pytest.mark.parametrize("mean", [0.5, 1, 9, 99, 748, 24_999])
def test_limits_between_events_are_scipys_geometric_quantiles(mean):
    # scipy counts the responses up to and with the event
    between = stats.geom(1 / (mean + 1), loc=-1)
    limits = geometric_limits(mean)
    assert (limits.low, limits.high) == tuple(between.ppf([0.00135, 0.99865]))


@pytest.mark.parametrize("mean", [1, 2.5, 17, 400])
def test_limits_of_days_are_scipys_exponential_quantiles(mean):
    days = stats.expon(scale=mean)
    limits = exponential_limits(mean)
    found = (limits.low, limits.centre, limits.high)
    assert found == pytest.approx(days.ppf([0.00135, 0.5, 0.99865]), rel=1e-9)


def test_the_tail_is_that_of_three_sigma():
    assert stats.norm.sf(3) == pytest.approx(0.00135, abs=5e-6)


@pytest.mark.parametrize("chance", [0.5, 0.1, 0.01, 0.001])
def test_a_usual_gap_is_outside_at_most_as_often_as_stated(chance):
    limits = geometric_limits(1 / chance - 1)
    between = stats.geom(chance, loc=-1)
    assert between.sf(limits.high) <= 0.00135
    assert between.cdf(limits.low - 1) <= 0.00135
    # and the upper limit is not needlessly wide: one less would be crossed too often
    assert between.sf(limits.high - 1) > 0.00135


@pytest.mark.parametrize("chance", [0.1, 0.01, 0.001])
def test_as_many_usual_gaps_fall_on_either_side_of_the_usual_value(chance):
    centre = geometric_limits(1 / chance - 1).centre
    assert stats.geom(chance, loc=-1).cdf(math.floor(centre)) == pytest.approx(0.5, abs=chance)


def test_three_sigma_would_raise_false_alarms_ten_times_as_often():
    # why probability limits: mean + 3 sqrt(mean (mean + 1)) of Benneyan's first form, at p = 1%
    three_sigma = 99 + 3 * math.sqrt(99 * 100)
    assert stats.geom(0.01, loc=-1).sf(three_sigma) / 0.00135 > 10


def test_nelsons_power_makes_days_nearly_normal_and_agrees_with_the_limits_here():
    # Nelson 1994: exponential days to the power 1/3.6 are a Weibull of shape 3.6, nearly symmetric
    transformed = stats.weibull_min(3.6)
    assert abs(float(transformed.stats(moments="s"))) < 0.01
    mean, sigma = transformed.mean(), transformed.std()
    upper = (mean + 3 * sigma) ** 3.6
    # his upper limit is 7.5 times the mean here, the probability limit 6.6: the same order
    assert exponential_limits(1).high == pytest.approx(6.6077, abs=1e-4)
    assert upper == pytest.approx(exponential_limits(1).high, rel=0.2)
    # the median is the same to the second digit
    assert mean**3.6 == pytest.approx(exponential_limits(1).centre, rel=0.02)


# ---- charts


def test_g_chart_of_twelve_emergencies():
    between = [80, 120, 40, 95, 150, 60, 110, 130, 70, 125, 90, 130]
    found = g_chart(between)
    assert sum(between) / 12 == 100
    limits = found.chart.points[0].limits
    assert limits == geometric_limits(100)
    assert found.chart.segments[0].phase_limits.method is ChartMethod.G
    assert found.is_long_without is None


def test_a_long_wait_is_an_improvement_where_fewer_events_are_better():
    found = t_chart([10.0] * 10 + [100.0], since_last=3, baseline=10)
    (signal,) = [s for s in found.chart.signals if s.kind is SignalKind.OUTSIDE]
    assert (signal.side, signal.positions) == (Side.HIGH, (10,))
    meaning = meaning_of_signal(signal, "lower", high_means_fewer_events=True)
    assert meaning is Meaning.IMPROVEMENT
    assert found.is_long_without is False


def test_more_frequent_events_show_as_eleven_below_the_usual_value():
    before, after = [90, 110] * 5, [20, 25, 15, 30, 10, 22, 18, 26, 12, 31, 24]
    found = g_chart(before + after, baseline=10)
    assert [(s.kind, s.side, s.positions) for s in found.chart.signals if s.side is Side.LOW] == [
        (SignalKind.RUN, Side.LOW, tuple(range(10, 21)))
    ]


def test_the_wait_since_the_last_event_is_held_against_the_upper_limit():
    between = [100] * 10
    high = geometric_limits(100).high
    assert g_chart(between, since_last=int(high)).is_long_without is False
    assert g_chart(between, since_last=int(high) + 1).is_long_without is True


def test_a_change_sets_limits_anew_and_the_wait_uses_the_last_ones():
    found = t_chart([10.5] * 8 + [100.0] * 8, since_last=90, changes=[8])
    assert found.chart.points[0].limits == exponential_limits(10.5)
    assert found.chart.points[8].limits == exponential_limits(100)
    assert found.is_long_without is False


@pytest.mark.parametrize("chart", [g_chart, t_chart])
def test_seven_gaps_are_too_few(chart):
    found = chart([10] * 7, since_last=1_000)
    assert found.chart.segments[0].reason == (
        "Too few points to say what is usual: 7 recorded, at least 8 are needed."
    )
    assert found.is_long_without is None
    assert found.since_last == 1_000


@pytest.mark.parametrize("chart", [g_chart, t_chart])
def test_no_events_give_a_chart_without_points(chart):
    found = chart([], since_last=500)
    assert found.chart.points == ()
    assert found.is_long_without is None


@pytest.mark.parametrize("chart", [g_chart, t_chart])
def test_nothing_but_zeros_has_no_limits(chart):
    assert chart([0] * 9).chart.segments[0].reason == (
        "There is nothing between the events, so this chart cannot say what is usual."
    )


def test_two_events_on_one_day_are_a_point_and_no_signal():
    days = [0, 3, 5, 1, 4, 2, 7, 0, 3]
    found = t_chart(days)
    assert found.chart.points[0].value == 0.0
    assert found.chart.points[0].limits == geometric_limits(sum(days) / 9)
    assert found.chart.signals == ()


def test_with_times_of_day_the_shortest_waits_can_be_signals():
    days = [0.5, 3.0, 5.5, 1.0, 4.0, 2.0, 7.0, 0.001, 3.0]
    found = t_chart(days)
    assert found.chart.points[0].limits == exponential_limits(sum(days) / 9)
    assert [s.positions for s in found.chart.signals] == [(7,)]


@pytest.mark.parametrize("mean", [5.5, 30.0, 365.0])
def test_whole_days_hardly_move_the_limits(mean):
    whole, parts = geometric_limits(mean), exponential_limits(mean)
    # counting whole days takes off about half a day, and adds up to a few at the upper limit
    assert whole.centre == pytest.approx(parts.centre, abs=1.0)
    assert whole.high == pytest.approx(parts.high, abs=4.0)
    assert whole.low <= parts.low


def test_montgomerys_valve_failures_are_usual():
    # hours between failures of a valve: Montgomery, Introduction to Statistical Quality Control,
    # the time-between-events example of the chapter on attribute charts, with his y = x ** 0.2777
    hours = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8]
    hours += [2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]
    printed = [4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705, 1.46958, 3.96768, 5.39007]
    printed += [1.78151, 9.09619, 5.89774, 3.38833, 4.51095, 5.91690, 5.59189, 7.16124, 7.18601]
    printed += [9.09083, 3.55203]
    transformed = [value**0.2777 for value in hours]
    assert transformed == pytest.approx(printed, abs=1.5e-5)
    # his chart of the transformed hours finds nothing unusual, nor does the one here
    step = np.abs(np.diff(transformed)).mean()
    assert np.abs(transformed - np.mean(transformed)).max() < 2.66 * step
    assert t_chart(hours).chart.signals == ()


def test_a_fresh_event_in_simulated_logs_sets_off_the_upper_limit_as_rarely_as_meant():
    random = np.random.default_rng(3)
    baseline = [99] * 400
    gaps = (random.geometric(0.01, 20_000) - 1).tolist()
    found = g_chart(baseline + gaps, baseline=400)
    high = [
        s for s in found.chart.signals if s.kind is SignalKind.OUTSIDE and s.positions[0] >= 400
    ]
    # 20,000 x 0.00135 = 27
    assert 12 <= len(high) <= 45
    assert {s.side for s in high} == {Side.HIGH}


# ---- what must always hold


@pytest.mark.parametrize("limits_of", [geometric_limits, exponential_limits])
@repeatable
@given(mean=means)
def test_limits_are_in_order(limits_of, mean):
    limits = limits_of(mean)
    assert 0 <= limits.low <= limits.high
    assert limits.low <= limits.centre <= limits.high


@pytest.mark.parametrize("limits_of", [geometric_limits, exponential_limits])
@repeatable
@given(first=means, second=means)
def test_rarer_events_have_higher_limits(limits_of, first, second):
    rare, often = limits_of(max(first, second)), limits_of(min(first, second))
    assert rare.high >= often.high
    assert rare.centre >= often.centre


# ---- errors


@pytest.mark.parametrize("value", [-1, 2.5, None, "ten", math.nan])
def test_what_is_not_a_number_of_responses_is_refused(value):
    words = f"Expected the number of responses between events to be a whole number of zero or more, found [{value}]"
    with pytest.raises(ValueError, match=re.escape(words)):
        g_chart([10, value])


@pytest.mark.parametrize("value", [-1, math.inf, "ten", math.nan])
def test_what_is_not_a_number_of_days_is_refused(value):
    words = f"Expected the number of days between events to be a number of zero or more, found [{value}]"
    with pytest.raises(ValueError, match=re.escape(words)):
        t_chart([10, value])
    with pytest.raises(ValueError, match=re.escape("since the last event")):
        t_chart([10], since_last=value)
