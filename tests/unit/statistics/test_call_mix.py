"""The same rates at another mix: a published example, the same with scipy.stats, and what must always hold."""

import math

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.statistics.call_mix import share_at_other_mix, weighted_sum_interval

repeatable = settings(deadline=None, derandomize=True)

# Down syndrome by age of the mother among first births, Michigan 1950 to 1964: Fleiss 1981, p. 249; standardised to
# the average of five birth orders in table 1 of Fay and Feuer 1997
COUNTS = (107, 141, 60, 40, 39, 25)
BIRTHS = (230061, 329449, 114920, 39487, 14208, 3052)
STANDARD = (63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6)


def test_first_births_of_fay_and_feuer():
    strata = {i: (COUNTS[i], BIRTHS[i], STANDARD[i]) for i in range(6)}
    found = share_at_other_mix(strata)
    assert found is not None
    # per 100,000: crude 56.3, adjusted 92.3, limits 80.4 to 105.8
    assert found.own_share * 1e5 == pytest.approx(56.3, abs=0.05)
    assert found.other_share * 1e5 == pytest.approx(92.3, abs=0.05)
    assert found.other_interval.low * 1e5 == pytest.approx(80.4, abs=0.05)
    assert found.other_interval.high * 1e5 == pytest.approx(105.8, abs=0.05)
    assert found.difference_interval.low > 0
    assert found.covered_share == 1


def test_the_worked_example_of_the_methods():
    # Half of the eligible calls are disputes, but one in five of those taken.
    found = share_at_other_mix({"welfare": (8, 800, 500), "dispute": (6, 200, 500)})
    assert found is not None
    assert found.own_share == pytest.approx(14 / 1000)
    assert found.other_share == pytest.approx((0.01 + 0.03) / 2)


def test_one_weight_gives_garwoods_limits():
    found = weighted_sum_interval([(10, 1 / 5000)])
    assert found.low * 5000 == pytest.approx(4.795, abs=5e-4)
    assert found.high * 5000 == pytest.approx(18.390, abs=5e-4)
    assert weighted_sum_interval([(0, 1 / 5000)]).low == 0
    assert weighted_sum_interval([(0, 1 / 5000)]).high * 5000 == pytest.approx(3.689, abs=5e-4)


def test_kinds_never_taken_have_no_rate_and_are_told():
    found = share_at_other_mix({"a": (1, 100, 300), "b": (0, 0, 100)})
    assert found is not None
    assert (found.other_share, found.covered_share) == (0.01, 0.75)
    assert found.difference == 0


def test_nothing_to_say():
    assert share_at_other_mix({}) is None
    assert share_at_other_mix({"a": (0, 0, 100)}) is None
    assert share_at_other_mix({"a": (1, 10, 0)}) is None


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="number of calls"):
        share_at_other_mix({"a": (1, 10, -1)})
    with pytest.raises(ValueError, match="found"):
        share_at_other_mix({"a": (11, 10, 1)})


strata = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 20), st.integers(0, 500)), min_size=1, max_size=8
)


@repeatable
@given(strata)
def test_against_slow_scipy(rows):
    given_rows = {
        i: (min(events, cases), cases, calls) for i, (cases, events, calls) in enumerate(rows)
    }
    found = share_at_other_mix(given_rows)
    kept = [(e, n, c) for e, n, c in given_rows.values() if n]
    calls = sum(c for _, _, c in kept)
    if found is None:
        assert not kept or not calls
        return
    weights = [c / calls / n for _, n, c in kept]
    total = sum(w * e for w, (e, _, _) in zip(weights, kept, strict=True))
    variance = sum(w * w * e for w, (e, _, _) in zip(weights, kept, strict=True))
    most = max(weights)
    low = stats.gamma.ppf(0.025, total**2 / variance, scale=variance / total) if total else 0
    high = stats.gamma.ppf(
        0.975,
        (total + most) ** 2 / (variance + most**2),
        scale=(variance + most**2) / (total + most),
    )
    assert found.other_share == pytest.approx(total)
    assert found.other_interval.low == pytest.approx(low)
    assert found.other_interval.high == pytest.approx(min(1, high))
    assert found.difference_interval.low <= found.difference <= found.difference_interval.high
    assert 0 < found.covered_share <= 1
    assert math.isclose(found.own_share, sum(e for e, _, _ in kept) / sum(n for _, n, _ in kept))


@repeatable
@given(strata)
def test_at_its_own_mix_nothing_changes(rows):
    own = {i: (min(events, cases), cases, cases) for i, (cases, events, _) in enumerate(rows)}
    found = share_at_other_mix(own)
    if found is not None:
        assert found.other_share == pytest.approx(found.own_share)
        assert found.difference == pytest.approx(0, abs=1e-12)
        assert found.difference_interval.low <= 1e-12
        assert found.difference_interval.high >= -1e-12


MIX = numpy.array([0.3, 0.25, 0.15, 0.1, 0.1, 0.05, 0.05])
RATES = numpy.array([0.01, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15])


def difference(eligible, taken, events):
    rows = zip(events.tolist(), taken.tolist(), eligible.tolist(), strict=True)
    found = share_at_other_mix(dict(enumerate(rows)))
    assert found is not None
    return found.difference_interval


@pytest.mark.parametrize(
    ("calls", "taken"), [(500, 250), (2000, 1800), (20000, 1000), (40000, 20000)]
)
def test_a_chance_draw_of_the_calls_is_seldom_called_easy_or_hard(calls: int, taken: int):
    """With both mixes as known, 8 of 100 to 87 of 100 such draws were called easier or harder."""
    random = numpy.random.default_rng(20240101)
    alarms = 0
    for _ in range(400):
        eligible = random.multinomial(calls, MIX)
        drawn = random.multivariate_hypergeometric(eligible, taken)
        limits = difference(eligible, drawn, random.binomial(drawn, RATES))
        alarms += limits.low > 0 or limits.high < 0
    # 5 in 100, and room for the chance of 400 draws
    assert alarms <= 30


@pytest.mark.parametrize("taken", [500, 2000, 10000])
def test_the_interval_of_the_difference_covers_95_in_100(taken: int):
    random = numpy.random.default_rng(20240102)
    eligible = numpy.array([1000, 1000, 500])
    chosen, rates = numpy.array([0.6, 0.3, 0.1]), numpy.array([0.01, 0.05, 0.1])
    true = float((eligible / eligible.sum() * rates).sum() - (chosen * rates).sum())
    covered = 0
    for _ in range(1000):
        drawn = random.multinomial(taken, chosen)
        limits = difference(eligible, drawn, random.binomial(drawn, rates))
        covered += limits.low <= true <= limits.high
    assert 920 <= covered <= 980
