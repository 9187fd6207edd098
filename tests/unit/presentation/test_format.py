"""The number formatter: every rounding that the texts know, and what each of its switches changes."""

import math
from fractions import Fraction

import pytest

from outcomes.presentation.format import (
    AS_NEEDED,
    HIDDEN,
    NO_BREAK,
    around,
    as_given,
    as_printed,
    count_text,
    decimal_text,
    number_range,
    one_in,
    part_of,
    per_day,
    percent,
    percent_range,
    ratio_text,
    rough_text,
    signed_count,
    signed_text,
)


def test_a_count_has_commas_and_a_missing_one_has_words():
    assert count_text(1204) == count_text(1204.0) == "1,204"
    assert count_text(0) == "0"
    assert count_text(None) == ""
    assert count_text(None, HIDDEN) == "hidden"
    assert part_of(12, 1204.0) == "12 of 1,204"


def test_a_change_of_a_count_has_its_sign():
    assert [signed_count(number) for number in (1028, -7, 0)] == ["+1,028", "\u22127", "\u00b10"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        *((0.575, 2, "0.58"), (-0.04, 1, "0.0"), (-0.4, 0, "0"), (2.5, 0, "3"), (1.5, 0, "2")),
        # 0.285 x 100 is 28.499999999999996 in binary
        *((-1234.5, 0, "-1,235"), (0.285 * 100, 0, "29"), (6.25, 1, "6.3"), (1e9 + 0.5, 0, "1,000,000,001")),
    ],
)  # fmt: skip
def test_a_half_goes_away_from_zero_as_a_reader_rounds(value: float, decimals: int, text: str):
    assert decimal_text(value, decimals) == text


def test_every_half_of_a_share_of_counts_goes_up():
    """Over all counts of 800 cases, held against fractions: no share is rounded by what is binary about it."""
    for count in range(801):
        for decimals in (0, 1, 2):
            step = 100 * 10**decimals
            exact = Fraction(count * step, 800)
            up = math.floor(exact + Fraction(1, 2))
            said = percent(count / 800, decimals).rstrip("%")
            assert Fraction(said) * 10**decimals == up
    assert percent(150 / 24000, 2) == "0.63%"
    assert percent(1 / 80, 1) == "1.3%"
    assert percent(7 / 8, 0) == "88%"


def test_every_number_is_rounded_by_one_rule():
    assert count_text(2.5) == "3"
    assert signed_text(-2.5) == "\u22123"
    assert rough_text(125_000) == "130,000"
    assert number_range(0.25, 0.35, 1) == "0.3 to 0.4"
    assert ratio_text(1.005, 0.985, 1.055) == "1.01 times (0.99 to 1.06)"
    assert one_in(0.4) == "1 in 3"
    assert per_day(25, 200) == "0.13"


def test_a_number_has_as_many_decimals_as_asked():
    assert decimal_text(1234.56, 1) == "1,234.6"
    assert decimal_text(1234.56, 1, grouped=False) == "1234.6"


def test_numbers_of_others_stay_as_they_are():
    assert [as_printed(number) for number in (7600, 0.625, -12.5)] == [
        "7,600",
        "0.625",
        "\u221212.5",
    ]
    assert [as_given(number) for number in (20.0, 7.5, 1440.0)] == ["20", "7.5", "1440"]


def test_a_rate_a_day_has_two_digits_under_ten():
    assert [per_day(1, 4), per_day(99, 10), per_day(100, 10), per_day(12040, 10)] == [
        *("0.25", "9.9", "10", "1,204")
    ]


def test_ranges_say_both_ends():
    assert number_range(1.96, 1234.5, 1) == "2.0 to 1,234.5"
    assert around(2300, 1200, 4100.5) == "2,300 (1,200 to 4,101)"


def test_narrow_limits_of_a_ratio_take_three_decimals():
    assert ratio_text(1.234, 1.02, 1.48) == "1.23 times (1.02 to 1.48)"
    assert ratio_text(1.0012, 0.9989, 1.0211) == "1.001 times (0.999 to 1.021)"


def test_a_small_share_as_its_inverse():
    assert one_in(1 / 1340) == "1 in 1,340"
    assert one_in(1 / 340, NO_BREAK) == "1\u00a0in\u00a0340"
    assert one_in(0.0) == "0"


def test_a_percent_sign_stays_on_the_line_of_its_number():
    assert percent(0.0102) == "1.0%"
    assert percent(0.01021, 2) == "1.02%"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.2462304, "24.6%"),
        (160 / 24000, "0.667%"),
        (0.0, "0%"),
        (2.79e-6, "0.00028%"),
        (1.0, "100.0%"),
    ],
)
def test_a_small_rate_keeps_the_places_that_it_needs(share: float, expected: str):
    assert percent(share, AS_NEEDED) == expected


def test_not_quite_all_is_not_all():
    shares = (0.99996, 1.0, 0.29)
    assert [percent(share, not_quite_all=True) for share in shares] == ["99.9%", "100%", "29%"]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.00647, 0.0172, "0.6% to 1.7%"),
        (0.00568, 0.00778, "0.568% to 0.778%"),
        (0.0002, 0.0131, "0.020% to 1.310%"),
        (0.0, 0.0131, "0% to 1.3%"),
        (0.23, 0.3, "23.0% to 30.0%"),
        (2.7e-6, 0.0001, "0.00027% to 0.01000%"),
    ],
)
def test_both_ends_of_a_range_have_as_many_places(low: float, high: float, expected: str):
    assert percent_range(low, high, AS_NEEDED, sign_at_both=True) == expected


def test_a_range_of_shares_has_one_sign_unless_asked():
    assert percent_range(0.02, 0.061) == "2.0 to 6.1%"
    assert percent_range(0.02, 0.061, 0, "and") == "2 and 6%"
    assert percent_range(0.02, 0.061, sign_at_both=True) == "2.0% to 6.1%"
