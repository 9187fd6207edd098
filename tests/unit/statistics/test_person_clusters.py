"""Intervals over persons met again: values by hand, coverage where persons differ, and what must always hold."""

import numpy
import pytest
from scipy import stats

from outcomes.statistics.clusters import (
    PersonSums,
    clustered_share_interval,
    effective_cases,
    person_effect,
    person_share_interval,
)
from outcomes.statistics.proportion import (
    clopper_pearson_interval,
    wilson_interval,
    zero_upper_limit,
)


def sums_of(persons: list[tuple[int, int]]) -> PersonSums:
    """Sums over events and cases of each person."""
    return PersonSums(
        persons=len(persons),
        met_again=sum(cases > 1 for _, cases in persons),
        cases=sum(cases for _, cases in persons),
        events=sum(events for events, _ in persons),
        event_squares=sum(events**2 for events, _ in persons),
        event_cases=sum(events * cases for events, cases in persons),
        case_squares=sum(cases**2 for _, cases in persons),
    )


def test_persons_whose_two_contacts_are_the_same_count_once():
    """40 of 200: residuals 1.6 of 20 persons and -0.4 of 80 make 64; by chance 0.2 * 0.8 * 200 is 32; and 100 / 99."""
    effect = person_effect(sums_of([(2, 2)] * 20 + [(0, 2)] * 80))
    assert effect == pytest.approx(64 / 32 * 100 / 99)
    limits = person_share_interval(40, 200, effect)
    # 99 cases, of which 19.8
    score = stats.norm.ppf(0.975)
    middle = (19.8 + score**2 / 2) / (99 + score**2)
    half = score * (19.8 * 79.2 / 99 + score**2 / 4) ** 0.5 / (99 + score**2)
    assert (limits.low, limits.high) == pytest.approx((middle - half, middle + half))
    exact = person_share_interval(40, 200, effect, is_exact=True)
    assert exact.low == pytest.approx(stats.beta.ppf(0.025, 19.8, 80.2))
    assert exact.high == pytest.approx(stats.beta.ppf(0.975, 20.8, 79.2))


def test_persons_of_unequal_numbers_of_cases_by_hand():
    """5 of 10 over four persons: residuals 2, -1.5, -0.5 and 0 make 6.5; by chance 2.5; and 4 / 3."""
    effect = person_effect(sums_of([(4, 4), (0, 3), (0, 1), (1, 2)]))
    assert effect == pytest.approx(6.5 / 2.5 * 4 / 3)


def test_each_case_of_another_person_is_as_before():
    persons = [(1, 1)] * 30 + [(0, 1)] * 70
    assert person_effect(sums_of(persons)) == pytest.approx(100 / 99)
    assert person_effect(sums_of([(1, 2)] * 50)) == 1.0
    assert person_share_interval(30, 100, 1.0) == wilson_interval(30, 100)


@pytest.mark.parametrize("persons", [[], [(1, 3)], [(0, 2), (0, 5)], [(2, 2), (5, 5)]])
def test_persons_that_show_no_variance_change_nothing(persons: list[tuple[int, int]]):
    assert person_effect(sums_of(persons)) == 1.0


def test_none_and_all_keep_their_ends():
    none, every = person_share_interval(0, 200, 2.0), person_share_interval(200, 200, 2.0)
    assert (none.low, none.high) == (0.0, pytest.approx(zero_upper_limit(100)))
    assert every == wilson_interval(100, 100)
    assert person_share_interval(200, 200, 2.0, is_exact=True).low == pytest.approx(
        clopper_pearson_interval(100, 100).low
    )


def test_one_case_is_one_person():
    assert person_share_interval(0, 1, 1.5).high == pytest.approx(0.95)
    assert person_share_interval(1, 1, 1.5) == wilson_interval(1, 1)


def test_the_interval_covers_where_persons_differ_and_that_of_single_cases_does_not():
    random = numpy.random.default_rng(5)
    truth, rounds = 0.2, 600
    clustered = single = 0
    for _ in range(rounds):
        cases = random.integers(1, 9, 120)
        events = random.binomial(cases, random.beta(truth * 3.5, (1 - truth) * 3.5, 120))
        effect = person_effect(sums_of(list(zip(events.tolist(), cases.tolist(), strict=True))))
        limits = person_share_interval(int(events.sum()), int(cases.sum()), effect)
        clustered += limits.low <= truth <= limits.high
        limits = wilson_interval(int(events.sum()), int(cases.sum()))
        single += limits.low <= truth <= limits.high
    assert clustered / rounds >= 0.93
    assert single / rounds < 0.88


@pytest.mark.parametrize("is_exact", [False, True])
def test_it_is_never_narrower_than_that_of_different_persons(is_exact: bool):
    random = numpy.random.default_rng(6)
    plain = clopper_pearson_interval if is_exact else wilson_interval
    for _ in range(300):
        cases = int(random.integers(1, 400))
        count = int(random.integers(0, cases + 1))
        effect = float(random.uniform(1.0, 6.0))
        wide = person_share_interval(count, cases, effect, is_exact=is_exact)
        narrow = plain(count, cases)
        assert wide.low <= narrow.low + 1e-9
        assert wide.low <= count / cases <= wide.high + 1e-9
        if count:
            assert wide.high >= narrow.high - 1e-9
        else:
            assert wide.high >= zero_upper_limit(cases) - 1e-9


def test_over_several_programs_the_larger_of_the_two_holds():
    alike, apart = [(100, 1000)] * 4, [(20, 1000), (200, 1000), (90, 1000), (90, 1000)]
    assert effective_cases(alike, least_effect=3.0) == pytest.approx(effective_cases(alike) / 3.0)
    assert effective_cases(apart, least_effect=3.0) == effective_cases(apart)
    assert clustered_share_interval(apart, least_effect=3.0) == clustered_share_interval(apart)
    none = [(0, 1000)] * 4
    assert clustered_share_interval(none, least_effect=2.0).high == pytest.approx(
        2 * clustered_share_interval(none).high, rel=0.01
    )
