"""Plain-language sentences made from an Answer: the answer, a card's texts, a chart's finding, a row's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import pandas

from outcomes.answers.answer import Answer
from outcomes.answers.counts import PARTS_OF_A_WHOLE
from outcomes.answers.coverage import period_start
from outcomes.answers.period_change import MONTHS_IN_YEAR, Comparison, Doubt, Tone
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import Figure
from outcomes.presentation.format import (
    STATUS_WORDS,
    bounds_text,
    change_size,
    count_text,
    interval_text,
    part_of,
    percent,
    value_text,
)
from outcomes.selection import add_months, parse_month
from outcomes.statistics.comparison import Change
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import TIME_LABELS, US_STATES, label, label_of
from outcomes.vocabulary.log import (
    GROUPS,
    Breakdown,
    CallType,
    Coverage,
    DataKind,
    Disposition,
    InjuredRole,
    InjurySeverity,
    NotReachedReason,
    PoliceRequestReason,
    RecordGrain,
    Status,
    TransportPlace,
)
from outcomes.vocabulary.registry import Bound

# How an answer is said of a log of people served, where the words for calls would be wrong.
_PERSON_SENTENCES = {
    "Teams reached the scene {count} times.": "The team served {count} people.",
    "The team did not reach any scene.": "The team served nobody.",
    "The team met someone {count} times.": "The team met {count} people.",
}

# So long is a sentence that is read aloud at most.
MOST_WORDS = 25


@dataclass(frozen=True)
class Headline:
    """The texts of one card."""

    # name of the metric
    label: str
    # the number in large type, or why there is none
    value: str
    # numerator of denominator, or what the number counts
    counts: str
    # the interval in words; empty where there is none
    interval: str
    # what the missing could make of it; empty where little is missing
    bounds: str
    # against the earlier period; empty where not compared
    change: str
    # whether that is good news, bad news or neither
    tone: Tone
    # whether the number is one that may be shown
    has_value: bool


def kinds_are(count: int) -> str:
    """'1 kind of call is' or '7 kinds of call are': what is hidden or left out."""
    return "1 kind of call is" if count == 1 else f"{count:,} kinds of call are"


def worded(text: str, grain: RecordGrain) -> str:
    """The text in the words of the log's rows: people served are not called responses or calls."""
    if grain is not RecordGrain.PERSON:
        return text
    text = _PERSON_SENTENCES.get(text, text)
    for word, instead in (("Responses", "People served"), ("responses", "people served")):
        text = text.replace(word, instead)
    return text


def counts_text(answer: Answer, figure: Figure) -> str:
    """Numerator and denominator in words: '12 of 1,204 responses'."""
    metric, grain = answer.metric, answer.source.record_grain
    if figure.denominator is not None and figure.numerator is None and metric.denominator:
        return worded(f"{count_text(figure.denominator)} {metric.denominator.words}", grain)
    if figure.numerator is None:
        return ""
    if figure.denominator is not None and metric.denominator:
        of = part_of(figure.numerator, figure.denominator)
        if metric.unit == "per 10,000":
            of = of.replace(" of ", " in ")
        return worded(f"{of} {metric.denominator.words}", grain)
    return worded(metric.numerator.words, grain)


def headline(answer: Answer, is_count: bool = False) -> Headline:
    """The texts of the answer's card; the count stands large where asked, else the value."""
    metric, total = answer.metric, answer.total
    shown = total.status in (Status.SHOWN, Status.UNSTABLE)
    if not shown:
        value = STATUS_WORDS[total.status]
    elif (is_count or total.value is None) and total.numerator is not None:
        value = count_text(total.numerator)
    elif total.numerator == 0:
        value = "0"
    elif total.value is not None:
        value = value_text(metric, total.value)
    else:
        value = STATUS_WORDS[Status.NOT_RECORDED]
    comparison = answer.comparison
    few = "Few cases" if total.status is Status.UNSTABLE else ""
    interval = few, interval_text(metric, total)
    return Headline(
        label=worded(metric.label, answer.source.record_grain),
        value=value,
        counts=_card_counts(answer, is_count) if shown else "",
        interval="; ".join(part for part in interval if part) if shown else "",
        bounds=_capital(bounds_text(metric, total)) if shown else "",
        change=_capital(change_text(metric, comparison)) if comparison and shown else "",
        tone=comparison.tone if comparison else Tone.NEUTRAL,
        has_value=shown,
    )


def _card_counts(answer: Answer, is_count: bool) -> str:
    metric, total = answer.metric, answer.total
    if is_count and total.value is not None and metric.denominator and metric.unit == "share":
        share = percent(total.value, metric.decimals)
        return f"{share} of {count_text(total.denominator)} {metric.denominator.words}"
    if is_count and metric.denominator and total.denominator is None:
        return f"share of {metric.denominator.words}: not recorded"
    return counts_text(answer, total)


def answer_sentence(answer: Answer) -> str:
    """The answer in a plain sentence with counts and interval, then what the missing could make of it, then its change.

    In Markdown with the counts bold; each sentence is short enough to be read aloud.

    Says what would have to be recorded where the log is silent, and that a figure is hidden where it is.
    """
    metric, total = answer.metric, answer.total
    if total.status is Status.NOT_RECORDED:
        return answer.notes[-1] if answer.notes else "Not recorded."
    if total.status is Status.SUPPRESSED:
        return "The figure is hidden: it is so small that it could point to a person."
    if total.status is Status.NO_CASES:
        return "There are no cases in this selection."
    if metric.statistic in (Statistic.MEDIAN, Statistic.PERCENTILE_90):
        return _finished(answer, _counted(answer))
    if total.numerator == 0:
        said = _counted(answer)
        limit = interval_text(metric, total)
        if limit.startswith("could"):
            said = f"{said.rstrip('.')}; the true rate {limit}."
        return said + _bounds_sentence(answer)
    return _finished(answer, _counted(answer))


def short_sentence(answer: Answer) -> str:
    """Whose figure it is, of when, and that it is made up, then the figure in at most 25 words: it can stand alone.

    It has numerator and denominator in it, and of a zero says what the true rate could still be.
    """
    source = answer.source
    first = answer.selection.first_month or source.first_day
    last = answer.selection.last_month or source.last_day
    period = f", {first:%b %Y} to {last:%b %Y}" if first and last else ""
    whose = (
        source.programs[0]
        if len(source.programs) == 1
        else counted(len(source.programs), "program")
    )
    mark = " (made-up data)" if source.data_kind is DataKind.MADE_UP else ""
    return f"{whose}{period}{mark}: {short_figure(answer)}"


def short_figure(answer: Answer) -> str:
    """The answer with its counts and no more, without program, period, interval and change."""
    metric, total = answer.metric, answer.total
    name = worded(metric.label, answer.source.record_grain)
    if total.status is Status.NOT_RECORDED:
        return f"{name}: not recorded in this log."
    if total.status in (Status.SUPPRESSED, Status.NO_CASES):
        return f"{name}: {STATUS_WORDS[total.status].lower()}."
    if total.numerator == 0:
        said = _counted(answer).rstrip(".")
        limit = interval_text(metric, total)
        if not limit.startswith("could"):
            return f"{said}."
        told = f"{said}; the true rate {limit}."
        return told if len(told.split()) <= MOST_WORDS else f"{said} ({limit})."
    said = without_bold(_counted(answer)).rstrip(".")
    is_rate = metric.unit in ("share", "per 10,000") and total.value is not None
    if is_rate and metric.breakdowns[0] not in PARTS_OF_A_WHOLE:
        said += f" ({_value(answer)})"
    return f"{said}."


def _counted(answer: Answer) -> str:
    """The metric's own sentence with its counts, the counts bold; nothing of intervals or change."""
    metric, total = answer.metric, answer.total
    cases, grain = _cases(answer), answer.source.record_grain
    if metric.statistic in (Statistic.MEDIAN, Statistic.PERCENTILE_90):
        return metric.sentence.format(value=f"{BOLD}{_value(answer)}{BOLD}", cases=cases)
    if total.numerator == 0:
        return worded(metric.zero_sentence, grain).format(cases=cases, count=0)
    count = of = f"{BOLD}{count_text(total.numerator)}{BOLD}"
    if total.numerator is not None and total.denominator is not None:
        of = f"{BOLD}{part_of(total.numerator, total.denominator)}{BOLD} {_denominator_words(answer)}"
    return worded(metric.sentence, grain).format(of=of, count=count, cases=cases)


def _value(answer: Answer) -> str:
    return value_text(answer.metric, answer.total.value or 0.0)


def _denominator_words(answer: Answer) -> str:
    words = answer.metric.denominator.words if answer.metric.denominator else ""
    return worded(words, answer.source.record_grain)


def _cases(answer: Answer) -> str:
    if answer.total.denominator is None:
        return ""
    number = count_text(answer.total.denominator)
    if answer.metric.statistic is Statistic.ASSUMPTION_RANGE:
        return number
    return f"{number} {_denominator_words(answer)}"


def _finished(answer: Answer, said: str) -> str:
    """The sentence with value and interval in brackets and the change after a comma."""
    metric, total = answer.metric, answer.total
    if metric.breakdowns[0] in PARTS_OF_A_WHOLE:
        return said.rstrip(".") + "."
    brackets = []
    if metric.unit in ("share", "per 10,000") and total.value is not None:
        of_all = (
            f" of {_denominator_words(answer)}"
            if "{of}" not in metric.sentence and metric.unit == "share"
            else ""
        )
        of_all = of_all or _of_those_recorded(answer)
        brackets.append(f"{BOLD}{_value(answer)}{BOLD}{of_all}")
    interval = interval_text(metric, total)
    if interval:
        brackets.append(interval)
    said = said.rstrip(".")
    if brackets:
        said += f" ({'; '.join(brackets)})"
    said += f".{_bounds_sentence(answer)}"
    comparison = answer.comparison
    if comparison and comparison.change is not Change.NOT_COMPARABLE:
        said += f" {_capital(change_text(metric, comparison))}."
    return said


def _bounds_sentence(answer: Answer) -> str:
    """What the missing could make of it, as a sentence after another one; empty where little is missing."""
    bounds = bounds_text(answer.metric, answer.total)
    return f" It is {bounds}." if bounds else ""


def _of_those_recorded(answer: Answer) -> str:
    """Says so where the missing are left out of what the value is of."""
    has_left_out = answer.metric.recorded_of is not None and answer.total.lowest is not None
    return " of those recorded" if has_left_out else ""


def change_text(metric: Metric, comparison: Comparison) -> str:
    """Which way a figure went, how much and how surely: 'higher than the year before: +1.2 points (+0.4 to +2.0)'.

    Of several programs also the change at their earlier mix, which comes first where it says something else. The
    reason where nothing is compared.
    """
    judged, seen = comparison.judged, comparison.difference
    if comparison.change is Change.NOT_COMPARABLE or judged is None or seen is None:
        return comparison.words
    said = comparison.words
    now, earlier = comparison.now, comparison.earlier
    between = None
    if now and earlier and now.value is not None and earlier.value is not None:
        # Readers subtract what is shown; a volume is a rate that is not.
        between = None if comparison.volume_unit else (now.value, earlier.value)
    size = change_size(metric, seen, comparison.volume_unit, between=between)
    told = f"{said}{_DOUBTS.get(comparison.doubt, '')}: {size}"
    if comparison.at_earlier_mix is not None:
        at_mix = change_size(metric, comparison.at_earlier_mix, comparison.volume_unit)
        if comparison.doubt is Doubt.MIX_CHANGED:
            told = f"{said} at the same mix of programs: {at_mix}; the mix changed, all together {size}"
        else:
            same = "the same" if at_mix == size else at_mix
            told += f". At the earlier mix of programs: {same}"
    if comparison.left_out:
        both = comparison.program_count
        told += f". Compared: {count_text(both)} of {count_text(both + len(comparison.left_out))} programs"
    return told


_DOUBTS = {
    Doubt.MIX_HIDDEN: " while a program is hidden",
    Doubt.PROGRAMS_DIFFER: ", programs went different ways",
    Doubt.ONE_OF_MANY: " among so many",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_VOCABULARIES = {
    "call_type": CallType,
    "disposition": Disposition,
    "place": TransportPlace,
    "role": InjuredRole,
    "severity": InjurySeverity,
}


def grain_label(breakdown_key: str, value: object, metric: Metric, names: Mapping[str, str]) -> str:
    """A row's name for people: month as 'Aug 2024', call type, reason or program by its label."""
    if breakdown_key in TIME_LABELS and value is not None:
        return TIME_LABELS[breakdown_key](int(str(value)))
    if value is None:
        return "No time of day" if breakdown_key in TIME_LABELS else "No date"
    text = str(value)
    if breakdown_key == "priority_code" and text != "not_recorded":
        return f"Priority {text}"
    if breakdown_key == Breakdown.MONTH:
        return f"{parse_month(text):%b %Y}"
    if breakdown_key == Breakdown.QUARTER:
        first = period_start(text)
        return f"{first:%b} to {add_months(first, 2):%b %Y}"
    if breakdown_key == Breakdown.STATE and text not in US_STATES:
        return f"{text} (not in the United States)"
    if breakdown_key == "program_id":
        return names.get(text, text)
    if breakdown_key == "reason":
        vocabulary = (
            NotReachedReason if metric.query == "not_reached_reasons" else PoliceRequestReason
        )
        return label_of(vocabulary, text)
    if breakdown_key in _VOCABULARIES:
        return label_of(_VOCABULARIES[breakdown_key], text)
    if text == "not_recorded":
        return "Not recorded"
    return text[:1].upper() + text[1:] if breakdown_key in GROUPS else text


def finding(answer: Answer) -> str:
    """What a chart of the answer shows, in one sentence without markup: its alternative text."""
    plain = without_bold(answer_sentence(answer))
    extremes = _extremes(answer, {})
    if not extremes:
        return plain
    low, high = extremes
    return f"{plain} Lowest {low}, highest {high}."


def chart_finding(
    answer: Answer, shows_count: bool = False, names: Mapping[str, str] | None = None
) -> str:
    """What a chart of the answer shows, short enough to stand over it: from where to where, or what comes most often.

    Without rows that can be told apart it is the answer in a sentence. Names are those of programs by id.
    """
    name = worded(answer.metric.label, answer.source.record_grain)
    if shows_count and answer.keys and answer.keys[0] != Breakdown.MONTH.value:
        return _most_often(answer, names or {}) or short_figure(answer)
    extremes = None if shows_count else _extremes(answer, names or {})
    if extremes is None:
        return short_figure(answer)
    low, high = extremes
    total = answer.total
    whole = f", {_value(answer)} in all" if total.value is not None else ""
    return f"{name}: from {low} to {high}{whole}"


def whole_figure(answer: Answer) -> str:
    """Name and figure of the whole in a few words: 'Wait, median: 21.4 minutes'; why there is none where there is none."""
    return f"{answer.metric.short_label}: {headline(answer).value}"


def _most_often(answer: Answer, names: Mapping[str, str]) -> str:
    """The row with the highest count, with its part of all; empty where none may be shown."""
    shown = answer.table[answer.table["numerator"].fillna(0) > 0]
    if not len(shown):
        return ""
    row = shown.loc[shown["numerator"].idxmax()]
    most, whole = row["numerator"], answer.total.denominator or answer.total.numerator
    of = part_of(most, whole) if whole else count_text(most)
    has_share = answer.metric.unit == "share" and whole and pandas.notna(row["value"])
    share = f" ({value_text(answer.metric, row['value'])})" if has_share else ""
    return f"Most often: {_row_name(answer, row, names)}, {of}{share}"


def _extremes(answer: Answer, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The lowest and the highest row with its name; None where fewer than two can be told apart."""
    if not answer.keys:
        return None
    # Few cases, incomplete months and records without a date are no extremes to tell of.
    table = answer.table
    shown = table[
        (table.status == Status.SHOWN) & table.value.notna() & table[answer.keys[0]].notna()
    ]
    if "coverage" in answer.keys:
        shown = shown[shown["coverage"] == Coverage.WHOLE]
    if len(shown) < 2:
        return None
    lowest, highest = shown.loc[shown.value.idxmin()], shown.loc[shown.value.idxmax()]
    low, high = (
        f"{value_text(answer.metric, row.value)} ({_row_name(answer, row, names)})"
        for row in (lowest, highest)
    )
    return low, high


def same_sentence(shown: Sequence[tuple[str, str]], row_count: int, noun: str = "row") -> str:
    """Why rows need no chart, by the name and the text of each that could be drawn; empty where they differ, or there is none.

    One row alone, or all with the same text: nothing varies that a chart could show.
    """
    texts = {text for _, text in shown}
    if len(texts) != 1:
        return ""
    (text,) = texts
    if len(shown) == 1:
        name = shown[0][0]
        only = (
            f"Everything is in one {noun}" if row_count == 1 else f"One {noun} alone can be drawn"
        )
        return f"{only}: {name}, {text}."
    rest = "" if len(shown) == row_count else " that can be drawn"
    return f"No difference to draw: the {counted(len(shown), noun)}{rest} all show {text}."


def _row_name(answer: Answer, row: pandas.Series, names: Mapping[str, str]) -> str:
    """What a row is about: its last key, or weekday and hour together."""
    keys = [key for key in answer.keys if key != "coverage"]
    keys = keys if "weekday" in keys else keys[-1:]
    return " ".join(grain_label(key, row[key], answer.metric, names) for key in keys)


def with_bound(words: str, bound: str) -> str:
    """A number's words with what its source says of it: 'more than 7,600'; the bare words where it is exact or not said."""
    return words if bound == Bound.NOT_RECORDED else f"{label(Bound(bound))} {words}".strip()


def months_words(months: Sequence[date]) -> str:
    """Months in order as a list for people; all twelve of a year are the year: 'Nov 2012, 2013'."""
    by_year = {year: list(group) for year, group in groupby(months, lambda month: month.year)}
    return ", ".join(
        f"{year}" if len(group) == MONTHS_IN_YEAR else f"{month:%b %Y}"
        for year, group in by_year.items()
        for month in (group[:1] if len(group) == MONTHS_IN_YEAR else group)
    )


def month_words(text: str) -> str:
    """A partial date for people: 'Jun 2021', '2021', or 'not known' where it is empty."""
    if not text:
        return "not known"
    year, _, month = text.partition("-")
    return f"{date(int(year), int(month), 1):%b %Y}" if month else year
