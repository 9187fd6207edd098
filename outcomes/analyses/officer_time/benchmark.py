"""Where a log's officer hours for each call lie among those that programs published, with every source."""

import pandas

from outcomes.analyses.officer_time.analysis import OfficerTime, Range
from outcomes.analyses.officer_time.text import RANGE_80, estimate_range, estimate_text
from outcomes.analyses.published.analysis import HoursPerCall
from outcomes.analyses.published.text import hours_counts, hours_words, period_words, program_words
from outcomes.presentation.format import count_text
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.registry import Confidence

THIS_ONE = "This selection"
READ = "source was read"
UNREAD = "unverified: source was not read"


def benchmark_sentence(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> str:
    """Where this log lies among the published estimates, how far apart these are, and whose both ends are."""
    most, least = published[0], published[-1]
    spread = (
        f"{len(published):,} published estimates. These run from {hours_words(least)} ({program_words(least.row)}) to "
        f"{hours_words(most)} ({program_words(most.row)}), {count_text(most.hours_per_call / least.hours_per_call)} times "
        "apart. Each is made in its own way; none is a measurement of the same thing."
    )
    if time.per_call is None:
        return f"Nothing can be worked out here to stand beside the {spread}"
    below = sum(each.hours_per_call < time.per_call.middle for each in published)
    return (
        f"Here it is {BOLD}{estimate_text(time.per_call.middle, 2)} hours for each diverted call{BOLD} "
        f"({RANGE_80} {estimate_text(time.per_call.low, 2)} to {estimate_text(time.per_call.high, 2)}), more than {below:,} of the "
        f"{spread}"
    )


def is_read(each: HoursPerCall) -> bool:
    """Whether somebody read the source of a published estimate."""
    return bool(each.row["confidence"] == Confidence.SOURCED)


def _places(
    time: OfficerTime, published: tuple[HoursPerCall, ...]
) -> list[tuple[Range, HoursPerCall | None]]:
    """This log, which is None, and each published estimate, most hours for each call first."""
    rows: list[tuple[Range, HoursPerCall | None]] = [
        (Range(*[each.hours_per_call] * 3), each) for each in published
    ]
    if time.per_call is not None:
        rows.append((time.per_call, None))
    return sorted(rows, key=lambda row: -row[0].middle)


def benchmark_rows(
    time: OfficerTime, published: tuple[HoursPerCall, ...]
) -> list[tuple[str, Range]]:
    """This log and each published estimate by name, most hours for each call first."""
    return [
        (program_words(each.row) if each else THIS_ONE, numbers)
        for numbers, each in _places(time, published)
    ]


def benchmark_hovers(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> list[str]:
    """In the same order: what each number is made from, its source, and whether that was read."""
    return [
        f"{hours_counts(each)}; {_source(each)}" if each else "worked out on this page"
        for _, each in _places(time, published)
    ]


def _source(each: HoursPerCall) -> str:
    return f"{each.row['source_title']}; {READ if is_read(each) else UNREAD}"


def benchmark_table(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> pandas.DataFrame:
    """The same as texts, each with period, both numbers, source, address and whether the source was read."""
    return pandas.DataFrame(
        {
            "Program": f"{program_words(each.row)}, {period_words(each.row)}" if each else THIS_ONE,
            "Hours for each call": hours_words(each) if each else estimate_range(numbers, 2),
            "Made from": hours_counts(each)
            if each
            else f"{time.count:,} calls diverted (strict) and the assumptions above",
            "Source": each.row["source_title"] if each else "this page",
            "Source read": ("yes" if is_read(each) else "no, unverified") if each else "",
            "Address": each.row["source_url"] if each else "",
        }
        for numbers, each in _places(time, published)
    )
