"""The texts of a tile: value, counts, change as a number with its word; and the page's answer in a few sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from outcomes.answers.answer import Answer
from outcomes.answers.period_change import Comparison, Tone
from outcomes.answers.recent_months import RecentMonth
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Figure
from outcomes.presentation.format import (
    count_text,
    decimal_text,
    part_of,
    percent,
    shown_difference,
    value_text,
)
from outcomes.presentation.sentences import headline, short_figure
from outcomes.statistics.comparison import Change
from outcomes.vocabulary.log import Status

# Figures that are the same as another where what they are limited to is everything.
PART_OF = {"eligible_reached_in_hours_share": "eligible_reached_share"}
# Words of a sentence that a page says.
MOST_READ_ALOUD = 30


@dataclass(frozen=True)
class Tile:
    """One headline figure in a few lines."""

    # key of its metric, for the link to its whole definition
    key: str
    label: str
    # the number in large type, or why there is none
    value: str
    # numerator of denominator; the words for what is missing where there is none
    counts: str
    # "Up 0.4 points from 0.7%: too few to tell"; empty where not compared
    change: str
    # whether that is good news, bad news or neither
    tone: Tone
    # what a zero does not rule out and the range of an estimate, in sight; empty for any other number
    limit: str
    # interval, bounds, the change with its limits, the definition: a tap away
    more: tuple[str, ...]
    # the line of months
    months: tuple[RecentMonth, ...]
    # what that line shows, for those who do not see it; empty where there is none
    line_words: str


def tile(answer: Answer, months: tuple[RecentMonth, ...], is_count: bool = False) -> Tile:
    """The tile of an answer beside an earlier period; the count stands large where asked, else the value."""
    texts, metric, total = headline(answer, is_count), answer.metric, answer.total
    # A range by assumption never stands apart from its number.
    is_estimate = metric.statistic is Statistic.ASSUMPTION_RANGE and texts.has_value
    is_zero = texts.has_value and total.numerator == 0
    change = short_change(metric, answer.comparison, is_count) if texts.has_value else ""
    counts = texts.counts
    if total.numerator is not None and total.denominator is not None:
        counts = part_of(total.numerator, total.denominator)
    elif metric.unit == "count":
        counts = ""
    more = (
        # What would have to be recorded.
        answer.notes[-1] if total.status is Status.NOT_RECORDED and answer.notes else "",
        texts.counts,
        "" if is_zero or is_estimate else texts.interval,
        texts.bounds,
        texts.change,
        metric.definition,
        f"Source: {metric.source}.",
    )
    return Tile(
        key=metric.key,
        label=texts.label,
        value=texts.value,
        counts=counts if texts.has_value else "",
        change=change,
        tone=texts.tone,
        limit=texts.interval if is_zero or is_estimate else "",
        more=tuple(text for text in more if text),
        months=months,
        line_words=_line_words(metric, months, is_count),
    )


def without_repeats(answers: list[Answer]) -> list[Answer]:
    """The answers without one within a limit that leaves nothing out: of a program staffed round the clock, hours of service."""
    counts = {
        answer.metric.key: (answer.total.numerator, answer.total.denominator) for answer in answers
    }
    return [
        answer
        for answer in answers
        if counts.get(PART_OF.get(answer.metric.key, "")) != counts[answer.metric.key]
        or answer.total.numerator is None
    ]


def short_change(metric: Metric, comparison: Comparison | None, is_count: bool = False) -> str:
    """The change as a number with its word: 'Up 0.4 points from 0.7%: too few to tell'.

    Of a count in percent. The reason where nothing is compared; empty where nothing was to be.
    """
    if comparison is None:
        return ""
    now, earlier = comparison.now, comparison.earlier
    if comparison.change is Change.NOT_COMPARABLE or now is None or earlier is None:
        return comparison.why_not
    is_volume = is_count or comparison.is_volume
    before = count_text(earlier.numerator) if is_volume else _value(metric, earlier)
    begin = f"{_capital(comparison.begin.strip())}: " if comparison.begin else ""
    word = comparison.change.value
    difference = _difference(metric, now, earlier, is_volume)
    size = _size(metric, difference, earlier, is_volume)
    if not size:
        return f"{begin}{'no change' if begin else 'No change'} from {before}: {word}"
    way = "up" if difference > 0 else "down"
    return f"{begin}{way if begin else _capital(way)} {size} from {before}: {word}"


def page_answer(answers: Sequence[Answer]) -> list[str]:
    """The answers that a log gives, each as one short sentence with its change in a word; last what it does not record."""
    said, missing = [], []
    for found in answers:
        if found.total.status is Status.NOT_RECORDED:
            missing.append(f"{found.metric.label[:1].lower()}{found.metric.label[1:]}")
            continue
        sentence = short_figure(found).rstrip(".")
        comparison = found.comparison
        # A zero has what it does not rule out; its change says nothing more.
        is_told = comparison and comparison.change is not Change.NOT_COMPARABLE
        if comparison and is_told and found.total.numerator:
            told = f"{sentence}, {comparison.words}"
            is_short = len(told.split()) <= MOST_READ_ALOUD
            sentence = told if is_short else f"{sentence}. {_capital(comparison.words)}"
        said.append(f"{sentence}.")
    if missing:
        said.append(f"Not recorded in this log: {'; '.join(missing)}.")
    return said


def _difference(metric: Metric, now: Figure, earlier: Figure, is_volume: bool) -> float:
    """The change of a count; of a value that of the numbers as they are shown, for readers subtract."""
    if is_volume:
        return (now.numerator or 0.0) - (earlier.numerator or 0.0)
    return shown_difference(metric, now.value or 0.0, earlier.value or 0.0)


def _value(metric: Metric, figure: Figure) -> str:
    return value_text(metric, figure.value or 0.0)


def _size(metric: Metric, difference: float, earlier: Figure, is_volume: bool) -> str:
    """How much it changed, without a sign; empty where nothing is left of it."""
    if is_volume:
        if not earlier.numerator:
            return count_text(abs(difference)) if difference else ""
        size = percent(abs(difference) / earlier.numerator)
    elif metric.unit == "share":
        size = f"{decimal_text(abs(difference), metric.decimals)} points"
    else:
        size = f"{decimal_text(abs(difference), metric.decimals)} {metric.unit}".strip()
    # The number alone: a rate per 10,000 has other digits.
    return size if any(digit in size.split()[0] for digit in "123456789") else ""


def _line_words(metric: Metric, months: tuple[RecentMonth, ...], is_count: bool) -> str:
    told = [month for month in months if month.value is not None]
    if len(told) < 2:
        return ""
    low = min(told, key=lambda month: month.value or 0.0)
    high = max(told, key=lambda month: month.value or 0.0)

    def words(value: float | None) -> str:
        is_volume = is_count or metric.unit == "count"
        return count_text(value) if is_volume else value_text(metric, value or 0.0)

    return (
        f"{len(months)} months to {months[-1].month:%b %Y}: lowest {words(low.value)} in {low.month:%b %Y}, "
        f"highest {words(high.value)} in {high.month:%b %Y}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
