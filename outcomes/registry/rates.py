"""Rates of published counts: what they are where a count is a bound, and whether a printed rate agrees with them."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import clopper_pearson_interval, zero_upper_limit
from outcomes.vocabulary.registry import Bound, CountsOrigin

# How much of a unit is a share of one, for the units in which rates are printed.
RATE_UNITS = {"percent": 100, "ratio": 1}
HALF = Decimal("0.5")
# Bounds by the way in which the true number lies from them.
LOWER_BOUNDS = (Bound.AT_LEAST, Bound.MORE_THAN)
UPPER_BOUNDS = (Bound.AT_MOST,)


class Verdict(StrEnum):
    """Whether the counts that stand beside a printed rate give that rate."""

    AGREES = "agrees"
    DOES_NOT_AGREE = "does_not_agree"
    CANNOT_BE_CHECKED = "cannot_be_checked"


def has_printed_counts(row: dict[str, Any]) -> bool:
    """Whether a numerator and a denominator stand in the row, and neither was worked out by its writer."""
    return _has_counts(row) and row["counts_origin"] == CountsOrigin.PUBLISHED


def _has_counts(row: dict[str, Any]) -> bool:
    return row["numerator"] is not None and bool(row["denominator"])


def verdict_of(row: dict[str, Any]) -> Verdict | None:
    """Whether a printed rate agrees with its own counts; None where there is no rate or not both counts.

    It cannot be checked where the counts were derived from it, or where the value or a count is a bound.
    A rate agrees that is the counts' own, rounded or cut off at its printed decimals; zeros at its end
    are not kept by the registry. One that is printed as "about", or of whose wording nothing is recorded,
    agrees within half of its last place; beyond that it cannot be checked, for how rough it is nobody knows.
    """
    if row["unit"] not in RATE_UNITS or not _has_counts(row):
        return None
    printed_bound = Bound(row["value_bound"])
    bounds = {Bound(row["numerator_bound"]), Bound(row["denominator_bound"])}
    if (
        row["counts_origin"] != CountsOrigin.PUBLISHED
        or bounds != {Bound.EXACT}
        or printed_bound in (*LOWER_BOUNDS, *UPPER_BOUNDS)
    ):
        return Verdict.CANNOT_BE_CHECKED
    printed = Decimal(str(row["value"])).normalize()
    last_place = Decimal(1).scaleb(min(0, int(printed.as_tuple().exponent)))
    given = (
        Decimal(str(row["numerator"])) * RATE_UNITS[row["unit"]] / Decimal(str(row["denominator"]))
    )
    if printed_bound is Bound.EXACT:
        ways = {given.quantize(last_place, way) for way in (ROUND_HALF_UP, ROUND_DOWN)}
        return Verdict.AGREES if printed in ways else Verdict.DOES_NOT_AGREE
    is_near = abs(given - printed) <= last_place * HALF
    return Verdict.AGREES if is_near else Verdict.CANNOT_BE_CHECKED


def rate_of(
    numerator: float, denominator: float, numerator_bound: Bound, denominator_bound: Bound
) -> tuple[float | None, Bound | None, Interval | None]:
    """Rate of two counts, what it is where a count is a bound, and its exact 95% limits.

    There is no rate where bounds point both ways, or where more are counted than there were. Limits stand
    where both counts are exact, and for none of at least n, whose upper limit holds all the more.
    """
    bound = rate_bound(numerator, numerator_bound, denominator_bound)
    if bound is Bound.NOT_RECORDED or numerator > denominator:
        return None, None, None
    limits = _interval(int(numerator), int(denominator), numerator_bound, denominator_bound)
    return numerator / denominator, bound, limits


def rate_bound(numerator: float, numerator_bound: Bound, denominator_bound: Bound) -> Bound:
    """What the rate of two counts is: exact, about, at least, at most; not recorded where bounds point both ways."""
    ways = {_way(numerator_bound), -_way(denominator_bound)} - {0}
    if numerator == 0 and numerator_bound is Bound.EXACT:
        return Bound.EXACT
    if len(ways) > 1:
        return Bound.NOT_RECORDED
    if {numerator_bound, denominator_bound} & {Bound.ABOUT, Bound.NOT_RECORDED}:
        return Bound.NOT_RECORDED if ways else Bound.ABOUT
    return {1: Bound.AT_LEAST, -1: Bound.AT_MOST}[ways.pop()] if ways else Bound.EXACT


def _way(bound: Bound) -> int:
    """Which way the true number lies from a bound: above 1, below -1, neither 0."""
    return (bound in LOWER_BOUNDS) - (bound in UPPER_BOUNDS)


def _interval(
    numerator: int, denominator: int, numerator_bound: Bound, denominator_bound: Bound
) -> Interval | None:
    if numerator_bound is not Bound.EXACT:
        return None
    if numerator == 0 and denominator_bound in (Bound.EXACT, *LOWER_BOUNDS):
        return Interval(0.0, zero_upper_limit(denominator))
    if denominator_bound is not Bound.EXACT:
        return None
    return clopper_pearson_interval(numerator, denominator)


def sum_bound(bounds: list[str]) -> Bound:
    """What a sum of counts is: a bound where one of them is; not recorded where they point both ways."""
    kinds = {Bound(bound) for bound in bounds} - {Bound.EXACT}
    if not kinds:
        return Bound.EXACT
    if kinds == set(LOWER_BOUNDS):
        return Bound.MORE_THAN
    return kinds.pop() if len(kinds) == 1 else Bound.NOT_RECORDED
