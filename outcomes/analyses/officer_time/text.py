"""Officer hours in words, tables and files."""

import pandas

from outcomes.analyses.officer_time.analysis import PER_CENT, OfficerTime, Range
from outcomes.analyses.officer_time.assumptions import WORDS, key_text, key_words, number_text
from outcomes.analyses.officer_time.measured_time import PoliceTime
from outcomes.analyses.published.analysis import HoursPerCall
from outcomes.analyses.published.text import hours_words
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.exhibit import Card
from outcomes.presentation.format import around, count_text, decimal_text, rough_text
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, Status

NO_STAND_IN = (
    "Officer hours are worked out from strict diverted calls only. All responses, or broad diverted calls, do "
    "not stand in for them: they hold work to which police would never have gone."
)
ALL_HIDDEN = "Every count of strict diverted calls is hidden here to protect people, so no hours can be worked out."
NONE_DIVERTED = "No call was diverted by the strict definition in this selection, so no officer hours were freed."
EXCLUDED = (
    "Not in the hours: officers' travel and report writing, and calls that the team generated itself. Nor are police "
    "units that turned round before they arrived, and police time on a later call to the same person."
)
HOW_MEASURED = (
    "Police time that the log holds runs from when a unit was sent, or else arrived, until it was clear, so it "
    "includes the way there. The minutes of every police unit on a response count, the response once. Where one of "
    "its units has no usable time, the assumed minutes stand for the whole response."
)
WHAT_THE_RANGE_IS = (
    "The range is made of assumptions, and is no statistical interval. Each is drawn ten thousand times from a triangular "
    "distribution over its low, base and high; eight in ten results are in the range. If an assumption is wrong, so is the range."
)
# How the ends of a range are called in a table.
SHOWN_ENDS = ("Low", "Middle", "High")
RANGE_80 = "80% range"
ONE_END = "every assumption at one end, and as usual"
AS_ASSUMED = "low, base and high as assumed"
CSV_HEADER = ("what", "name", "calls", "low", "middle", "high", "range", "source")


def rough_range(numbers: Range) -> str:
    """A range for a sentence, with two digits that say something: '2,300 (1,200 to 4,100)'."""
    low, middle, high = map(rough_text, numbers)
    return f"{middle} ({low} to {high})"


def estimate_range(numbers: Range, decimals: int = 0) -> str:
    """A range for a chart or a table: '2,300 (1,200 to 4,100)'."""
    return around(numbers.middle, numbers.low, numbers.high, decimals)


def estimate_text(value: float, decimals: int = 0) -> str:
    """An estimate for a text, a half rounded up as a reader does: '-1,200', '0.58', '0'."""
    return decimal_text(value, decimals)


def officer_sentence(time: OfficerTime) -> str:
    """The answer as one sentence, or why there is none."""
    if time.hours is None:
        if time.strict.total.status is Status.NOT_RECORDED:
            return f"{time.strict.notes[-1]} {NO_STAND_IN}"
        return ALL_HIDDEN if time.hidden_types else NONE_DIVERTED
    low, middle, high = map(rough_text, time.hours)
    said = (
        f"About {BOLD}{middle} officer hours{BOLD} were freed in {time.months:,} months, from {time.count:,} calls diverted (strict); the "
        f"{RANGE_80} of the assumptions is {BOLD}{low} to {high}{BOLD}: capacity, not cash."
    )
    if time.hours.middle < 0:
        return f"{said} Below zero: under these assumptions police spent more time on the program than it freed."
    if time.hours.low < 0:
        return f"{said} The low end is below zero: under it police spent more time than was freed."
    return said


def hours_cards(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> tuple[Card, ...]:
    """Hours, posts and hours for each call beside the published ones, as cards; none without hours."""
    if time.hours is None or time.per_call is None:
        return ()
    low, middle, high = map(rough_text, time.hours)
    cards = [Card("Officer hours", middle, (f"{RANGE_80} {low} to {high}", "capacity, not cash"))]
    if time.posts is not None:
        low, middle, high = (estimate_text(each, 1) for each in time.posts)
        cards.append(Card("Full-time posts", middle, (f"{RANGE_80} {low} to {high}",)))
    low, middle, high = (estimate_text(each, 2) for each in time.per_call)
    lines = [f"{RANGE_80} {low} to {high}"]
    if published:
        ends = (hours_words(published[-1]), hours_words(published[0]))
        lines.append(f"{len(published):,} published: {ends[0]} to {ends[1]}")
    cards.append(Card("Hours for each call diverted", middle, tuple(lines)))
    return tuple(cards)


def spent_sentence(time: OfficerTime) -> str:
    """What police time was taken off, how much of it the log holds, or that it could not be taken off."""
    police = time.police
    if police.responses is None:
        return (
            "Police time still spent is not taken off: the number of responses with police is hidden or not "
            "recorded here, so the hours are too high by that time."
        )
    return (
        f"Already taken off: about {rough_range(time.spent)} police hours still spent on {police.responses:,} "
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
    rate = f"{number_text(time.vacant_share * PER_CENT)}%"
    said = (
        f"That is {rough_range(time.per_year)} officer hours a year, {_over(time)}: the hours of "
        f"{estimate_range(time.posts, 1)} full-time posts."
    )
    whose = "the department's" if len(time.months_of) < 2 else "all these departments'"
    if time.sworn_posts is None:
        return f"{said} Enter {whose} sworn posts to see them beside the vacant ones ({rate} of posts)."
    share = Range(*(each / time.sworn_posts * PER_CENT for each in time.posts))
    empty = time.sworn_posts * time.vacant_share
    return (
        f"{said} They are {estimate_range(share, 1)}% of {count_text(time.sworn_posts)} sworn posts; {count_text(empty)} of them are "
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
        f"The assumption that moves the hours most is “{WORDS[subject].lower()}”: over its own {RANGE_80}, with the others at "
        f"their middle, it gives {rough_text(numbers.low)} to {rough_text(numbers.high)} hours."
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
    """Hours over one assumption's own 80% range with the others at their middle, widest first."""
    return [(WORDS[subject], numbers) for subject, numbers in time.sensitivity]


def range_table(rows: list[tuple[str, Range]]) -> pandas.DataFrame:
    """Rows of ranges as texts: what, low, middle, high."""
    return pandas.DataFrame(
        {"What": name, **dict(zip(SHOWN_ENDS, map(estimate_text, numbers), strict=True))}
        for name, numbers in rows
    )


def ends_rows(time: OfficerTime) -> list[tuple[str, Range]]:
    """The hours as the draws give them, and with every assumption at one end; none without hours."""
    if time.hours is None or time.extremes is None:
        return []
    return [
        (f"{RANGE_80}: a tenth of the draws are below the low, a tenth above the high", time.hours),
        (
            "Every assumption at the end that gives least, as usual, and at the end that gives most",
            time.extremes,
        ),
    ]


def officer_citation(time: OfficerTime, link: str) -> str:
    """The answer to be quoted, with definition, who set the assumptions, source and link."""
    source = time.strict.source
    mine = sum(time.assumptions[key].is_yours for key in time.used)
    whose = (
        f"{len(time.used):,} assumptions, {mine:,} of them set by the reader"
        if mine
        else "the assumptions as this product gives them"
    )
    return (
        f"{without_bold(officer_sentence(time))} Drawn from {whose}. Source: logs of "
        f"{', '.join(source.programs)} ({label(source.data_kind)}), snapshot {source.snapshot}. {link}"
    )


def officer_csv(time: OfficerTime, quote: str) -> str:
    """The hours, their parts and every assumption used with its source, as CSV; the quote stands in the first row."""
    rows: list[tuple[str, str, object, Range, str, str]] = []
    if time.hours and time.extremes and time.per_call:
        rows.append(("hours", "officer hours freed", time.count, time.hours, RANGE_80, ""))
        rows.append(("hours", "officer hours freed", time.count, time.extremes, ONE_END, ""))
        rows.append(
            ("spent", "police hours still spent", time.police.responses, time.spent, RANGE_80, "")
        )
        if time.police.timed:
            measured = Range(*[time.police.unit_hours] * 3)
            words = "hours of police units that the log holds"
            rows.append(("spent", words, time.police.timed, measured, "measured", ""))
        each_call = ("per_call", "hours for each diverted call", time.count, time.per_call)
        rows.append((*each_call, RANGE_80, ""))
        if time.per_year:
            rows.append(
                ("per_year", "officer hours a year", time.count, time.per_year, RANGE_80, "")
            )
        if time.posts:
            rows.append(("posts", "full-time posts", time.count, time.posts, RANGE_80, ""))
    rows += [
        ("call_type", kind, count, numbers, RANGE_80, "") for kind, count, numbers in time.by_type
    ]
    rows += _moved_rows(time)
    for key in time.used:
        used = time.assumptions[key]
        numbers = Range(used.assumed.low, used.assumed.base, used.assumed.high)
        rows.append(("assumption", key_text(key), "", numbers, AS_ASSUMED, used.source))
    return _csv(rows, time, quote)


def moved_csv(time: OfficerTime) -> str:
    """What each assumption alone does to the hours, as CSV."""
    return _csv(_moved_rows(time), time)


def _moved_rows(time: OfficerTime) -> list[tuple[str, str, object, Range, str, str]]:
    words = f"{RANGE_80} of this assumption, the others at their middle"
    return [
        ("moved_by", subject.value, time.count, numbers, words, "")
        for subject, numbers in time.sensitivity
    ]


def _csv(
    rows: list[tuple[str, str, object, Range, str, str]], time: OfficerTime, quote: str = ""
) -> str:
    cells = (
        (what, name, count, *(round(each, 4) for each in numbers), words, source)
        for what, name, count, numbers, words, source in rows
    )
    return csv_text(CSV_HEADER, cells, source_columns(time.strict.source), quote, quote_row=0)
