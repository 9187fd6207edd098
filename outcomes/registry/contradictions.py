"""Rows of programs.csv whose own words contradict their dates, kind, dispatch or team, and which of them stand with a reason."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from outcomes.registry.cells import first_possible, last_possible
from outcomes.registry.read import RegistryFiles
from outcomes.registry.rows import EventRow, KeptRow, ProgramRow
from outcomes.selection import add_months
from outcomes.vocabulary.registry import (
    Column,
    DispatchedBy,
    EventKind,
    Precision,
    ProgramType,
    Team,
    YesNo,
)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_WORD = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
NAMED_DATE = re.compile(rf"\b(?:(?:\d{{1,2}}\s+)?({MONTH_WORD})\s+)?((?:19|20)\d\d)\b", re.I)
# A stretch with an end, such as "June-Aug 2024", "13 Apr - 29 Sept 2025", "1 May to 31 Aug 2021".
SPAN = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?{MONTH_WORD}\s*(?:-|–|to)\s*(?:\d{{1,2}}\s+)?({MONTH_WORD})\s+(20\d\d)\b",
    re.I,
)
LIMITED = re.compile(r"\b(pilot|trial|extended|secured|funded|contract)\b", re.I)
UNTIL = re.compile(
    rf"\b(?:extended|secured|funded|funding ended|contract|runs out)\b[^;,()]*?\b(?:to|until|on|at)\s+(?:\d{{1,2}}\s+)?({MONTH_WORD})\s+(20\d\d)",
    re.I,
)
TERM = re.compile(r"\b(one|two|three|six|\d+)[- ](year|month|week) (?:pilot|trial)", re.I)
TERM_NUMBERS = {"one": 1, "two": 2, "three": 3, "six": 6}
OVER = re.compile(
    r"\b(shut down|closed|closing|ended|stopped|stalled|dropped|handed over|past tense|no longer|"
    r"status (?:\w+ ){0,3}not found|end date (?:still )?not found|take-over)\b",
    re.I,
)
NOT_SURELY_OVER = re.compile(r"\b(until new money|closing by|pause|planned|scheduled)\b", re.I)
NOT_A_FIRST_CALL = re.compile(
    r"\b(announce[a-z]*|planned|scheduled|approximate|inferred|derived|taken as|swearing-in|sworn in|agreement|funded in|"
    r"launch reported|article date|date used|first month training|about [A-Z][a-z]+ 20\d\d|"
    r"first[- ](?:call|response|day)[a-z ]*(?:month )?(?:removed|not found)|month[a-z ]*not (?:stated|found|set))\b",
    re.I,
)
TWO_DATES = re.compile(r"\b(another|other document|one report|gives \d|pages differ)", re.I)
ANOTHER_KIND: dict[ProgramType, re.Pattern[str]] = {
    ProgramType.COMMUNITY_RESPONDER: re.compile(
        r"co-?respon|police officer|joins? (?:police|fire)|police and fire|with (?:or instead of )?police|help officers|joint response|"
        r"police often went|dual dispatch|outreach|run with the police|inside police|calls pass through|uncertain|judgement|"
        r"classify|not a 911 alternative",
        re.I,
    ),
    ProgramType.CO_RESPONSE: re.compile(
        r"no officer|without (?:an? )?officer|aim is unarmed|community paramedics|unarmed", re.I
    ),
    ProgramType.FIRE_EMS_BASED: re.compile(
        r"uncertain|judgement|diverts from police|police co-response|instead of police", re.I
    ),
    ProgramType.CALL_DIVERSION: re.compile(
        r"judgement|uncertain|field team is|plus outreach|can send", re.I
    ),
    ProgramType.MOBILE_CRISIS: re.compile(
        r"judgement|uncertain|option for certain 911|911 access", re.I
    ),
    # Nothing is claimed of the kind.
    ProgramType.UNCLEAR: re.compile(r"(?!)"),
}
ANOTHER_ROUTE: dict[DispatchedBy, re.Pattern[str]] = {
    DispatchedBy.CALL_911: re.compile(
        r"\bnot (?:sent |dispatched )?(?:by )?911\b|not a 911 alternative|own (?:phone )?line|hotline|referral-based|311|211\b",
        re.I,
    ),
    DispatchedBy.CALL_988: re.compile(
        r"(?<!not )\b911(?!\s+alternative)|direct line|own line", re.I
    ),
    DispatchedBy.OWN_LINE: re.compile(
        r"(?<!not )(?<!not by )(?<!instead of )(?<!dispatched by )(?<!not sent by )\b911(?!-fed)|988|by police|route not stated",
        re.I,
    ),
    DispatchedBy.MIXED: re.compile(
        r"does not send 911|called in by officers|route not stated", re.I
    ),
    DispatchedBy.NOT_RECORDED: re.compile(r"(?!)"),
}
TEAM_UNKNOWN = re.compile(r"team make-up (?:cut off|not stated)|members not stated", re.I)
GROWN_OUT = re.compile(r"\b(made permanent|permanent since|permanent from)\b", re.I)
PILOT = re.compile(r"\b(pilot|trial)\b", re.I)


@dataclass(frozen=True)
class Contradiction:
    """One column of a program against the row's own words."""

    program_id: str
    column: Column
    # what the column says, or "nothing"
    found: str
    # the words against it, as the row has them
    words: str
    # why it stands all the same; empty where nobody has said
    reason: str

    @property
    def sentence(self) -> str:
        """The contradiction in one sentence, with its reason where there is one."""
        said = f"{self.program_id}, {self.column.value} [{self.found or 'nothing'}]: its own words say “{self.words}”"
        return (
            f"{said}. Kept: {self.reason}"
            if self.reason
            else f"{said}; correct the row or say why it stands."
        )


def contradictions(files: RegistryFiles) -> list[Contradiction]:
    """Every column of a program that the row's own notes, doubt, name or hours speak against, in the order of the file.

    It looks for words, so it also lists rows where reading them shows no contradiction: those stand with a reason in
    kept_contradictions.csv. A doubt about a date is its own reason.
    """
    kept = {(row.program_id, row.column): row.reason for row in files.rows["kept_contradictions"]}
    events: dict[str, list[EventRow]] = {}
    for event in files.rows["program_events"]:
        events.setdefault(event.program_id, []).append(event)
    found = []
    for program in files.rows["programs"]:
        for column, check in CHECKS.items():
            words = check(program, events.get(program.program_id, []), files.as_of)
            if words:
                reason = kept.get((program.program_id, column)) or _doubt(program, column)
                value = getattr(program, column.value)
                found.append(Contradiction(program.program_id, column, str(value), words, reason))
    return found


def needless_reasons(files: RegistryFiles) -> list[KeptRow]:
    """Reasons for contradictions that are none any more: the row was corrected, and its reason forgotten."""
    there = {(each.program_id, each.column) for each in contradictions(files)}
    return [
        row
        for row in files.rows["kept_contradictions"]
        if (row.program_id, row.column) not in there
    ]


def _doubt(program: ProgramRow, column: Column) -> str:
    start = {Column.FIRST_RESPONSE: "start: ", Column.END_DATE: "end: "}.get(column)
    return program.doubt if start and program.doubt.startswith(start) else ""


def _named_dates(text: str) -> list[tuple[date, str]]:
    """Dates that a text names: the last day that each can mean, and its words."""
    dates = []
    for each in NAMED_DATE.finditer(text):
        month, year = each.groups()
        partial = f"{year}-{MONTHS.index(month[:3].lower()) + 1:02d}" if month else year
        last = last_possible(partial)
        if last:
            dates.append((last, each.group(0)))
    return dates


def _start(program: ProgramRow, _: list[EventRow], __: date) -> str:
    if not program.first_response:
        return ""
    first = first_possible(program.first_response)
    for last, words in _named_dates(program.notes):
        if first and last < first:
            return words
    weak = program.first_response_precision is Precision.MONTH and NOT_A_FIRST_CALL.search(
        program.notes
    )
    match = weak or TWO_DATES.search(program.notes)
    if match:
        return match.group(0)
    return program.doubt.removeprefix("start: ") if program.doubt.startswith("start: ") else ""


def _end(program: ProgramRow, events: list[EventRow], as_of: date) -> str:
    said = f"{program.notes}; {program.hours}"
    if program.end_date:
        return _match(NOT_SURELY_OVER, said)
    for each in [
        *UNTIL.finditer(said),
        *(span for span in SPAN.finditer(said) if LIMITED.search(said)),
    ]:
        month, year = each.groups()
        if date(int(year), MONTHS.index(month[:3].lower()) + 1, 1) < as_of:
            return each.group(0)
    first, term = first_possible(program.first_response), TERM.search(said)
    if first and term:
        number = TERM_NUMBERS.get(term.group(1).lower()) or int(term.group(1))
        months = {"year": 12 * number, "month": number, "week": 1}[term.group(2).lower()]
        if add_months(first, months) < as_of:
            return term.group(0)
    paused = next((each for each in events if each.event_kind is EventKind.PAUSE), None)
    if paused:
        return paused.event_words
    if program.doubt.startswith("end: "):
        return program.doubt.removeprefix("end: ")
    return _match(OVER, said)


def _kind(program: ProgramRow, _: list[EventRow], __: date) -> str:
    said = f"{program.program_name}; {program.notes}"
    # What says only how the kind is used speaks for it, not against it.
    said = re.sub(r"co-response comparison|comparison class|as a? ?co-response", "", said)
    officer = program.team is Team.CO_RESPONSE and program.program_type not in (
        ProgramType.CO_RESPONSE,
        ProgramType.UNCLEAR,
    )
    return _match(ANOTHER_KIND[program.program_type], said) or (
        "team co_response" if officer else ""
    )


def _dispatch(program: ProgramRow, _: list[EventRow], __: date) -> str:
    said = f"{program.notes}; {program.doubt}"
    return _match(ANOTHER_ROUTE[program.dispatch], said)


def _team(program: ProgramRow, _: list[EventRow], __: date) -> str:
    return "" if program.team is Team.NOT_RECORDED else _match(TEAM_UNKNOWN, program.notes)


def _pilot(program: ProgramRow, _: list[EventRow], __: date) -> str:
    said = "; ".join((program.program_name, program.city, program.hours, program.notes))
    return _match(GROWN_OUT if program.is_pilot is YesNo.YES else PILOT, said)


def _match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group(0) if match else ""


CHECKS: dict[Column, Callable[[ProgramRow, list[EventRow], date], str]] = {
    Column.FIRST_RESPONSE: _start,
    Column.END_DATE: _end,
    Column.PROGRAM_TYPE: _kind,
    Column.DISPATCH: _dispatch,
    Column.TEAM: _team,
    Column.IS_PILOT: _pilot,
}
