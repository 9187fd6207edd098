"""Binned durations: pandas on the written-out values, published ranks, brute-force coverage."""

import re
import time
from itertools import product
from math import comb, factorial, prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.duration import quantile, quantile_interval, share_at_or_under
from outcomes.statistics.interval import Interval

PROBABILITIES = [0.0, 0.01, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.55, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0]

# Limits of the median at 95%: the first total at which the 1st, 2nd ... 25th duration from either
# end will do. Nair 1940, Sankhya 4:551-558, as given by Dixon and Massey 1969.
NAIRS_TOTALS = [
    *(6, 9, 12, 15, 17, 20, 23, 25, 28, 30, 33, 35, 37),
    *(40, 42, 44, 47, 49, 51, 54, 56, 58, 61, 63, 65),
]

# the same examples at every run, so that a failure can be repeated
repeatable = settings(deadline=None, derandomize=True)


@st.composite
def binned_durations(draw, largest_count=40):
    """Bins ascending, some of them empty, with at least one duration in all."""
    bins = draw(st.lists(st.floats(0, 600), min_size=1, max_size=12, unique=True).map(sorted))
    counts = draw(
        st.lists(st.integers(0, largest_count), min_size=len(bins), max_size=len(bins)).filter(any)
    )
    return bins, counts


def ranks_limits(total, probability, confidence=0.95):
    """The two ranks chosen among so many durations: each duration is its own rank in minutes."""
    minutes = range(1, total + 1)
    interval = quantile_interval(minutes, [1] * total, probability, confidence)
    return None if interval is None else (interval.low, interval.high)


def chance_of_fewer(rank, total, probability):
    """Probability that fewer than `rank` of the durations lie below the quantile, term by term."""
    return sum(
        comb(total, k) * probability**k * (1 - probability) ** (total - k) for k in range(rank)
    )


# ---- quantiles: exactly those of pandas


@repeatable
@given(durations=binned_durations(), probability=st.floats(0, 1))
def test_quantile_equals_pandas_to_the_last_digit(durations, probability):
    bins, counts = durations
    written_out = pd.Series(np.repeat(bins, counts))
    assert quantile(bins, counts, probability) == written_out.quantile(probability)


def test_quantile_rounds_as_pandas_does_between_any_two_durations():
    random = np.random.default_rng(23)
    for _ in range(300):
        bins = np.sort(random.uniform(0, 90, 5))
        probability = random.uniform()
        written_out = pd.Series(np.repeat(bins, [1, 2, 1, 3, 1]))
        assert quantile(bins, [1, 2, 1, 3, 1], probability) == written_out.quantile(probability)


@pytest.mark.parametrize("probability", PROBABILITIES)
def test_quantile_equals_pandas_on_many_durations(probability):
    random = np.random.default_rng(19)
    minutes = np.arange(0, 240)
    for scale in (1, 30, 3_000):
        counts = random.poisson(scale * np.exp(-minutes / 30))
        written_out = pd.Series(np.repeat(minutes, counts))
        assert quantile(minutes, counts, probability) == written_out.quantile(probability)
        # bins of half a minute are no whole numbers
        assert quantile(minutes / 2, counts, probability) == (written_out / 2).quantile(probability)


@pytest.mark.parametrize(
    ("bins", "counts", "probability", "expected"),
    [
        ([8], [1], 0.5, 8.0),
        ([8], [1], 0.9, 8.0),
        ([4, 9], [1, 1], 0.5, 6.5),
        ([4, 9], [2, 1], 0.5, 4.0),
        ([1, 2, 3, 4], [1, 1, 1, 1], 0.5, 2.5),
        # an empty bin between the two middle durations plays no part
        ([4, 5, 9], [3, 0, 3], 0.5, 6.5),
        ([0, 4, 9, 11], [0, 1, 1, 0], 0.0, 4.0),
        ([0, 4, 9, 11], [0, 1, 1, 0], 1.0, 9.0),
        # Hyndman and Fan's definition 7: 1 + 9 x 0.9 = rank 9.1 of ten
        (list(range(10, 110, 10)), [1] * 10, 0.9, 91.0),
    ],
)
def test_quantiles_worked_out_by_hand(bins, counts, probability, expected):
    assert quantile(bins, counts, probability) == pytest.approx(expected, rel=1e-14)


@repeatable
@given(durations=binned_durations(), first=st.floats(0, 1), second=st.floats(0, 1))
def test_quantile_rises_with_its_probability_within_the_durations(durations, first, second):
    bins, counts = durations
    lower, upper = (quantile(bins, counts, p) for p in (min(first, second), max(first, second)))
    rounding = 1e-9
    assert lower <= upper + rounding
    present = [minutes for minutes, count in zip(bins, counts, strict=True) if count]
    assert min(present) - rounding <= lower
    assert upper <= max(present) + rounding


def test_arrays_series_and_lists_give_the_same():
    bins, counts = [2, 5, 9], [4, 10, 3]
    expected = quantile(bins, counts, 0.9)
    assert quantile(np.array(bins), np.array(counts, dtype=np.int32), 0.9) == expected
    # a database sum often arrives as a float
    assert quantile(pd.Series(bins), pd.Series(counts, dtype="float64"), 0.9) == expected
    assert type(expected) is float


# ---- limits of quantiles


@pytest.mark.parametrize(
    ("total", "rank"),
    list(zip(NAIRS_TOTALS, range(1, 26), strict=True)),
)
def test_ranks_of_the_median_are_nairs(total, rank):
    assert ranks_limits(total, 0.5) == (rank, total + 1 - rank)
    before = ranks_limits(total - 1, 0.5)
    assert before is None if rank == 1 else before == (rank - 1, total + 1 - rank)


@pytest.mark.parametrize(
    ("total", "rank", "percent"),
    # the same table: what the ranks cover
    [(6, 1, 96.9), (10, 2, 97.9), (20, 6, 95.9), (30, 10, 95.7), (50, 18, 96.7), (65, 25, 95.4)],
)
def test_coverage_of_the_median_is_nairs(total, rank, percent):
    covered = 1 - 2 * chance_of_fewer(rank, total, 0.5)
    assert round(100 * covered, 1) == percent
    assert ranks_limits(total, 0.5) == (rank, total + 1 - rank)


@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("probability", [0.05, 0.1, 0.3, 0.5, 0.75, 0.9, 0.95])
def test_ranks_are_the_closest_that_keep_each_side_within_half_of_the_error(
    probability, confidence
):
    tail = (1 - confidence) / 2
    for total in [*range(1, 60), 99, 100, 101, 250]:
        below = [chance_of_fewer(rank, total, probability) for rank in range(total + 2)]
        # by definition: the largest lower rank, the smallest upper rank
        lower = max((r for r in range(1, total + 1) if below[r] <= tail), default=None)
        upper = min((r for r in range(1, total + 1) if 1 - below[r] <= tail), default=None)
        expected = None if lower is None or upper is None else (lower, upper)
        assert ranks_limits(total, probability, confidence) == expected
        if expected:
            assert below[upper] - below[lower] >= confidence


@pytest.mark.parametrize(
    ("probability", "confidence", "smallest"),
    # 0.5**6 and 0.9**36 are the first powers at most 0.025; 0.5**8 the first at most 0.005
    [(0.5, 0.95, 6), (0.9, 0.95, 36), (0.1, 0.95, 36), (0.5, 0.99, 8)],
)
def test_too_few_durations_give_no_limits(probability, confidence, smallest):
    for total in range(smallest):
        assert quantile_interval([5], [total], probability, confidence) is None
    assert quantile_interval([5], [smallest], probability, confidence) == Interval(5.0, 5.0)


def test_no_bins_give_no_limits():
    assert quantile_interval([], [], 0.5) is None


@pytest.mark.parametrize("chances", [(0.3, 0.4, 0.3), (0.5, 0.25, 0.25), (0.1, 0.45, 0.45)])
@pytest.mark.parametrize("total", [6, 8, 11])
def test_tied_durations_are_covered_at_least_as_often_as_stated(chances, total):
    # every possible sample of three bins, each with its exact probability
    bins = (4, 8, 15)
    median = bins[int(np.searchsorted(np.cumsum(chances), 0.5))]
    covered = 0.0
    for counts in product(range(total + 1), repeat=3):
        if sum(counts) == total:
            interval = quantile_interval(bins, counts, 0.5)
            ways = factorial(total) / prod(factorial(count) for count in counts)
            chance = ways * prod(p**count for p, count in zip(chances, counts, strict=True))
            covered += chance * (interval.low <= median <= interval.high)
    assert covered >= 0.95


@repeatable
@given(
    durations=binned_durations(largest_count=400),
    probability=st.floats(0.05, 0.95),
    first=st.floats(0.5, 0.999),
    second=st.floats(0.5, 0.999),
)
def test_limits_lie_around_the_quantile_and_widen_with_confidence(
    durations, probability, first, second
):
    bins, counts = durations
    wide = quantile_interval(bins, counts, probability, max(first, second))
    narrow = quantile_interval(bins, counts, probability, min(first, second))
    if wide is not None:
        assert narrow is not None
        assert wide.low <= narrow.low <= narrow.high <= wide.high
        assert {wide.low, wide.high} <= set(bins)
        at_95 = quantile_interval(bins, counts, probability)
        if at_95 is not None:
            assert at_95.low <= quantile(bins, counts, probability) + 1e-9
            assert quantile(bins, counts, probability) <= at_95.high + 1e-9


def test_ten_million_durations_take_a_moment():
    minutes = np.arange(1_440)
    counts = np.full(1_440, 7_000)
    started = time.perf_counter()
    assert quantile(minutes, counts, 0.5) == 719.5
    assert quantile_interval(minutes, counts, 0.5) == Interval(719.0, 720.0)
    assert share_at_or_under(minutes, counts, 8) == (63_000, 10_080_000)
    # some 0.3 ms on a small machine; the room is for a busy one
    assert time.perf_counter() - started < 0.1


# ---- shares within a target


@pytest.mark.parametrize(
    ("target", "expected"),
    [(3.9, (0, 17)), (4, (5, 17)), (7.99, (5, 17)), (8, (15, 17)), (15, (17, 17)), (99, (17, 17))],
)
def test_share_at_or_under_counts_the_bin_of_the_target(target, expected):
    assert share_at_or_under([4, 8, 15], [5, 10, 2], target) == expected


def test_share_of_no_durations_is_zero_of_zero():
    assert share_at_or_under([], [], 8) == (0, 0)
    assert share_at_or_under([4, 8], [0, 0], 8) == (0, 0)


@repeatable
@given(durations=binned_durations(), target=st.floats(-10, 700))
def test_share_at_or_under_equals_counting_one_by_one(durations, target):
    bins, counts = durations
    written_out = np.repeat(bins, counts)
    expected = (int((written_out <= target).sum()), len(written_out))
    assert share_at_or_under(bins, counts, target) == expected


# ---- errors, with their words


@pytest.mark.parametrize(
    "function",
    [
        lambda bins, counts: quantile(bins, counts, 0.5),
        lambda bins, counts: quantile_interval(bins, counts, 0.5),
        lambda bins, counts: share_at_or_under(bins, counts, 8),
    ],
)
@pytest.mark.parametrize(
    ("bins", "counts", "words"),
    [
        (
            [1, 2, 3],
            [1, 2],
            "Expected one count for each bin, found [3 bins and 2 counts]; "
            "pass two lists of equal length.",
        ),
        (
            [2, 1],
            [1, 1],
            "Expected bins in ascending order of minutes, each once, found [2, 1]; "
            "group and order by the bin.",
        ),
        (
            [1, 1],
            [1, 1],
            "Expected bins in ascending order of minutes, each once, found [1, 1]; "
            "group and order by the bin.",
        ),
        (
            [*range(9), float("nan")],
            [1] * 10,
            "Expected bins in ascending order of minutes, each once, found "
            "[0, 1, 2, 3, 4, 5, 6, 7, and 2 more]; group and order by the bin.",
        ),
        (
            [1, 2],
            [1, -1],
            "Expected every count to be a whole number of zero or more, found [1, -1]; "
            "pass the counts themselves, not shares or missing values.",
        ),
        (
            [1, 2],
            [0.5, float("nan")],
            "Expected every count to be a whole number of zero or more, found [0.5, nan]; "
            "pass the counts themselves, not shares or missing values.",
        ),
    ],
)
def test_impossible_bins_are_refused_in_words(function, bins, counts, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        function(bins, counts)


@pytest.mark.parametrize(("bins", "counts"), [([], []), ([5, 6], [0, 0])])
def test_quantile_of_no_durations_is_refused(bins, counts):
    words = (
        "Expected at least 1 duration, found [0]; "
        "say that there are no cases instead of asking for a quantile of none."
    )
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        quantile(bins, counts, 0.5)


@pytest.mark.parametrize("probability", [-0.1, 1.1, 90, float("nan")])
def test_what_is_not_a_probability_is_refused(probability):
    with pytest.raises(ValueError, match=re.escape(f"from 0 to 1, found [{probability}]")):
        quantile([5], [9], probability)
    with pytest.raises(ValueError, match=re.escape(f"neither included, found [{probability}]")):
        quantile_interval([5], [9], probability)


@pytest.mark.parametrize("probability", [0, 1])
def test_the_shortest_and_the_longest_have_no_limits(probability):
    with pytest.raises(ValueError, match=re.escape(f"neither included, found [{probability}]")):
        quantile_interval([5], [9], probability)


def test_what_is_not_a_confidence_or_a_target_is_refused():
    with pytest.raises(ValueError, match=re.escape("found [95]; write for example 0.95.")):
        quantile_interval([5], [9], 0.5, 95)
    with pytest.raises(ValueError, match=re.escape("found [nan]; write for example 8.")):
        share_at_or_under([5], [9], float("nan"))
