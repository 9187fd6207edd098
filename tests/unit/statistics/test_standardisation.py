"""Equal call mix: a famous example, the same worked out with pandas, and what must always hold."""

import re

import numpy
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import clopper_pearson_interval
from outcomes.statistics.standardisation import standardised_ratios

repeatable = settings(deadline=None, derandomize=True)

# admissions to Berkeley in 1973 by department: Bickel, Hammel and O'Connell 1975, Science
# 187:398-404; the data set UCBAdmissions of R
BERKELEY = {
    "men": {
        "A": (512, 825), "B": (353, 560), "C": (120, 325),
        "D": (138, 417), "E": (53, 191), "F": (22, 373),
    },
    "women": {
        "A": (89, 108), "B": (17, 25), "C": (202, 593),
        "D": (131, 375), "E": (94, 393), "F": (24, 341),
    },
}  # fmt: skip


def by_pandas(programs):
    rows = pd.DataFrame(
        [(p, s, k, n) for p, strata in programs.items() for s, (k, n) in strata.items() if n],
        columns=["program", "stratum", "events", "responses"],
    )
    by_stratum = rows.groupby("stratum")
    rows["rate"] = by_stratum["events"].transform("sum") / by_stratum["responses"].transform("sum")
    rows["expected"] = rows["rate"] * rows["responses"]
    shared = rows[by_stratum["program"].transform("nunique") > 1]
    return shared.groupby("program")[["events", "expected"]].sum()


# ---- a famous example


def test_berkeleys_admissions_reverse_at_equal_mix():
    found = standardised_ratios(BERKELEY)
    # 44.5% of men and 30.4% of women were admitted, as published
    assert found["men"].observed / found["men"].compared_denominator == pytest.approx(
        0.445, abs=5e-4
    )
    assert found["women"].observed / found["women"].compared_denominator == pytest.approx(
        0.304, abs=5e-4
    )
    # at equal mix of departments women were admitted a little more often than expected
    assert found["women"].ratio > 1 > found["men"].ratio
    assert found["women"].expected == pytest.approx(541.643, abs=1e-3)
    # limits for both together: 97.5% each
    share = clopper_pearson_interval(557, 1835, 0.975)
    assert found["women"].interval.low == pytest.approx(share.low * 1835 / 541.643, abs=1e-5)
    assert found["women"].interval.high == pytest.approx(share.high * 1835 / 541.643, abs=1e-5)


# ---- what is left out


def test_a_stratum_that_no_other_program_has_is_left_out():
    found = standardised_ratios(
        {
            "a": {"welfare": (10, 100), "boat": (4, 20)},
            "b": {"welfare": (30, 100), "boat": (0, 0)},
        }
    )
    a = found["a"]
    assert (a.observed, a.compared_denominator, a.expected) == (10, 100, 20.0)
    assert a.ratio == 0.5
    assert found["b"].compared_denominator == 100


def test_a_program_with_strata_of_its_own_alone_has_no_ratio():
    found = standardised_ratios({"a": {"x": (1, 10)}, "b": {"y": (2, 10)}})
    for one in found.values():
        assert one.ratio is None
        assert one.interval is None
        assert one.expected == 0.0
        assert one.compared_denominator == 0


def test_no_event_anywhere_has_no_ratio():
    found = standardised_ratios({"a": {"x": (0, 10)}, "b": {"x": (0, 30)}})
    assert found["a"].ratio is None
    assert found["a"].observed == 0


def test_no_event_here_has_a_ratio_of_zero_with_an_upper_limit():
    found = standardised_ratios({"a": {"x": (0, 10)}, "b": {"x": (8, 30)}})
    assert found["a"].ratio == 0.0
    assert found["a"].interval == Interval(
        low=0.0, high=clopper_pearson_interval(0, 10, 0.975).high * 10 / 2
    )


@pytest.mark.parametrize("rates", [(0.01, 0.03, 0.1), (0.2, 0.3, 0.4), (0.85, 0.9, 0.95)])
def test_one_of_many_alike_is_seldom_told_apart_and_one_unlike_is(rates: tuple[float, ...]):
    """With the limits of a Poisson count no program of the last rates was ever told apart, alike or not."""
    random = numpy.random.default_rng(20240103)
    chances = numpy.array(rates)
    alarms = found = 0
    for _ in range(200):
        mixes = random.multinomial([3000] * 6, [0.5, 0.3, 0.2])
        for is_unlike in (False, True):
            # a third fewer of the rarer side
            unlike = 1 - (1 - chances) * 2 / 3 if rates[0] > 0.5 else chances * 2 / 3
            of_first = unlike if is_unlike else chances
            events = [
                random.binomial(mix, of_first if place == 0 else chances)
                for place, mix in enumerate(mixes)
            ]
            programs = {
                str(place): dict(enumerate(zip(count.tolist(), mix.tolist(), strict=True)))
                for place, (count, mix) in enumerate(zip(events, mixes, strict=True))
            }
            outside = {
                name
                for name, one in standardised_ratios(programs).items()
                if not one.interval.low <= 1 <= one.interval.high
            }
            # the limits are for all six together
            alarms, found = alarms + (bool(outside) and not is_unlike), found + ("0" in outside)
    assert alarms <= 18
    assert found > 110


def test_a_program_without_responses_has_nothing():
    found = standardised_ratios({"a": {}, "b": {"x": (0, 0)}, "c": {"x": (1, 5)}})
    assert found["a"].ratio is None
    assert found["b"].interval is None
    assert found["b"].ratio is None
    assert standardised_ratios({}) == {}


def test_one_program_is_not_compared_with_itself():
    assert standardised_ratios({"a": {"x": (3, 10), "y": (1, 4)}})["a"].ratio is None


# ---- what must always hold

PROGRAMS = st.dictionaries(
    st.sampled_from("abcde"),
    st.dictionaries(
        st.tuples(st.sampled_from(["welfare", "crisis", "noise"]), st.integers(1, 3)),
        st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: (min(p), max(p))),
        max_size=6,
    ),
    max_size=5,
)


@pytest.mark.slow
@repeatable
@given(PROGRAMS)
def test_the_same_by_pandas_and_events_add_up(programs):
    found = standardised_ratios(programs)
    again = by_pandas(programs)
    for program, one in found.items():
        if program in again.index:
            assert one.observed == again.loc[program, "events"]
            assert one.expected == pytest.approx(again.loc[program, "expected"])
        else:
            assert one.ratio is None
        if one.ratio is not None:
            assert one.interval.low <= one.ratio <= one.interval.high
    # all programs together had exactly what their own rates lead one to expect
    assert sum(one.expected for one in found.values()) == pytest.approx(
        sum(one.observed for one in found.values())
    )


@repeatable
@given(st.integers(1, 40), st.integers(1, 40))
def test_programs_with_one_rate_in_each_stratum_are_as_expected(first, second):
    # 1 in 10 welfare checks and 1 in 2 crises everywhere; only the mix differs
    found = standardised_ratios(
        {
            "a": {"welfare": (first, 10 * first), "crisis": (second, 2 * second)},
            "b": {"welfare": (second, 10 * second), "crisis": (first, 2 * first)},
        }
    )
    assert found["a"].ratio == pytest.approx(1.0)
    assert found["b"].ratio == pytest.approx(1.0)


def test_more_events_than_responses_are_refused():
    with pytest.raises(ValueError, match=re.escape("found [6 of 5]")):
        standardised_ratios({"a": {"x": (6, 5)}})
