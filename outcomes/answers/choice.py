"""What a reader chooses of the logs, by the texts of an address: which words make sense, which months, which selection."""

from collections.abc import Mapping, Sequence
from datetime import date

from outcomes.answers.period_change import MONTHS_IN_YEAR, CompareWith
from outcomes.selection import Selection, SelectionError, add_months, month_count, parse_month
from outcomes.store.programs import CoveredMonth, Program
from outcomes.vocabulary.log import CallType, Coverage, DataKind, DatePrecision, View

# By program: every month from the first of its log to its last.
Covered = Mapping[str, Sequence[CoveredMonth]]

PERIODS = {
    "12": "Last 12 full months",
    "24": "Last 24 full months",
    "all": "Whole log",
    "choose": "Choose months",
}
# What an address holds, with what each is where an address that says something does not say it.
DEFAULTS = {
    "program": "",
    "state": "",
    "period": "all",
    "from": "",
    "to": "",
    "compare": CompareWith.YEAR_BEFORE.value,
    "call_type": "",
    "view": View.PROGRAM.value,
}
# What a reader begins with whose address says nothing.
BEGINNING = {**DEFAULTS, "period": "12"}
# Of what several can be chosen, with commas between.
SEVERAL = ("program", "state", "call_type")
ALL_MONTHS = {"period": "all", "from": "", "to": ""}


def allowed_texts(programs: Sequence[Program]) -> dict[str, set[str]]:
    """What each part of an address may say, but for the months."""
    return {
        "program": {program.program_id for program in programs},
        "state": {program.state for program in programs},
        "call_type": {kind.value for kind in CallType},
        "period": set(PERIODS),
        "compare": {kind.value for kind in CompareWith},
        "view": {view.value for view in View},
    }


def months_complaint(first: str, last: str) -> str:
    """A sentence about months that make no sense; empty where they do."""
    try:
        months = [parse_month(text) for text in (first, last) if text]
    except SelectionError as error:
        return f"The link's period is not understood: {error}"
    if months != sorted(months):
        return "The link's period ends before it begins."
    return ""


def covered_months(program_ids: str, programs: Sequence[Program]) -> tuple[date, date] | None:
    """First and last month that the logs of programs cover, or all real logs; None where no record has a date."""
    asked = _asked(program_ids, programs)
    first = min((program.first_day for program in asked if program.first_day), default=None)
    last = max((program.last_day for program in asked if program.last_day), default=None)
    return (first.replace(day=1), last.replace(day=1)) if first and last else None


def last_full_month(program_ids: str, programs: Sequence[Program], covered: Covered) -> date | None:
    """The last month that a log of the programs covers whole; the last it covers at all where none is."""
    whole = [
        month.month
        for program in _asked(program_ids, programs)
        for month in covered.get(program.program_id, ())
        if month.coverage is Coverage.WHOLE
    ]
    months = covered_months(program_ids, programs)
    return max(whole) if whole else months[1] if months else None


def named_months(
    words: str, program_ids: str, programs: Sequence[Program], covered: Covered
) -> tuple[date | None, date | None]:
    """First and last month of a period by its name, within the logs: 'last-quarter' is the last full one of the calendar.

    Open on both ends for 'all'. Raises SelectionError for a name that no period has, and where the logs cover none of it.
    """
    months = covered_months(program_ids, programs)
    last = last_full_month(program_ids, programs, covered)
    if words == "all":
        return None, None
    if months is None or last is None:
        raise SelectionError(
            f"Expected a log with dates for the period [{words}], found [none]; ask for all."
        )
    quarter_end = add_months(last, -(last.month % 3))
    year_end = last if last.month == MONTHS_IN_YEAR else date(last.year - 1, MONTHS_IN_YEAR, 1)
    named = {
        "last-month": (last, last),
        "last-quarter": (add_months(quarter_end, -2), quarter_end),
        "last-12-months": (add_months(last, -11), last),
        "last-24-months": (add_months(last, -23), last),
        "last-year": (year_end.replace(month=1), year_end),
    }
    if ".." in words:
        begin, _, end = words.partition("..")
        named[words] = (parse_month(begin), parse_month(end))
    if words not in named:
        raise SelectionError(
            f"Expected a period, found [{words}]; choose from {', '.join(named)}, all, or months as 2025-01..2025-06."
        )
    first, end_month = named[words]
    if end_month < months[0] or first > months[1]:
        raise SelectionError(
            f"Expected a period that the log covers, found [{words}: {first:%b %Y} to {end_month:%b %Y}]; it covers "
            f"{months[0]:%b %Y} to {months[1]:%b %Y}."
        )
    return max(first, months[0]), min(end_month, months[1])


def own_programs(programs: Sequence[Program]) -> Sequence[Program]:
    """The programs of which one may be the reader's own: the real ones, or all where none is real."""
    return [program for program in programs if program.data_kind is DataKind.REAL] or programs


def _asked(program_ids: str, programs: Sequence[Program]) -> Sequence[Program]:
    names = words_of(program_ids)
    return [one for one in programs if one.program_id in names] or own_programs(programs)


def _give_years(program_ids: str, programs: Sequence[Program]) -> bool:
    """Whether all of the logs asked about give years alone."""
    asked = _asked(program_ids, programs)
    return all(program.date_precision is DatePrecision.YEAR for program in asked)


def excluded_months(
    asked: dict[str, str], shown: dict[str, str], programs: Sequence[Program]
) -> list[str]:
    """A sentence where the log does not cover all the months asked for, so that others are shown."""
    if not shown["from"] or not months_outside(asked, shown["program"], programs):
        return []
    begin, end = (f"{parse_month(shown[key]):%b %Y}" for key in ("from", "to"))
    return [f"The log does not cover all the months asked for; {begin} to {end} is shown instead."]


def months_outside(asked: dict[str, str], program_ids: str, programs: Sequence[Program]) -> str:
    """A sentence where the logs of programs do not cover all the months asked for; empty where they do."""
    covered = covered_months(program_ids, programs)
    months = [parse_month(asked[key]) for key in ("from", "to") if asked[key]]
    if covered is None or all(covered[0] <= month <= covered[1] for month in months):
        return ""
    return (
        f"The link asks for {' to '.join(f'{month:%b %Y}' for month in months)}, and the log covers "
        f"{covered[0]:%b %Y} to {covered[1]:%b %Y}."
    )


def months_inside(
    asked: dict[str, str], program_ids: str, programs: Sequence[Program]
) -> dict[str, str]:
    """Those of the months asked for that the logs cover, as texts; the last 12 full ones where they cover none."""
    covered = covered_months(program_ids, programs)
    if covered is None:
        return {"period": BEGINNING["period"], "from": "", "to": ""}
    first = max(parse_month(asked["from"]) if asked["from"] else covered[0], covered[0])
    last = min(parse_month(asked["to"]) if asked["to"] else covered[1], covered[1])
    if first > last:
        return {"period": BEGINNING["period"], "from": "", "to": ""}
    return {"period": "choose", "from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}


def selection_of(
    chosen: dict[str, str], programs: Sequence[Program], covered: Covered
) -> Selection:
    """The selection that the texts stand for; each must make sense."""
    program_ids = chosen["program"]
    begin, end = (parse_month(chosen[key]) if chosen[key] else None for key in ("from", "to"))
    months = covered_months(program_ids, programs)
    last = last_full_month(program_ids, programs, covered)
    if chosen["period"] in ("12", "24") and months and last:
        wanted, end = int(chosen["period"]), last
        # Not further back than the log goes, so that a short log is not asked for what it lacks.
        begin = add_months(end, 1 - min(wanted, month_count(months[0], end)))
        if _give_years(program_ids, programs):
            # Whole years: a log that gives years alone cannot answer for parts of them.
            end = last.replace(month=12)
            begin = max(add_months(end, 1 - wanted), months[0].replace(month=1))
    return Selection(
        program_ids=tuple(words_of(program_ids)),
        states=tuple(words_of(chosen["state"])),
        first_month=begin,
        last_month=end,
        call_types=tuple(words_of(chosen["call_type"])),
        view=View(chosen["view"]),
    )


def words_of(text: str) -> list[str]:
    """The words of a text with commas between."""
    return [word for word in text.split(",") if word]
