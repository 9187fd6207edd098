"""Officer hours in words, tables and files."""

import pandas

from outcomes.analyses.officer_time.analysis import PER_CENT, OfficerTime, Range
from outcomes.analyses.officer_time.assumptions import ENDS, WORDS, key_text, key_words, number_text
from outcomes.analyses.officer_time.measured_time import PoliceTime
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.exhibit import Card
from outcomes.presentation.format import around, count_text, decimal_text
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, Status

NO_STAND_IN = (
    "Officer hours are worked out from strict diverted calls only. All responses, or broad diverted calls, do "
    "not stand in for them: they hold work to which police would never have gone."
)
ALL_HIDDEN = "Every count of strict diverted calls is hidden here to protect people, so no hours can be worked out."
NONE_DIVERTED = "No call was diverted by the strict definition in this selection, so no officer hours were freed."
EXCLUDED = (
    "Not in the hours: officers' travel and report writing, calls that the team generated itself, police units "
    "that were sent and turned round before they arrived, and police time on a later call to the same person."
)
HOW_MEASURED = (
    "Police time that the log holds runs from when a unit was sent, or else arrived, until it was clear, so it "
    "includes the way there. The minutes of every police unit on a response count, the response once. Where one of "
    "its units has no usable time, the assumed minutes stand for the whole response."
)
WHAT_THE_RANGE_IS = (
    "The range is made of assumptions, not a statistical interval: the low takes each assumption at the end "
    "that gives fewest hours, the high at the end that gives most. It has no probability."
)
CSV_HEADER = ("what", "name", "calls", "low", "base", "high", "source")


def estimate_range(numbers: Range, decimals: int = 0) -> str:
    """A range for a chart or a table: '2,300 (1,200 to 4,100)'."""
    return around(numbers.base, numbers.low, numbers.high, decimals, half_up=True)


def estimate_text(value: float, decimals: int = 0) -> str:
    """An estimate for a text, a half rounded up as a reader does: '-1,200', '0.58', '0'."""
    return decimal_text(value, decimals, half_up=True)


def officer_sentence(time: OfficerTime) -> str:
    """The answer as one sentence, or why there is none."""
    if time.hours is None:
        if time.strict.total.status is Status.NOT_RECORDED:
            return f"{time.strict.notes[-1]} {NO_STAND_IN}"
        return ALL_HIDDEN if time.hidden_types else NONE_DIVERTED
    low, base, high = map(estimate_text, time.hours)
    said = (
        f"Between **{low} and {high} officer hours** (base {base}) were freed in {time.months:,} months, from "
        f"{time.count:,} calls diverted (strict): capacity, not cash."
    )
    if time.hours.base < 0:
        return f"{said} Below zero: under these assumptions police spent more time on the program than it freed."
    if time.hours.low < 0:
        return f"{said} The low end is below zero: under it police spent more time than was freed."
    return said


def hours_cards(time: OfficerTime) -> tuple[Card, ...]:
    """The range of hours and the posts that it makes, as cards; none without hours."""
    if time.hours is None:
        return ()
    names = {
        "Low": "fewest that the assumptions allow",
        "Base": "usual assumptions",
        "High": "most that the assumptions allow",
    }
    cards = [
        Card(name, count_text(hours), (f"officer hours, {words}",))
        for (name, words), hours in zip(names.items(), time.hours, strict=True)
    ]
    if time.posts is not None:
        low, base, high = (estimate_text(each, 1) for each in time.posts)
        cards.append(Card("Full-time posts", base, (f"{low} to {high}", "capacity, not cash")))
    return tuple(cards)


def spent_sentence(time: OfficerTime) -> str:
    """What police time was taken off, how much of it the log holds, or that it could not be taken off."""
    police = time.police
    if police.responses is None:
        return (
            "Police time still spent is not taken off: the number of responses with police is hidden or not "
            "recorded here, so the hours are too high by that time."
        )
    low, base, high = map(estimate_text, time.spent)
    return (
        f"Already taken off: {low} to {high} police hours (base {base}) still spent on {police.responses:,} "
        f"responses with police present. {_how_known(police)}"
    )


def _how_known(police: PoliceTime) -> str:
    if police.is_hidden:
        return "How many of them the log times is hidden to protect people, so the time is assumed for each of them."
    if not police.responses:
        return ""
    if not police.timed:
        return "The time is assumed for each of them: no log here holds the times of every police unit."
    measured = f"({estimate_text(police.unit_hours)} hours of police units, log of {', '.join(police.programs)})"
    if not police.untimed:
        return f"The time was measured in the log for all of them {measured}."
    return (
        f"The time was measured in the log for {police.timed:,} of {police.responses:,} {measured} and is "
        f"assumed for the other {police.untimed:,}."
    )


def sourced_sentence(time: OfficerTime) -> str:
    """How many of the assumptions behind the hours anybody has published, to stand above the result."""
    used = [time.assumptions[key] for key in time.behind_hours]
    published = sum(each.is_published for each in used)
    mine = sum(each.is_yours for each in used)
    rest = len(used) - published - mine
    come = "comes" if published == 1 else "come"
    said = f"{published:,} of the {len(used):,} assumptions behind these hours {come} from a publication"
    if mine:
        said += f"; {mine:,} {_are(mine)} yours"
    if rest:
        said += f"; {rest:,} {_are(rest)} assumed by this product"
    return f"{said}. Each can be changed below."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def posts_sentence(time: OfficerTime) -> str:
    """Hours a year and as full-time posts beside vacant ones; a comparison of capacity."""
    if time.posts is None or time.per_year is None:
        return ""
    rate = f"{number_text(time.vacant_share * PER_CENT)} %"
    said = (
        f"That is {estimate_range(time.per_year)} officer hours a year, {_over(time)}: the hours of "
        f"{estimate_range(time.posts, 1)} full-time posts."
    )
    whose = "the department's" if len(time.months_of) < 2 else "all these departments'"
    if time.sworn_posts is None:
        return f"{said} Enter {whose} sworn posts to see them beside the vacant ones ({rate} of posts)."
    share = Range(*(each / time.sworn_posts * PER_CENT for each in time.posts))
    empty = time.sworn_posts * time.vacant_share
    return (
        f"{said} They are {estimate_range(share, 1)} % of {count_text(time.sworn_posts)} sworn posts; {count_text(empty)} of them are "
        f"vacant at a rate of {rate}. The two stand side by side: hours freed fill no post."
    )


def _over(time: OfficerTime) -> str:
    if len(time.months_of) == 1:
        return f"on average over the {time.months:,} months that the log covers"
    if len(set(time.months_of.values())) == 1 and time.months in time.months_of.values():
        return f"on average over the {time.months:,} months that each of the logs covers"
    return f"on average over the {time.months:,} months that any of the logs covers"


def month_notes(time: OfficerTime) -> list[str]:
    """What to know of the months behind hours a year and posts; nothing where every log covers them whole."""
    notes = []
    if any(months < time.months for months in time.months_of.values()):
        by_log = ", ".join(f"{name} {months:,}" for name, months in time.months_of.items())
        notes.append(
            f"Not every log covers all {time.months:,} months ({by_log}). Hours a year and posts are an average of that "
            "time, so they are lower than in a year in which every program was at work."
        )
    if time.partial_months:
        notes.append(
            f"Months that some log covers in part: {time.partial_months:,} of {time.months:,}. They count as whole, so "
            "hours a year and posts come out a little too low."
        )
    return notes


def sensitivity_sentence(time: OfficerTime) -> str:
    """Which assumption moves the hours most."""
    subject, numbers = time.sensitivity[0]
    return (
        f"The assumption that moves the hours most is “{WORDS[subject].lower()}”: with the others as usual, "
        f"its low and high give {estimate_text(numbers.low)} to {estimate_text(numbers.high)} hours."
    )


def officer_notes(time: OfficerTime) -> list[str]:
    """What a careful reader must know, in order."""
    notes = [WHAT_THE_RANGE_IS, EXCLUDED]
    if time.police.timed:
        notes.append(HOW_MEASURED)
    notes += month_notes(time)
    if time.hidden_types:
        notes.append(
            f"{time.hidden_types:,} call types are hidden to protect people and are not in the hours."
        )
    mine = [key_words(key) for key in time.used if time.assumptions[key].is_yours]
    if mine:
        notes.append(f"Set by the reader: {'; '.join(mine)}.")
    return [*notes, *time.strict.notes]


def type_rows(time: OfficerTime) -> list[tuple[str, Range]]:
    """Hours by call type, most first, with the number of calls in the name."""
    return [
        (f"{label(CallType(kind))}, {count:,} calls", numbers)
        for kind, count, numbers in time.by_type
    ]


def sensitivity_rows(time: OfficerTime) -> list[tuple[str, Range]]:
    """Hours with one assumption at its low and high and the others as usual, widest first."""
    return [(WORDS[subject], numbers) for subject, numbers in time.sensitivity]


def range_table(rows: list[tuple[str, Range]]) -> pandas.DataFrame:
    """Rows of ranges as texts: what, low, base, high."""
    return pandas.DataFrame(
        {"What": name, **dict(zip(ENDS, map(estimate_text, numbers), strict=True))}
        for name, numbers in rows
    )


def officer_citation(time: OfficerTime, link: str) -> str:
    """The answer to be quoted, with definition, who set the assumptions, source and link."""
    source = time.strict.source
    mine = sum(time.assumptions[key].is_yours for key in time.used)
    whose = (
        f"{mine:,} of {len(time.used):,} assumptions set by the reader"
        if mine
        else "every assumption as this product gives it"
    )
    return (
        f"{officer_sentence(time).replace('**', '')} Range of assumptions, {whose}. Source: logs of "
        f"{', '.join(source.programs)} ({label(source.data_kind)}), snapshot {source.snapshot}. {link}"
    )


def officer_csv(time: OfficerTime, quote: str) -> str:
    """The hours, their parts and every assumption used with its source, as CSV; the quote stands in the first row."""
    rows: list[tuple[str, str, object, Range, str]] = []
    if time.hours and time.per_call:
        rows.append(("hours", "officer hours freed", time.count, time.hours, ""))
        rows.append(("spent", "police hours still spent", time.police.responses, time.spent, ""))
        if time.police.timed:
            measured = Range(*[time.police.unit_hours] * 3)
            words = "hours of police units that the log holds"
            rows.append(("spent", words, time.police.timed, measured, ""))
        rows.append(("per_call", "hours for each diverted call", time.count, time.per_call, ""))
        if time.per_year:
            rows.append(("per_year", "officer hours a year", time.count, time.per_year, ""))
        if time.posts:
            rows.append(("posts", "full-time posts", time.count, time.posts, ""))
    rows += [("call_type", kind, count, numbers, "") for kind, count, numbers in time.by_type]
    for key in time.used:
        used = time.assumptions[key]
        numbers = Range(used.assumed.low, used.assumed.base, used.assumed.high)
        rows.append(("assumption", key_text(key), "", numbers, used.source))
    cells = (
        (what, name, count, *(round(each, 4) for each in numbers), source)
        for what, name, count, numbers, source in rows
    )
    return csv_text(CSV_HEADER, cells, source_columns(time.strict.source), quote, quote_row=0)
