"""Rates of published counts: the three verdicts, bounds, and sums, against rows made by hand and worked out elsewhere."""

import pytest
from scipy.stats import beta

from outcomes.registry.database import live_registry
from outcomes.registry.rates import (
    Verdict,
    has_printed_counts,
    rate_bound,
    rate_of,
    sum_bound,
    verdict_of,
)
from outcomes.vocabulary.registry import Bound

AGREES, DISAGREES, UNCHECKED = Verdict.AGREES, Verdict.DOES_NOT_AGREE, Verdict.CANNOT_BE_CHECKED

# What whoever compiled the figures found by hand, before this code was written: verdict, and per cent.
FOUND_BY_HAND = {
    "cahoots-police-backup-rate-2019": (DISAGREES, 0.6667),
    "albuquerque-diversion-rate-2021-09-to-2022-08": (UNCHECKED, None),
    "nyc-b-heard-share-of-total-responded-2022-07-to-2022-12": (UNCHECKED, None),
    "portland-transports-hospital-rate-2021-02-to-2022-02": (AGREES, 3.2115),
    "albuquerque-diversion-rate-2021-09-to-2025-09": (UNCHECKED, None),
    "portland-transports-hospital-rate-2022-04-to-2023-03": (AGREES, 2.5209),
    "nyc-b-heard-share-of-total-responded-2023-01-to-2023-06": (AGREES, 24.6230),
    "nyc-b-heard-share-of-routed-responded-2021-07-to-2022-06": (UNCHECKED, 70.8333),
}


def row(value: float, numerator: float | None, denominator: float | None, **more: str) -> dict:
    """A published figure, exact in everything unless it says otherwise."""
    made = {
        "value": value,
        "unit": "percent",
        "value_bound": "exact",
        "numerator": numerator,
        "numerator_bound": None if numerator is None else "exact",
        "denominator": denominator,
        "denominator_bound": None if denominator is None else "exact",
        "counts_origin": "published",
    }
    return {**made, **more}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (0.667, AGREES),  # rounded
        (0.666, AGREES),  # cut off
        (0.67, AGREES),
        (0.66, AGREES),
        (1, AGREES),
        (0, AGREES),
        (0.625, DISAGREES),
        (0.668, DISAGREES),
        (0.665, DISAGREES),
        (2, DISAGREES),
    ],
)
def test_an_exact_rate_is_compared_at_its_printed_decimals(printed: float, expected: Verdict):
    assert verdict_of(row(printed, 160, 24000)) is expected


def test_a_half_is_rounded_up_or_cut_off_but_not_more():
    assert verdict_of(row(12.5, 1, 8)) is AGREES
    assert verdict_of(row(13, 1, 8)) is AGREES
    assert verdict_of(row(12, 1, 8)) is AGREES
    assert verdict_of(row(14, 1, 8)) is DISAGREES


def test_a_ratio_is_not_multiplied_by_a_hundred():
    assert verdict_of(row(2.5, 5, 2, unit="ratio")) is AGREES
    assert verdict_of(row(250, 5, 2, unit="ratio")) is DISAGREES


@pytest.mark.parametrize("wording", ["about", "not_recorded"])
def test_a_rough_rate_agrees_nearby_and_is_else_unchecked(wording: str):
    assert verdict_of(row(25, 5095, 20692, value_bound=wording)) is AGREES
    assert verdict_of(row(25, 245, 1000, value_bound=wording)) is AGREES
    assert verdict_of(row(25, 244, 1000, value_bound=wording)) is UNCHECKED
    assert verdict_of(row(40, 5095, 20692, value_bound=wording)) is UNCHECKED


@pytest.mark.parametrize("bound", ["about", "more_than", "at_least", "at_most", "not_recorded"])
@pytest.mark.parametrize("count", ["numerator_bound", "denominator_bound"])
def test_a_count_that_is_no_exact_number_checks_nothing(count: str, bound: str):
    assert verdict_of(row(99, 160, 24000, **{count: bound})) is UNCHECKED


@pytest.mark.parametrize("bound", ["more_than", "at_least", "at_most"])
def test_a_rate_that_is_a_bound_is_not_checked(bound: str):
    assert verdict_of(row(99, 160, 24000, value_bound=bound)) is UNCHECKED


def test_counts_that_were_derived_from_the_rate_do_not_confirm_it():
    derived = row(50, 8000, 16000, counts_origin="derived")
    assert verdict_of(derived) is UNCHECKED
    assert not has_printed_counts(derived)


def test_without_a_rate_or_without_counts_there_is_no_verdict():
    assert verdict_of(row(160, 160, 24000, unit="calls")) is None
    assert verdict_of(row(44, 5700, None)) is None
    assert verdict_of(row(44, None, 5700)) is None
    assert verdict_of(row(44, 0, 0)) is None


def test_every_verdict_of_the_registry_is_the_one_found_by_hand():
    rows = live_registry().rows("published_figures")
    found = {each["figure_id"]: verdict_of(each) for each in rows if verdict_of(each)}
    assert found == {name: verdict for name, (verdict, _) in FOUND_BY_HAND.items()}


@pytest.mark.parametrize("name", FOUND_BY_HAND)
def test_every_recomputed_rate_is_the_one_found_by_hand(name: str):
    (each,) = [one for one in live_registry().rows("published_figures") if one["figure_id"] == name]
    percent = FOUND_BY_HAND[name][1]
    bounds = Bound(each["numerator_bound"]), Bound(each["denominator_bound"])
    share, _, _ = rate_of(each["numerator"], each["denominator"], *bounds)
    if percent is None:
        assert share is None or not has_printed_counts(each)
    else:
        assert share is not None
        assert share * 100 == pytest.approx(percent, abs=0.00005)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("exact", "exact", "exact"),
        ("at_least", "exact", "at_least"),
        ("at_most", "exact", "at_most"),
        ("exact", "at_least", "at_most"),
        ("exact", "more_than", "at_most"),
        ("more_than", "exact", "at_least"),
        ("more_than", "at_least", "not_recorded"),
        ("exact", "at_most", "at_least"),
        ("at_least", "at_most", "at_least"),
        ("at_most", "at_least", "at_most"),
        ("at_least", "at_least", "not_recorded"),
        ("at_most", "at_most", "not_recorded"),
        ("about", "exact", "about"),
        ("exact", "not_recorded", "about"),
        ("about", "at_least", "not_recorded"),
    ],
)
def test_what_a_rate_of_bounds_is(numerator: str, denominator: str, expected: str):
    assert rate_bound(5, Bound(numerator), Bound(denominator)) == expected


def test_bounds_that_point_both_ways_give_no_rate():
    assert rate_of(2000, 13000, Bound.AT_LEAST, Bound.AT_LEAST) == (None, None, None)


def test_more_counted_than_there_were_is_no_rate():
    assert rate_of(5, 2, Bound.EXACT, Bound.EXACT) == (None, None, None)


def test_a_rate_of_a_bound_has_no_interval():
    share, bound, interval = rate_of(436, 19000, Bound.EXACT, Bound.AT_LEAST)
    assert share == pytest.approx(0.022947, abs=1e-6)
    assert (bound, interval) == (Bound.AT_MOST, None)


def test_the_limits_are_the_exact_ones():
    share, bound, interval = rate_of(18, 1651, Bound.EXACT, Bound.EXACT)
    assert bound is Bound.EXACT
    assert interval is not None
    assert share == pytest.approx(18 / 1651)
    low, high = beta.ppf(0.025, 18, 1634), beta.ppf(0.975, 19, 1633)
    assert (interval.low, interval.high) == pytest.approx((low, high))


@pytest.mark.parametrize("bound", [Bound.EXACT, Bound.AT_LEAST, Bound.MORE_THAN])
def test_none_of_n_has_its_upper_limit(bound: Bound):
    share, kind, interval = rate_of(0, 748, Bound.EXACT, bound)
    assert (share, kind) == (0.0, Bound.EXACT)
    assert interval is not None
    assert interval.low == 0.0
    # (1 - limit) to the power of n is 5%.
    assert (1 - interval.high) ** 748 == pytest.approx(0.05)


def test_none_of_about_n_has_no_limit():
    assert rate_of(0, 3000, Bound.EXACT, Bound.NOT_RECORDED) == (0.0, Bound.EXACT, None)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (["exact"], "exact"),
        (["at_least", "exact"], "at_least"),
        (["about", "exact"], "about"),
        (["exact", "more_than"], "more_than"),
        # A number of at least five and one of more than five are more than ten together.
        (["at_least", "more_than"], "more_than"),
        (["at_least", "at_most"], "not_recorded"),
        (["about", "at_least", "exact"], "not_recorded"),
    ],
)
def test_a_sum_with_a_bound_in_it_is_a_bound(bounds: list[str], expected: str):
    assert sum_bound(bounds) == expected
