"""Charts of shares and volumes by month: limits by hand and by other packages, series of each kind, and words."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from benchmark.control_charts import MONTH_DAYS, SHARE, VOLUME, World, chart_of, drawn, found
from hypothesis import given, settings
from hypothesis import strategies as st
from places import PROJECT
from scipy import stats

from outcomes.statistics.control_chart import p_chart, rate_chart
from outcomes.statistics.control_segments import ChartMethod, charted
from outcomes.statistics.control_signals import Side, SignalKind
from outcomes.statistics.false_alarms import (
    MONTH_ALARMS,
    WAIT_ALARMS,
    false_alarms_of_months,
    false_alarms_of_waits,
)

repeatable = settings(deadline=None, derandomize=True)
# twelve cases and eight in turn of a hundred: less spread than chance makes
EVEN = [12, 8]


def days(months):
    return [MONTH_DAYS[month % 12] for month in range(months)]


def kinds(chart):
    return {signal.kind for signal in chart.signals}


def outside(chart):
    return [s.positions[0] for s in chart.signals if s.kind is SignalKind.OUTSIDE]


def limits_of(chart, place=-1):
    found = chart.points[place].limits
    assert found is not None, chart.segments[-1].reason
    return found


# ---- limits of a single month, worked out again


def test_limits_of_a_share_by_hand():
    chart = p_chart(EVEN * 9, [100] * 18)
    reach = stats.t.ppf(1 - 0.015 / 18 / 2, 12 - 2)
    # chance of the month and of the twelve before, and room for a season of a tenth
    away = reach * math.sqrt(0.1 * 0.9 / 100 * (1 + 1 / 12)) + 0.01
    lean = (reach**2 - 1) / 6 * 0.8 / 100
    limits = limits_of(chart)
    assert limits.centre == pytest.approx(0.1)
    assert limits.high == pytest.approx(0.1 + away + lean)
    # as far down lies below nothing
    assert limits.low == 0.0
    assert chart.segments[0].baseline_last == 11
    assert chart.segments[0].phase_limits.method is ChartMethod.P
    assert chart.signals == ()


def test_limits_follow_each_months_denominator():
    limits = [p.limits for p in p_chart([20, 40] * 9, [200, 400] * 9).points]
    assert limits[0].high - limits[0].centre > limits[1].high - limits[1].centre


def test_a_volume_is_so_many_a_day():
    # ten a day in every month: February is no low month
    chart = rate_chart([10 * length for length in days(36)], days(36))
    assert {point.value for point in chart.points} == {10.0}
    assert limits_of(chart).centre == pytest.approx(10.0)
    assert chart.signals == ()
    assert chart.segments[0].phase_limits.method is ChartMethod.U
    # as a count it would be far outside: 31 instead of 28 days on 400 a day
    assert rate_chart([400 * length for length in days(36)], days(36)).signals == ()


def test_the_season_is_that_of_a_weighted_regression():
    import statsmodels.api as sm

    random = np.random.default_rng(5)
    sizes = random.integers(150, 400, 48)
    months = np.arange(48)
    cases = random.binomial(sizes, 0.2 * (1 + 0.3 * np.cos(2 * np.pi * months / 12)))
    chart = p_chart(cases.tolist(), sizes.tolist())
    angles = 2 * np.pi * months / 12
    design = np.column_stack(
        [np.ones(48), *(f(k * angles) for k in (1, 2) for f in (np.cos, np.sin))]
    )
    fitted = sm.WLS((cases / sizes)[:42], design[:42], weights=sizes[:42]).fit()
    assert [p.limits.centre for p in chart.points] == pytest.approx(fitted.predict(design))
    assert chart.segments[0].phase_limits.cautions[0] == "A yearly season is taken out."


def test_months_that_differ_more_widen_the_limits_and_that_is_said():
    # two and eighteen, six and fourteen of a hundred in turn: far more than chance
    wide = p_chart([2, 18, 6, 14] * 12, [100] * 48)
    even = p_chart(EVEN * 24, [100] * 48)
    spread = wide.segments[0].phase_limits.spread
    assert spread > 1.5
    assert even.segments[0].phase_limits.spread == 1.0
    assert limits_of(wide).high - 0.1 > 1.5 * (limits_of(even).high - 0.1)
    said = f"Months differ {spread:.1f} times as much as chance alone lets them differ"
    assert said in " ".join(wide.segments[0].phase_limits.cautions)
    assert wide.signals == ()


def test_even_months_never_narrow_the_limits():
    random = np.random.default_rng(2)
    by_chance = p_chart(random.binomial(100, 0.1, 48).tolist(), [100] * 48)
    assert limits_of(p_chart(EVEN * 24, [100] * 48)).high <= 1.01 * limits_of(by_chance).high
    assert by_chance.segments[0].phase_limits.spread < 1.2


def test_a_usual_month_is_outside_as_seldom_as_meant():
    # added up over every count: 0.015 over 60 months, however lopsided
    for size, share in ((200, 0.1), (200, 0.02), (60, 0.5)):
        limits = limits_of(p_chart([round(size * share)] * 60, [size] * 60))
        counts = np.arange(size + 1)
        chances = stats.binom.pmf(counts, size, share)
        is_out = (counts / size < limits.low) | (counts / size > limits.high)
        assert chances[is_out].sum() <= 1.2 * 0.015 / 60


def test_one_wild_month_does_not_hide_itself():
    calm = [12, 8] * 24
    wild = [*calm[:20], 45, *calm[21:]]
    chart = p_chart(wild, [100] * 48)
    assert outside(chart) == [20]
    assert limits_of(chart).high == pytest.approx(
        limits_of(p_chart(calm, [100] * 48)).high, rel=0.03
    )


# ---- the latest six months together


def test_the_latest_six_by_hand():
    """The smallest count, the same in each of the six, that is called unusual."""
    base = [12, 8] * 6
    reach = stats.t.ppf(0.97, 10)
    half = np.exp(2j * np.pi * np.arange(12, 18) / 12).mean()
    away = reach * math.sqrt(0.09 / 100 * (1 / 6 + 1 / 12)) + 0.01 * abs(half)
    lean = (reach**2 - 1) / 6 * 0.8 / 600
    edge = 100 * (0.1 + away + lean)
    assert 13 < edge < 14
    assert SignalKind.LATEST not in kinds(p_chart([*base, *[13] * 6], [100] * 18))
    (signal,) = p_chart([*base, *[14] * 6], [100] * 18).signals
    assert (signal.kind, signal.side) == (SignalKind.LATEST, Side.HIGH)
    assert signal.positions == tuple(range(12, 18))


def test_a_lower_half_year_is_low():
    (signal,) = p_chart([*[40, 44] * 27, *[22] * 6], [200] * 60).signals
    assert (signal.kind, signal.side) == (SignalKind.LATEST, Side.LOW)


def test_the_latest_six_are_the_recorded_ones():
    counts = [*[20, 22] * 15, 33, None, 33, 33, None, 33, 33, 33]
    (signal,) = p_chart(counts, [200] * len(counts)).signals
    assert signal.positions == (30, 32, 33, 35, 36, 37)


# ---- a level that changed, months that still rise


def test_a_change_of_level_is_found_and_what_is_usual_starts_anew():
    counts = [20, 22, 21, 19, 23, 20] * 5 + [40, 44, 41, 39, 43, 42] * 5
    chart = p_chart(counts, [200] * 60)
    (signal,) = chart.signals
    assert (signal.kind, signal.side, signal.positions) == (SignalKind.LEVEL, Side.HIGH, (30,))
    assert [(s.first, s.last) for s in chart.segments] == [(0, 29), (30, 59)]
    assert limits_of(chart, 0).centre == pytest.approx(0.104, abs=0.002)
    assert limits_of(chart).centre == pytest.approx(0.2075, abs=0.002)


def test_soon_after_a_change_of_level_nothing_is_usual():
    counts = [20, 22] * 24 + [60] * 10
    chart = p_chart(counts, [200] * 58)
    assert SignalKind.LEVEL not in kinds(chart) or chart.segments[-1].phase_limits is None
    later = p_chart([*counts, *[60] * 4], [200] * 62)
    assert kinds(later) == {SignalKind.LEVEL}
    assert later.segments[-1].reason == (
        "Too few points to say what is usual: 14 recorded, at least 18 are needed."
    )


@pytest.mark.parametrize(("sign", "way"), [(1, "rise"), (-1, "fall")])
def test_while_a_program_grows_nothing_is_usual(sign, way):
    counts = [600 + sign * 10 * month for month in range(36)]
    chart = rate_chart(counts, [30] * 36)
    assert chart.signals == ()
    assert all(point.limits is None for point in chart.points)
    assert re.fullmatch(
        rf"The points still {way}, by about 1\d|The points still {way}, by about 2\d",
        chart.segments[0].reason.split("%")[0],
    )


def test_a_young_program_that_doubles_in_a_year_has_no_usual_level():
    chart = rate_chart([100 + 9 * month for month in range(18)], [30] * 18)
    assert "still rise" in chart.segments[0].reason


def test_a_young_program_with_a_season_is_not_said_to_grow():
    waves = [round(100 * (1 + 0.1 * math.sin(2 * math.pi * month / 12))) for month in range(18)]
    chart = rate_chart(waves, [30] * 18)
    assert chart.signals == ()
    assert "leave room for one of 10%" in " ".join(chart.segments[0].phase_limits.cautions)


# ---- series of each kind, by simulation with the product's own charts


@pytest.mark.slow
@pytest.mark.parametrize("kind", [SHARE, VOLUME])
@pytest.mark.parametrize(
    "ordinary",
    [{}, {"season": 0.1}, {"alike": 0.3}, {"season": 0.1, "alike": 0.3}],
    ids=lambda one: " and ".join(one) or "chance",
)
def test_at_most_one_of_ten_ordinary_charts_gives_a_signal(kind, ordinary):
    level = 0.1 if kind == SHARE else 200.0
    assert found(World(kind, level=level, **ordinary), 400)["any"] <= 40


@pytest.mark.slow
def test_a_real_change_of_three_points_is_found_within_six_months():
    ups = found(World(SHARE, shift=0.03, shift_at=54), 500)["any"]
    downs = found(World(SHARE, shift=-0.03, shift_at=54), 500)["any"]
    assert (ups + downs) / 1_000 >= 0.80


@pytest.mark.slow
def test_growth_is_found():
    seen = found(World(VOLUME, length=36, level=200.0, growth=0.2), 100)
    assert seen["no level"] >= 95
    assert seen["any"] <= 5


def test_the_simulation_draws_what_it_says():
    random = np.random.default_rng(4)
    for kind, level in ((SHARE, 0.1), (VOLUME, 200.0)):
        plain = drawn(World(kind, level=level), 2_000, random) / (
            200 if kind == SHARE else np.array(days(60)) / 30.4
        )
        assert plain.mean() == pytest.approx(level, rel=0.01)
        spread = drawn(World(kind, level=level, dispersion=4.0), 2_000, random)
        once = drawn(World(kind, level=level), 2_000, random)
        assert spread.var(axis=0).mean() / once.var(axis=0).mean() == pytest.approx(4, rel=0.1)
        alike = drawn(World(kind, level=level, alike=0.3), 2_000, random)
        pairs = [np.corrcoef(a, b)[0, 1] for a, b in pairwise(alike.T)]
        assert np.mean(pairs) == pytest.approx(0.3, abs=0.03)


# ---- what a chart says of its own false alarms


def test_false_alarms_are_told_for_the_next_length_simulated():
    lengths = sorted(MONTH_ALARMS)
    assert false_alarms_of_months(lengths[0]) == (lengths[0], *MONTH_ALARMS[lengths[0]])
    assert false_alarms_of_months(lengths[0] + 1)[0] == lengths[1]
    assert false_alarms_of_months(10_000)[0] == lengths[-1]
    assert false_alarms_of_waits(13) == (24, WAIT_ALARMS[24])
    assert false_alarms_of_waits(10_000)[0] == max(WAIT_ALARMS)


def printed_table(heading: str) -> dict[int, tuple[int, ...]]:
    """The rows of the document's table under a heading, by their length, rounded up."""
    text = (PROJECT / "docs" / "control_charts.md").read_text(encoding="utf-8")
    rows = text[text.index(heading) :].split("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {
        int(length): tuple(math.ceil(float(number)) for number in more) for length, *more in cells
    }


def test_the_figures_are_those_of_the_document_rounded_up():
    assert printed_table("| months | by chance |") == MONTH_ALARMS
    waits = {length: (alarms,) for length, alarms in WAIT_ALARMS.items()}
    assert printed_table("| waits between rare events |") == waits


def test_no_length_has_more_than_ten_false_alarms_in_a_hundred():
    assert max(max(alarms) for alarms in MONTH_ALARMS.values()) <= 10


# ---- stretches, gaps and too little


def test_what_is_usual_starts_anew_at_a_recorded_change():
    before, after = [20, 22] * 12, [60, 66] * 12
    chart = p_chart(before + after, [200] * 48, changes=[24])
    assert [(s.first, s.last) for s in chart.segments] == [(0, 23), (24, 47)]
    assert limits_of(chart, 0).centre == pytest.approx(0.105)
    assert limits_of(chart).centre == pytest.approx(0.315)
    assert chart.signals == ()


def test_a_stretch_that_has_ended_is_judged_whole():
    chart = p_chart([20, 22] * 12 + [60] * 3, [200] * 27, changes=[24])
    assert chart.segments[0].baseline_last == 23
    assert chart.segments[1].reason == (
        "Too few points to say what is usual: 3 recorded, at least 18 are needed."
    )


@pytest.mark.parametrize("length", [*range(4), 17])
def test_under_eighteen_months_nothing_is_said(length):
    chart = rate_chart([100] * length, days(length))
    assert chart.signals == ()
    assert all(point.limits is None for point in chart.points)
    assert len(chart.segments) == min(length, 1)


def test_a_month_without_cases_not_recorded_or_hidden_is_a_gap():
    counts, sizes = [20, 22, 19, 21, 20] * 6, [200] * 30
    whole = p_chart([*counts[:3], 0, *counts[4:]], [*sizes[:3], 0, *sizes[4:]])
    hidden = p_chart([*counts[:3], None, *counts[4:]], sizes)
    assert whole.points[3].value is whole.points[3].limits is None
    assert whole == hidden
    assert whole.segments[0].baseline_count == 23


def test_months_recorded_in_one_season_alone_have_no_season_taken_out():
    counts = [20 if month % 12 < 3 else None for month in range(120)]
    chart = p_chart(counts, [200] * 120)
    assert "leave room" in " ".join(chart.segments[0].phase_limits.cautions)


@pytest.mark.parametrize(("count", "words"), [(0, "no case"), (60, "nothing but cases")])
def test_no_case_and_nothing_but_cases_have_no_limits(count, words):
    chart = p_chart([count] * 18, [60] * 18)
    assert chart.segments[0].reason == (
        f"Limits of a share need both cases and others: {words} in 720; "
        "look at what is between events instead."
    )
    assert chart.signals == ()


def test_months_of_none_have_no_limits():
    assert rate_chart([0] * 18, days(18)).segments[0].reason == (
        "Nothing was counted in these months, so nothing can be said about what is usual."
    )


def test_rare_cases_carry_a_caution():
    chart = p_chart([0, 1, 0, 0, 2, 0] * 4, [150] * 24)
    assert chart.segments[0].phase_limits.cautions[-1] == (
        "Fewer than 5 cases a month are usual, so a single month says little; "
        "what is between events shows more."
    )
    # a month of none is never a signal: the limit is at 0
    assert all(point.limits.low == 0.0 for point in chart.points)


# ---- what must always hold


@repeatable
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=45))
def test_limits_of_a_share_stay_in_order_within_zero_and_one(pairs):
    numerators, denominators = [min(p) for p in pairs], [max(p) for p in pairs]
    chart = p_chart(numerators, denominators)
    assert len(chart.points) == len(pairs)
    for point in chart.points:
        if point.limits is not None:
            limits = point.limits
            assert 0.0 <= limits.low <= limits.high <= 1.0
            assert 0.0 <= limits.centre <= 1.0
    for signal in chart.signals:
        assert all(chart.points[position].value is not None for position in signal.positions)


@repeatable
@given(st.lists(st.integers(0, 500) | st.none(), max_size=45))
def test_every_series_of_counts_has_a_chart(counts):
    chart = rate_chart(counts, days(len(counts)))
    assert [p.value is None for p in chart.points] == [count is None for count in counts]
    for segment in chart.segments:
        assert (segment.phase_limits is None) is (segment.reason is not None)


@repeatable
@given(st.integers(0, 10_000))
def test_shares_turned_over_give_the_other_side(seed):
    counts = drawn(World(SHARE, length=36, dispersion=3.0), 1, np.random.default_rng(seed))[0]
    turned = chart_of(World(SHARE, length=36), 200 - counts)
    other = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    assert {(s.kind, other[s.side], s.positions) for s in turned.signals} == {
        (s.kind, s.side, s.positions) for s in chart_of(World(SHARE, length=36), counts).signals
    }


# ---- errors, with their words


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: p_chart([1, 2], [10]),
            "Expected one denominator, or number of days, for each count, found [2 counts and 1]; "
            "pass two lists of equal length.",
        ),
        (
            lambda: p_chart([11], [10]),
            "Expected the numerator to be at most the denominator, found [11 of 10]; "
            "count both over the same cases.",
        ),
        (
            lambda: rate_chart([1], [0]),
            "Expected the number of days of the month to be a number above zero, found [0]; "
            "pass what the events were counted over, such as responses or days.",
        ),
        *(
            (
                lambda changes=changes: rate_chart([1] * 10, [30] * 10, changes=changes),
                f"Expected changes at ascending positions from 1 to 9, found {changes}; "
                "pass each change once, and none before the second point.",
            )
            for changes in ([0], [4, 4], [10])
        ),
        (
            lambda: charted([1.0] * 10, [], 7, lambda start, stop, baseline_stop: ""),
            "Expected a baseline of at least 8 points, found [7]; "
            "choose a longer one, or none to use all points.",
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
