"""Officer hours in words, tables and files."""

import csv
import io

import pandas

from outcomes.labels import label
from outcomes.officer_assumptions import WORDS, key_text, key_words, number_text
from outcomes.officer_time import OfficerTime, Range
from outcomes.published_outcomes import HoursPerCall
from outcomes.published_sentences import program_words
from outcomes.rendering import safe_cell
from outcomes.vocabulary import CallType, Status

NO_STAND_IN = (
    "Officer hours are worked out from strict diverted calls only. All responses, or broad diverted calls, do "
    "not stand in for them: they hold work to which police would never have gone."
)
LEFT_OUT = (
    "Not in the hours: officers' travel and report writing, calls that the team generated itself, and police "
    "time on a later call to the same person."
)
WHAT_THE_RANGE_IS = (
    "The range is made of assumptions, not a statistical interval: the low takes each assumption at the end "
    "that gives fewest hours, the high at the end that gives most. It has no probability."
)
CSV_HEADER = ("what", "name", "calls", "low", "base", "high", "source", "data", "snapshot")


def range_words(numbers: Range, decimals: int = 0) -> str:
    """A range for a chart or a table: '2,300 (1,200 to 4,100)'."""
    low, base, high = (
        _number(each, decimals) for each in (numbers.low, numbers.base, numbers.high)
    )
    return f"{base} ({low} to {high})"


def _number(value: float, decimals: int = 0) -> str:
    text = f"{value:,.{decimals}f}"
    # Rounding must not leave a minus before nothing.
    return text.removeprefix("-") if not float(text.replace(",", "")) else text


def officer_sentence(time: OfficerTime) -> str:
    """The answer as one sentence, or why there is none."""
    if time.hours is None:
        return _why_none(time)
    low, base, high = (_number(each) for each in (time.hours.low, time.hours.base, time.hours.high))
    said = (
        f"Between **{low} and {high} officer hours** (base {base}) were freed in {time.months:,} months, from "
        f"{time.count:,} calls diverted (strict): capacity, not cash."
    )
    if time.hours.base < 0:
        return f"{said} Below zero: under these assumptions police spent more time on the program than it freed."
    if time.hours.low < 0:
        return f"{said} The low end is below zero: under it police spent more time than was freed."
    return said


def _why_none(time: OfficerTime) -> str:
    if time.strict.total.status is Status.NOT_RECORDED:
        return f"{time.strict.notes[-1]} {NO_STAND_IN}"
    if time.hidden_types:
        return "Every count of strict diverted calls is hidden here to protect people, so no hours can be worked out."
    return "No call was diverted by the strict definition in this selection, so no officer hours were freed."


def spent_sentence(time: OfficerTime) -> str:
    """What police time was taken off, or that it could not be."""
    if time.police_responses is None:
        return (
            "Police time still spent is not taken off: the number of responses with police is hidden or not "
            "recorded here, so the hours are too high by that time."
        )
    return (
        f"Already taken off: {_number(time.spent.low)} to {_number(time.spent.high)} police hours (base "
        f"{_number(time.spent.base)}) still spent on {time.police_responses:,} responses with police present."
    )


def posts_sentence(time: OfficerTime) -> str:
    """Hours as full-time posts beside vacant ones; a comparison of capacity."""
    if time.posts is None:
        return ""
    vacant = f"{number_text(time.vacant_share * 100)} % of posts"
    said = f"The hours are those of {range_words(time.posts, 1)} full-time posts."
    if time.sworn_posts is None:
        return f"{said} Enter the department's sworn posts to see them beside its vacant ones ({vacant})."
    share = Range(
        *(
            each / time.sworn_posts * 100
            for each in (time.posts.low, time.posts.base, time.posts.high)
        )
    )
    empty = time.sworn_posts * time.vacant_share
    return (
        f"{said} That is {range_words(share, 1)} % of {time.sworn_posts:,.0f} sworn posts; {empty:,.0f} of them are "
        f"vacant at a rate of {number_text(time.vacant_share * 100)} %. The two stand side by side: hours freed fill no post."
    )


def moved_sentence(time: OfficerTime) -> str:
    """Which assumption moves the hours most."""
    subject, numbers = time.moved_by[0]
    return (
        f"The assumption that moves the hours most is “{WORDS[subject].lower()}”: with the others as usual, "
        f"its low and high give {_number(numbers.low)} to {_number(numbers.high)} hours."
    )


def lies_sentence(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> str:
    """Where this log's hours for each call lie among those that programs published."""
    if time.per_call is None:
        return ""
    below = sum(each.hours_per_call < time.per_call.base for each in published)
    low, high = published[-1].hours_per_call, published[0].hours_per_call
    return (
        f"Here it is **{_number(time.per_call.base, 2)} hours for each diverted call** "
        f"({_number(time.per_call.low, 2)} to {_number(time.per_call.high, 2)}), more than {below:,} of the "
        f"{len(published):,} published estimates, which run from {low:.2f} to {high:.2f}, {high / low:,.0f} times apart. "
        "Each is made in its own way."
    )


def officer_notes(time: OfficerTime) -> list[str]:
    """What a careful reader must know, in order."""
    notes = [WHAT_THE_RANGE_IS, LEFT_OUT]
    if time.hidden_types:
        notes.append(
            f"{time.hidden_types:,} call types are hidden to protect people and are not in the hours."
        )
    mine = [key_words(key) for key in time.used if time.assumptions[key].is_yours]
    if mine:
        notes.append(f"Set by the reader, not published: {'; '.join(mine)}.")
    return [*notes, *time.strict.notes]


def lies_rows(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> list[tuple[str, Range]]:
    """This log and each published estimate, most hours per call first."""
    rows = [(program_words(each.row), Range(*[each.hours_per_call] * 3)) for each in published]
    if time.per_call is not None:
        rows.append(("This selection", time.per_call))
    return sorted(rows, key=lambda row: -row[1].base)


def type_rows(time: OfficerTime) -> list[tuple[str, Range]]:
    """Hours by call type, most first, with the number of calls in the name."""
    return [
        (f"{label(CallType(kind))}, {count:,} calls", numbers)
        for kind, count, numbers in time.by_type
    ]


def moved_rows(time: OfficerTime) -> list[tuple[str, Range]]:
    """Hours with one assumption at its low and high and the others as usual, widest first."""
    return [(WORDS[subject], numbers) for subject, numbers in time.moved_by]


def range_table(rows: list[tuple[str, Range]], decimals: int) -> pandas.DataFrame:
    """Rows of ranges as texts: what, low, base, high."""
    return pandas.DataFrame(
        [
            {
                "What": name,
                "Low": _number(numbers.low, decimals),
                "Base": _number(numbers.base, decimals),
                "High": _number(numbers.high, decimals),
            }
            for name, numbers in rows
        ]
    )


def officer_citation(time: OfficerTime, link: str) -> str:
    """The answer to be quoted, with definition, who set the assumptions, source and link."""
    source = time.strict.source
    mine = sum(time.assumptions[key].is_yours for key in time.used)
    whose = (
        f"{mine:,} of {len(time.used):,} assumptions set by the reader"
        if mine
        else "published assumptions"
    )
    return (
        f"{officer_sentence(time).replace('**', '')} Range of assumptions, {whose}. Source: logs of "
        f"{', '.join(source.programs)} ({label(source.data_kind)}), snapshot {source.snapshot}. {link}"
    )


def officer_csv(time: OfficerTime, quote: str) -> str:
    """The hours, their parts and every assumption used with its source, as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*CSV_HEADER, "quotable_sentence"])
    tail = [label(time.strict.source.data_kind), time.strict.source.snapshot]
    rows: list[tuple[str, str, object, Range, str]] = []
    if time.hours and time.per_call:
        rows.append(("hours", "officer hours freed", time.count, time.hours, ""))
        rows.append(("spent", "police hours still spent", time.police_responses, time.spent, ""))
        rows.append(("per_call", "hours for each diverted call", time.count, time.per_call, ""))
        if time.posts:
            rows.append(("posts", "full-time posts", time.count, time.posts, ""))
    rows += [("call_type", kind, count, numbers, "") for kind, count, numbers in time.by_type]
    for key in time.used:
        used = time.assumptions[key]
        numbers = Range(used.assumed.low, used.assumed.base, used.assumed.high)
        rows.append(("assumption", key_text(key), "", numbers, used.source))
    for place, (what, name, count, numbers, source) in enumerate(rows):
        numerals = [round(each, 4) for each in (numbers.low, numbers.base, numbers.high)]
        cells = [what, name, "" if count is None else count, *numerals, safe_cell(source), *tail]
        writer.writerow([*cells, safe_cell(quote) if place == 0 else ""])
    return stream.getvalue()
