"""Interval: two limits, and the checks on the arguments that every interval takes."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """A lower and an upper limit, in the unit of whatever the limits are for."""

    # lower limit, never above the upper one
    low: float
    # upper limit, never below the lower one
    high: float


def checked_count(meaning: str, value: int) -> int:
    """The value as a plain whole number of zero or more, whatever type it came as.

    A whole number held as a float passes, because a database sum often arrives as one. Raises
    ValueError for anything else: a fraction, a negative number, a missing value, a text.
    """
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0 or number != value:
        raise ValueError(
            f"Expected the {meaning} to be a whole number of zero or more, found [{value}]; "
            "pass the count itself, not a rate or a missing value."
        )
    return number


def checked_share(
    numerator: int, denominator: int, which: str = "", none_allowed: bool = False
) -> tuple[int, int]:
    """The numerator and the denominator of a share as plain whole numbers, the second at least one.

    `which` goes before both words in a message, as in "earlier "; with `none_allowed` a denominator
    of zero passes. Raises ValueError where the two cannot be a share: no cases at all, or more
    cases counted than there were.
    """
    whole_numerator = checked_count(f"{which}numerator", numerator)
    whole_denominator = checked_count(f"{which}denominator", denominator)
    if whole_numerator > whole_denominator:
        raise ValueError(
            f"Expected the {which}numerator to be at most the {which}denominator, "
            f"found [{whole_numerator} of {whole_denominator}]; count both over the same cases."
        )
    if whole_denominator == 0 and not none_allowed:
        raise ValueError(
            f"Expected the {which}denominator to be at least 1, found [0]; "
            "say that there are no cases instead of asking for a share of none."
        )
    return whole_numerator, whole_denominator


def checked_exposure(meaning: str, value: float, zero_allowed: bool = False) -> float:
    """The value as a plain finite number above zero (or from zero, where that is allowed).

    Raises ValueError for a negative, missing or infinite value.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or number < 0 or (number == 0 and not zero_allowed):
        wanted = "of zero or more" if zero_allowed else "above zero"
        raise ValueError(
            f"Expected the {meaning} to be a number {wanted}, found [{value}]; "
            "pass what the events were counted over, such as responses or days."
        )
    return number


def checked_probability(meaning: str, value: float, example: str) -> float:
    """The value as a plain number between 0 and 1, neither included.

    Raises ValueError for anything else; `example` is the value that the message suggests.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0.0 < number < 1.0:
        raise ValueError(
            f"Expected the {meaning} to be between 0 and 1, neither included, found [{value}]; "
            f"write for example {example}."
        )
    return number


def checked_confidence(value: float) -> float:
    """The confidence as a plain number between 0 and 1, neither included; else a ValueError."""
    return checked_probability("confidence", value, example="0.95")
