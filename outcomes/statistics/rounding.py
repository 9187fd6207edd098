"""The one rounding rule: half away from zero, on the decimal text of a number."""

import math
from decimal import ROUND_HALF_UP, Decimal


def decimal_of(number: float) -> Decimal:
    """A number by its fourteen leading digits: what a reader works with, without what is binary about it."""
    return Decimal(f"{number:.14g}")


def rounded(number: float, decimals: int = 0) -> Decimal:
    """A number rounded half away from zero: 0.625 is 0.63, 2.5 is 3, -0.5 is -1; what is left of nothing has no minus.

    The binary number behind 0.575 lies by chance below the half that a reader sees; it is its decimal text that is
    rounded. Fewer decimals than 0 round to tens and hundreds. What is not finite comes back as it is.
    """
    if not math.isfinite(number):
        return Decimal(number)
    found = decimal_of(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return found or abs(found)
