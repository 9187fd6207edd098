"""What a reader chooses of the logs, by the texts of an address: which words make sense, which months, which selection."""

from collections.abc import Sequence
from datetime import date

from outcomes.answers.period_change import CompareWith
from outcomes.selection import Selection, SelectionError, add_months, month_count, parse_month
from outcomes.store.programs import Program
from outcomes.vocabulary.log import CallType, DataKind, DatePrecision, View

PERIODS = {"12": "12 months", "24": "24 months", "all": "All", "choose": "Choose"}
# What an address holds, with what each is when it does not say.
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
# Of what several can be chosen, with commas between.
SEVERAL = ("state", "call_type")
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
        return "The link's period ends before it begins; the whole period is shown."
    return ""


def covered_months(program_id: str, programs: Sequence[Program]) -> tuple[date, date] | None:
    """First and last month that the log of a program covers, or all real logs; None where no record has a date."""
    asked = _asked(program_id, programs)
    first = min((program.first_day for program in asked if program.first_day), default=None)
    last = max((program.last_day for program in asked if program.last_day), default=None)
    return (first.replace(day=1), last.replace(day=1)) if first and last else None


def _asked(program_id: str, programs: Sequence[Program]) -> Sequence[Program]:
    chosen = [program for program in programs if program.program_id == program_id]
    real = [program for program in programs if program.data_kind is DataKind.REAL]
    return chosen or real or programs


def _give_years(program_id: str, programs: Sequence[Program]) -> bool:
    """Whether all of the logs asked about give years alone."""
    asked = _asked(program_id, programs)
    return all(program.date_precision is DatePrecision.YEAR for program in asked)


def excluded_months(
    asked: dict[str, str], shown: dict[str, str], programs: Sequence[Program]
) -> list[str]:
    """A sentence where the log does not cover all the months asked for, so that others are shown."""
    covered = covered_months(shown["program"], programs)
    months = [parse_month(asked[key]) for key in ("from", "to") if asked[key]]
    if not shown["from"] or covered is None:
        return []
    if all(covered[0] <= month <= covered[1] for month in months):
        return []
    begin, end = (f"{parse_month(shown[key]):%b %Y}" for key in ("from", "to"))
    return [f"The log does not cover all the months asked for; {begin} to {end} is shown instead."]


def selection_of(chosen: dict[str, str], programs: Sequence[Program]) -> Selection:
    """The selection that the texts stand for; each must make sense."""
    covered = covered_months(chosen["program"], programs)
    begin, end = (parse_month(chosen[key]) if chosen[key] else None for key in ("from", "to"))
    if chosen["period"] in ("12", "24") and covered:
        # Not further back than the log goes, so that a short log is not asked for what it lacks.
        months = min(int(chosen["period"]), month_count(*covered))
        begin, end = add_months(covered[1], 1 - months), covered[1]
        if _give_years(chosen["program"], programs):
            # Whole years: a log that gives years alone cannot answer for parts of them.
            end = covered[1].replace(month=12)
            begin = max(add_months(end, 1 - int(chosen["period"])), covered[0].replace(month=1))
    return Selection(
        program_ids=(chosen["program"],) if chosen["program"] else (),
        states=tuple(words_of(chosen["state"])),
        first_month=begin,
        last_month=end,
        call_types=tuple(words_of(chosen["call_type"])),
        view=View(chosen["view"]),
    )


def words_of(text: str) -> list[str]:
    """The words of a text with commas between."""
    return [word for word in text.split(",") if word]
