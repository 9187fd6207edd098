"""The one number formatter: counts, shares, minutes, ranges and limits as texts, and the words for no number.

One rule rounds them all: half away from zero, as a reader does who works it out by hand (`outcomes/statistics/rounding.py`).
"""

import math
from collections.abc import Sequence
from decimal import Decimal

from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Figure
from outcomes.statistics.comparison import Difference
from outcomes.statistics.rounding import decimal_of, rounded
from outcomes.vocabulary.log import Status

# A space that a line does not break at, between a number and its unit.
NO_BREAK = "\u00a0"
MINUS = "\u2212"
CONFIDENCE = "95% interval"
# One cell that may not be shown; STATUS_WORDS say why at more length.
HIDDEN = "hidden"
STATUS_WORDS = {
    Status.SUPPRESSED: "Hidden to protect people",
    Status.UNSTABLE: "Few cases",
    Status.NO_CASES: "No cases",
    Status.NOT_RECORDED: "Not recorded",
}
# Decimals of a percentage: as many as a small share needs.
AS_NEEDED = None
# Limits of a ratio that are nearer to each other than this take three decimals.
NARROW = 0.05


def _two_digits(number: float) -> str:
    """A number above 0 with two digits that say something: '0.25', '0.00028', '9.9'."""
    return f"{rounded(number, 1 - decimal_of(number).adjusted()).normalize():f}"


def count_text(number: float | None, missing: str = "") -> str:
    """A count: '1,204'; the words for a missing one where there is none."""
    return missing if number is None else decimal_text(number)


def part_of(part: float, whole: float) -> str:
    """One count of another: '12 of 1,204'."""
    return f"{count_text(part)} of {count_text(whole)}"


def signed_count(number: int) -> str:
    """A change of a count: '+28', a true minus before '7', '±0'."""
    if not number:
        return "±0"
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}"


def signed_text(number: float, decimals: int = 0) -> str:
    """A change with its sign: '+1.2', a true minus before '0.4', '±0' where nothing is left of it."""
    text = decimal_text(abs(number), decimals)
    if not float(text.replace(",", "")):
        return "±0"
    return f"+{text}" if number > 0 else f"{MINUS}{text}"


def change_size(
    metric: Metric,
    difference: Difference,
    volume_unit: str = "",
    unit: bool = True,
    between: tuple[float, float] | None = None,
) -> str:
    """How much a figure changed with its limits: '+1.2 points (+0.4 to +2.0)', '+120 a month (+40 to +200)'.

    The unit of a volume is given; that of any other figure is its own. A limit that leaves out 0 is given as many decimals as show that, up to three more.
    Between which two numbers it changed may be given: then the size is their difference as they are shown, for readers subtract.
    """
    scale = 100.0 if metric.unit == "share" and not volume_unit else 1.0
    numbers = [
        number * scale
        for number in (difference.size, difference.low, difference.high)
        if number is not None
    ]
    decimals = metric.decimals
    if volume_unit:
        decimals = 0 if abs(numbers[0]) >= 10 else 1
    nearest = min(abs(number) for number in numbers)
    if len(numbers) > 1 and numbers[1] * numbers[2] > 0.0:
        decimals = next(
            (more for more in range(decimals, decimals + 4) if nearest >= 0.5 * 10.0**-more),
            decimals + 3,
        )
    if between and decimals == metric.decimals:
        numbers[0] = shown_difference(metric, *between)
    size, *limits = [signed_text(number, decimals) for number in numbers]
    words = volume_unit or {"share": "points"}.get(metric.unit, metric.unit)
    told = f"{size} {words}" if unit else size
    return f"{told} ({' to '.join(limits)})" if limits else told


def shown_difference(metric: Metric, now: float, earlier: float) -> float:
    """How far apart two values of a metric are as they are shown, in points where they are shares: 55.7% less 55.9% is -0.2."""
    scale = 100.0 if metric.unit == "share" else 1.0
    shown = [rounded(value * scale, metric.decimals) for value in (now, earlier)]
    return float(shown[0] - shown[1])


def decimal_text(number: float, decimals: int = 0, *, grouped: bool = True) -> str:
    """A number with so many decimals: '1,204.5'."""
    return f"{rounded(number, decimals):{',' if grouped else ''}.{decimals}f}"


def rough_text(number: float) -> str:
    """An estimate with two digits that say something: '31,000', '520', '-1,200'; under a hundred a whole number."""
    if abs(number) < 100:
        return decimal_text(number)
    return f"{rounded(number, 1 - decimal_of(number).adjusted()):,f}"


def as_printed(number: float) -> str:
    """A number as its source prints it: '7,600', '0.625'; a minus is a true one."""
    return f"{number:,.10g}".replace("-", MINUS)


def as_given(number: float) -> str:
    """A number as somebody set it, without needless digits: '20', '7.5', '1440'."""
    return f"{number:g}"


def per_day(count: int, days: int) -> str:
    """So many a day, with two digits under ten: '0.25', '1,204'."""
    if not count:
        return "0"
    return _two_digits(count / days) if count < 10 * days else decimal_text(count / days)


def number_range(low: float, high: float, decimals: int = 0) -> str:
    """Both ends of a range: '2.0 to 6.1'."""
    return f"{decimal_text(low, decimals)} to {decimal_text(high, decimals)}"


def around(base: float, low: float, high: float, decimals: int = 0) -> str:
    """A number with the ends of its range: '2,300 (1,200 to 4,100)'."""
    base_text, low_text, high_text = (
        decimal_text(number, decimals) for number in (base, low, high)
    )
    return f"{base_text} ({low_text} to {high_text})"


def ratio_text(ratio: float, low: float, high: float) -> str:
    """A ratio with its limits, and as many decimals as tell narrow limits apart: '1.23 times (1.02 to 1.48)'."""
    decimals = 2 if high - low >= NARROW else 3
    ratio_said, low_said, high_said = (
        decimal_text(number, decimals, grouped=False) for number in (ratio, low, high)
    )
    return f"{ratio_said} times ({low_said} to {high_said})"


def one_in(share: float, space: str = " ") -> str:
    """A small share as its inverse: '1 in 340'; '0' for none."""
    return f"1{space}in{space}{decimal_text(1 / share)}" if share > 0 else "0"


def percent(share: float, decimals: int | None = 1, *, not_quite_all: bool = False) -> str:
    """A share of 0 to 1 as a percentage: 0.0102 is '1.0%'; as needed, '24.6%', '0.667%' and '0.00028%'.

    With not_quite_all it is never rounded up, so that 0.9999 is '99.9%', and as short as a cell wants it.
    """
    if not_quite_all:
        return f"{math.floor(share * 1000 + 1e-9) / 10:g}%"
    return f"{_percentage(share, decimals)}%"


def percent_range(
    low: float,
    high: float,
    decimals: int | None = 1,
    word: str = "to",
    *,
    sign_at_both: bool = False,
) -> str:
    """Both ends of a range of shares with as many decimals: '0.6 to 1.7%', not '0.647 to 1.7%'.

    As needed means as many as the upper end needs, or the lower one where it would else be rounded to nothing.
    """
    if decimals is AS_NEEDED:
        decimals = _decimals_of(_percentage(high, AS_NEEDED))
        if low and float(_percentage(low, decimals)) == 0:
            decimals = _decimals_of(_percentage(low, AS_NEEDED))
        low_text, high_text = (_percentage(e, decimals if e else AS_NEEDED) for e in (low, high))
    else:
        low_text, high_text = (_percentage(end, decimals) for end in (low, high))
    sign = "%"
    return f"{low_text}{sign if sign_at_both else ''} {word} {high_text}{sign}"


def _percentage(share: float, decimals: int | None) -> str:
    number = share * 100
    if decimals is not AS_NEEDED:
        return decimal_text(number, decimals, grouped=False)
    if number == 0:
        return "0"
    if number < 0.01:
        return _two_digits(number)
    return decimal_text(number, 1 if number >= 1 else 3, grouped=False)


def _decimals_of(text: str) -> int:
    return max(0, -int(Decimal(text).as_tuple().exponent))


def tick_texts(places: Sequence[float], *, is_share: bool = False, unit: str = "") -> list[str]:
    """The numbers at an axis, all with as many decimals as tell them apart, the unit on the last: '0', '10', '20 min'.

    Shares have their sign at each: '0%', '0.5%', '1.0%'.
    """
    scale = 100 if is_share else 1
    steps = [Decimal(repr(round(place * scale, 9))).normalize() for place in places]
    decimals = max([0, *(-int(step.as_tuple().exponent) for step in steps)])
    texts = [decimal_text(float(step), decimals) for step in steps]
    texts = [
        f"0{'%' if is_share else ''}" if not step else f"{text}{'%' if is_share else ''}"
        for step, text in zip(steps, texts, strict=True)
    ]
    return [*texts[:-1], f"{texts[-1]} {unit}"] if unit and texts else texts


def value_text(metric: Metric, value: float) -> str:
    """A value with its unit: '1.0%', '12 minutes', '5.3 per 10,000', '1,204'."""
    if metric.unit == "share":
        return percent(value, metric.decimals)
    if metric.unit in ("minutes", "per 10,000"):
        return f"{decimal_text(value, metric.decimals)} {metric.unit}"
    return decimal_text(value)


def bounds_text(metric: Metric, figure: Figure) -> str:
    """What the missing could make of a figure: 'between 1.7% and 4.3% if the missing are counted either way'.

    Of a rate the highest is one for each that is missing: said as the outer limit that it is. Empty where at most 0.5%
    is missing, or where it may not be told.
    """
    if figure.lowest is None or figure.highest is None:
        return ""
    told = f"between {bounds_range(metric, figure.lowest, figure.highest, 'and')}"
    if metric.unit == "per 10,000":
        if not figure.lowest and figure.highest:
            told = f"between none and {one_in(figure.highest / 10_000)}"
        return f"{told} if none, or every one, of the missing had one: limits, not an estimate"
    return f"{told} if the missing are counted either way"


def bounds_range(metric: Metric, lowest: float, highest: float, word: str = "to") -> str:
    """Both ends of what the missing could make of a figure: '1.7% to 4.3%', '2.0 to 120.5 per 10,000'."""
    if metric.unit == "share":
        return percent_range(lowest, highest, metric.decimals, word, sign_at_both=True)
    low, high = (decimal_text(end, metric.decimals) for end in (lowest, highest))
    return f"{low} {word} {high} {metric.unit}"


def interval_text(metric: Metric, figure: Figure) -> str:
    """The interval in words, such as '95% interval 0.6 to 1.7%'; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    if metric.statistic is Statistic.ASSUMPTION_RANGE:
        return f"80% range {number_range(figure.low, figure.high)} by assumption"
    if figure.numerator == 0 and metric.unit in ("share", "per 10,000"):
        per = 10_000 if metric.unit == "per 10,000" else 1
        return f"could still be up to {one_in(figure.high / per)}"
    if metric.unit == "share":
        return f"{CONFIDENCE} {percent_range(figure.low, figure.high, metric.decimals)}"
    return f"{CONFIDENCE} {number_range(figure.low, figure.high, metric.decimals)}"
